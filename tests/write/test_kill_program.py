"""``bench/kills.py``: it kills, completes, compares, and tells where something differs."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from monograph_nlp.write import write

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def killing(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import killing

    return killing


@pytest.mark.skipif(sys.platform != "linux", reason="/proc of Linux")
def test_a_load_that_is_killed_is_as_a_clean_one(sample, tmp_path):
    records = (
        replace(sample, id=f"r{n}", document=replace(sample.document, id=f"d{n}"))
        for n in range(300)
    )
    write(records, tmp_path / "a.jsonl")
    command = [sys.executable, BENCH / "kills.py", "load", tmp_path / "a.jsonl", "--kills", "2"]
    command += ["--to", "sqlite", "--folder", tmp_path]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {
        line.split("│")[1].strip(): line.split("│")[2].strip()
        for line in done.stdout.splitlines()
        if "│" in line
    }
    assert (rows["kills"], rows["documents"], rows["documents lost"]) == ("2", "300", "0")
    assert rows["different"] == "nothing"
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl"}


def test_whatever_differs_is_told(killing):
    def result(**changed):
        return replace(killing.Result("sqlite", runs=2, hits=2, sums={"facts": "1"}), **changed)

    assert result().is_right
    assert not result(hits=0).is_right  # nothing was killed: nothing was shown
    assert not result(left=1).is_right
    other = result(differs=[])
    other.compare("completed", {"facts": "2"})
    assert (other.is_right, other.row()["different"]) == (False, "facts (completed)")
    counted = result()
    counted.count(Counter("aabc"), Counter("abbd"))
    assert (counted.documents, counted.lost, counted.twice) == (4, 2, 2)
    assert not counted.is_right


@pytest.mark.skipif(sys.platform != "linux", reason="/proc of Linux")
def test_a_process_that_outlives_its_run_is_seen(killing, monkeypatch):
    monkeypatch.setattr(killing, "_PATIENCE", 0.2)
    with subprocess.Popen(["sleep", "30"], start_new_session=True) as left:
        try:
            assert killing._left(left.pid) == 1
        finally:
            left.kill()
    assert killing._left(left.pid) == 0
