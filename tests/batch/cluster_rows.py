"""What the tests of the cluster share: a table with every kind of row, and what a batch makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from monograph_nlp.batch import FAILURES, RECORDS, Settings, run

SETTINGS = Settings(profile="lexicon")
_GOOD = [
    ("aspirin", "Aspirin", "Aspirin may cause nausea, rash and dizziness."),
    ("ibuprofen", None, "Ibuprofen is indicated for pain.\nSide effects: headache – often."),
    (None, "Statins", "Simvastatin inhibits HMG-CoA reductase. Common: muscle pain (5%)."),
    ("aspirin", None, "Do not use aspirin if you have a peptic ulcer."),
    ("żółć", None, "Sertraline: very common: dizziness, headache, somnolence."),
    ("metformin", "Metformin", "Metformin treats type 2 diabetes. Dose: 500 mg twice daily."),
]
_BAD = [("empty", None, " \n"), ("missing", None, None), (None, None, "")]
ROWS = [*_GOOD[:2], _BAD[0], *_GOOD[2:4], _BAD[1], *_GOOD[4:], _BAD[2]]


def save_table(folder: Path) -> Path:
    """Write the rows as ``labels.parquet``."""
    ids, titles, texts = (pa.array(cells, pa.string()) for cells in zip(*ROWS, strict=True))
    path = folder / "labels.parquet"
    pq.write_table(pa.table({"id": ids, "title": titles, "text": texts}), path)
    return path


def of_batch(paths: list[Path], out: Path) -> tuple[list[str], list[object]]:
    """Return the lines of the records that a batch writes, sorted, and its failures."""
    run(paths, out, settings=SETTINGS, workers=1)
    failures = (out / FAILURES).read_text("utf-8").splitlines()
    return sorted((out / RECORDS).read_text("utf-8").splitlines()), by_message(failures)


def of_frame(frame: pd.DataFrame) -> tuple[list[str], list[object]]:
    """Return the same of a frame of records."""
    return sorted(frame["record"].dropna()), by_message(frame["failure"].dropna())


def by_message(lines: object) -> list[object]:
    """Return failures, sorted by what they say."""
    return sorted(map(json.loads, lines), key=lambda failure: failure["message"])  # type: ignore[call-overload]
