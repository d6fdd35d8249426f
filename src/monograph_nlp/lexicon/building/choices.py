"""What is taken from a source and what is left out: the rows of ``rules/lexicon_choices.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from monograph_nlp.rules import Row, read_table

COLUMNS = ("source", "kind", "value", "gives", "note", "example")
KINDS = ("tree", "tag", "locus", "root", "without", "drop", "action", "name", "narrower")


@cache
def chosen(source: str, kind: str) -> tuple[Row, ...]:
    """Return the rows of one source and kind, in the order of the table."""
    rows = read_table(
        "lexicon_choices.tsv",
        COLUMNS,
        required=("source", "kind", "value", "example"),
        choices={"kind": KINDS},
    )
    return tuple(row for row in rows if (row.text("source"), row.text("kind")) == (source, kind))


@cache
def values(source: str, kind: str) -> frozenset[str]:
    """Return the values of the rows of one source and kind."""
    return frozenset(row.text("value") for row in chosen(source, kind))


@cache
def gives(source: str, kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return value → what it gives, of the rows of one source and kind."""
    return {row.text("value"): row.texts("gives") for row in chosen(source, kind)}


@cache
def _drops(source: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row.text("note"), re.compile(row.regex("value"))) for row in chosen(source, "drop")
    )


def drop_reason(source: str, name: str) -> str:
    """Return why a name of a source is left out, or an empty string where it is taken."""
    for why, pattern in _drops(source):
        if pattern.search(name):
            return why
    return ""


def tree_labels(source: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the labels that tree numbers give; of nested rows the deepest one decides."""
    rows = gives(source, "tree")
    found: dict[str, None] = {}
    for number in numbers:
        found.update(dict.fromkeys(_deepest(rows, number)))
    return tuple(found)


def _deepest(rows: Mapping[str, tuple[str, ...]], number: str) -> tuple[str, ...]:
    while number:
        if number in rows:
            return rows[number]
        # "D12.776" → "D12" → "D": the letter alone stands for the whole tree
        number = number.rpartition(".")[0] or (number[0] if len(number) > 1 else "")
    return ()


def is_narrower(source: str, name: str, other: str) -> bool:
    """Say whether ``other`` names only a form of what ``name`` names, by the source's rows.

    >>> is_narrower("mondo", "acute leukemia", "Leukemia, Acute, X-Linked")
    True
    """
    patterns = (re.compile(row.regex("value")) for row in chosen(source, "narrower"))
    return any(pattern.search(other) and not pattern.search(name) for pattern in patterns)
