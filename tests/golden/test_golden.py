"""What three samples say has not changed unnoticed; ``make golden`` writes the files anew."""

from __future__ import annotations

import json

import pytest

from golden import FOLDER, SOURCES, golden, path_of


@pytest.mark.parametrize("source", SOURCES)
def test_the_record_is_the_golden_one(nlp, source):
    kept = json.loads(path_of(source).read_text(encoding="utf-8"))
    now = json.loads(golden(nlp, source))
    assert now.keys() == kept.keys()
    for part in kept:
        assert now[part] == kept[part], f"{part} changed; run `make golden`, and read the diff"


def test_every_golden_file_is_one_of_a_sample():
    assert {path.name for path in FOLDER.glob("*.json")} == {path_of(s).name for s in SOURCES}
