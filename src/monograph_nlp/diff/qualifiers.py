"""How each qualifier counts: the rows of ``rules/qualifier_changes.tsv``.

``band``: by the order of the CIOMS bands; ``number``: by its size; ``scope``: what is added narrows the statement, what
is removed widens it; ``value``: another value. What sets doses ``apart`` says for whom they are, or how they are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from monograph_nlp.rules import Row, read_table

TABLE = "qualifier_changes.tsv"
COLUMNS = ("key", "change", "doses", "example")
KINDS = ("band", "number", "scope", "value")
APART = "apart"


@cache
def kinds() -> Mapping[str, str]:
    """Return qualifier → one of ``KINDS``."""
    return {row.text("key"): row.text("change") for row in _rows()}


@cache
def that_set_doses_apart() -> tuple[str, ...]:
    """Return the qualifiers in which two doses differ that are two, and not one that has changed."""
    return tuple(row.text("key") for row in _rows() if row.text("doses") == APART)


def _rows() -> tuple[Row, ...]:
    return read_table(
        TABLE,
        COLUMNS,
        required=("key", "change", "example"),
        choices={"change": KINDS, "doses": (APART,)},
    )
