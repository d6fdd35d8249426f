"""The words by which a text says whose a rate is: rows of ``rules/rate_context.tsv``, one pattern for each kind."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from monograph_nlp.rules import read_table

TABLE = "rate_context.tsv"
COLUMNS = ("kind", "pattern", "example")
KINDS = (
    "bar", "lead", "comparator", "grade", "any", "label", "all", "dose",
    "subset", "aside", "behind", "ahead",
)  # fmt: skip


@cache
def rate_words() -> dict[str, re.Pattern[str]]:
    """Return the pattern of each kind of words; ``RuleError`` names the line that is not well formed."""
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read_table(TABLE, COLUMNS, required=COLUMNS, choices={"kind": KINDS}):
        rows[row.text("kind")].append(row.regex("pattern"))
    return {kind: re.compile("|".join(some), re.IGNORECASE) for kind, some in rows.items()}


def checked(found: dict[str, float]) -> dict[str, float]:
    """Return rates that are shares and hold the subject's own; nothing else is one.

    >>> checked({"comparator_rate": 5.0}), checked({"rate": 120.0})
    ({}, {})
    """
    return found if "rate" in found and all(rate <= 100 for rate in found.values()) else {}
