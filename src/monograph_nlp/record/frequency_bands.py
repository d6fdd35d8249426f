"""The per cent of patients that a word for a frequency stands for (CIOMS III)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from monograph_nlp.rules import read_table

TABLE = "frequency_bands.tsv"
COLUMNS = ("frequency", "least", "below", "example")


class Band(NamedTuple):
    """Per cent of patients: from ``least`` on, and less than ``below``."""

    least: float
    below: float


@cache
def bands() -> Mapping[object, Band]:
    """Return frequency → band, the commonest first; "not known" has none."""
    rows = read_table(TABLE, COLUMNS, required=COLUMNS)
    return {r.text("frequency"): Band(r.number("least", 0), r.number("below", 0)) for r in rows}
