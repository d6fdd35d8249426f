"""The same input gives the same bytes: twice, in any process, place, locale and order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monograph_nlp.pipeline import run
from monograph_nlp.record.codec import encode

PROGRAM = """
import locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from monograph_nlp.cli import app
app(["extract", *sys.argv[2:], "-o", sys.argv[1], "--quiet"])
"""
CHOSEN = ["imatinib.txt", "daratumumab.xml", "apixaban.html", "hormone_and_opioid.jsonl"]
ELSEWHERE = {
    "another seed": {"PYTHONHASHSEED": "0"},
    "another seed, locale, time zone and folder": {
        "PYTHONHASHSEED": "1",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "TZ": "Pacific/Kiritimati",
    },
}


def extracted(folder: Path, files: list[Path], environment: dict[str, str]) -> bytes:
    out = folder / "records.jsonl"
    command = [sys.executable, "-c", PROGRAM, str(out), *map(str, files)]
    subprocess.run(command, check=True, cwd=folder, env={**os.environ, **environment})
    return out.read_bytes()


@pytest.fixture(scope="module")
def chosen(sample_files) -> list[Path]:
    return [path for path in sample_files if path.name in CHOSEN]


@pytest.fixture(scope="module")
def here(nlp, monographs, chosen) -> dict[str, bytes]:
    names = {path.name for path in chosen}
    documents = [m for m in monographs.values() if m.source.split(":")[0] in names]
    return {record.document.id: encode(record) for record in run(nlp, documents)}


def test_twice_in_one_process(nlp, monographs, here):
    assert len(here) == 5
    again = {id: encode(record) for id in here for record in run(nlp, [monographs[id]])}
    assert again == here


@pytest.mark.parametrize("environment", ELSEWHERE.values(), ids=ELSEWHERE)
def test_in_another_process(tmp_path, chosen, here, environment):
    lines = extracted(tmp_path, chosen, environment).splitlines()
    assert sorted(lines) == sorted(here.values())


def test_the_order_of_the_inputs_changes_no_record(nlp, monographs, here):
    """A record does not depend on what was read before it, by the same pipeline."""
    backwards = [monographs[id] for id in reversed(here)]
    assert {record.document.id: encode(record) for record in run(nlp, backwards)} == here


def test_no_path_is_in_a_record(here, chosen):
    everything = b"".join(here.values())
    for folder in (chosen[0].parent, Path.cwd(), Path.home()):
        assert f"{folder}/".encode() not in everything
