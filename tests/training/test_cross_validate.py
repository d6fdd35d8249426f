"""Each fold is read with its own tagger: here one that nobody trained stands in for all of them."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from training import cross_validate

FIXTURE = Path(__file__).parents[1] / "fixtures" / "tagger_hashed"


def test_the_records_of_the_folds_asked_for_are_written_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = tmp_path / "labels.jsonl"
    rows = [
        {"id": f"L{number}", "text": f"Adverse reactions\nRash {number}."} for number in range(7)
    ]
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for fold in (0, 1):
        shutil.copytree(FIXTURE, tmp_path / "taggers" / f"fold-{fold}")
    out = tmp_path / "records.jsonl"
    arguments = [str(labels), str(tmp_path / "taggers"), "-o", str(out), "--folds", "1", "0"]
    monkeypatch.setattr(sys, "argv", ["cross_validate", *arguments])
    cross_validate.main()
    records = [json.loads(line) for line in out.read_text().splitlines()]
    assert [record["document"]["id"] for record in records] == ["L0", "L1", "L5", "L6"]
