"""Figures of the page on the method are those that were measured and written to a file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "method.md").read_text("utf-8")
RESULTS = json.loads((ROOT / "corpus" / "results.json").read_text("utf-8"))
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ")
]
_MEASURES = {  # how a row of the page begins → where its figure is in the file
    "US labels (TAC 2017": ("labels", "mentions_exact", "f1"),
    "the same: distinct positive strings": ("labels", "positive_strings", "f1"),
    "24 package leaflets: precision": ("leaflets", "has_adverse_event", "p"),
    "24 package leaflets: recall": ("leaflets", "has_adverse_event", "r"),
}
_HALF_OF_THE_LAST_DIGIT = 0.5001


@pytest.mark.parametrize("begin", _MEASURES)
def test_figures_of_adverse_events(begin: str) -> None:
    (row,) = [row for row in ROWS if row[0].startswith(begin)]
    part, name, key = _MEASURES[begin]
    for profile, cell in zip(("accurate", "fast"), row[1:3], strict=True):
        assert _is_rounded(cell, RESULTS[profile][part][name][key]), profile


def test_figures_of_facts() -> None:
    measured = RESULTS["accurate"]["leaflets"]
    facts = {row[0]: row[1:] for row in ROWS if re.fullmatch(r"\w+", row[0]) and row[0] in measured}
    with_qualifier = {name for name in measured if "+" in name}
    assert set(facts) == set(measured) - with_qualifier - {"macro"}
    for name, (precision, recall, gold) in facts.items():
        assert _is_rounded(precision, measured[name]["p"]), name
        assert _is_rounded(recall, measured[name]["r"]), name
        assert int(gold) == measured[name]["gold"], name


def _is_rounded(cell: str, value: float) -> bool:
    digits = len(cell.partition(".")[2])
    return abs(float(cell) - value) * 10**digits <= _HALF_OF_THE_LAST_DIGIT
