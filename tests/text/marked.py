"""Rows of a rules file, with examples whose parts bars mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from monograph_nlp.rules import Row, read_table

Finder = Callable[[str], Iterator[tuple[int, int]]]


def of_kind(table: str, columns: Sequence[str], kind: str) -> list[Row]:
    """Return the rows of a kind."""
    return [row for row in read_table(table, columns) if row.text("kind") == kind]


def found(find: Finder, sentence: str) -> list[str]:
    """Return what a finder finds in a sentence."""
    return [sentence[start:end] for start, end in find(sentence)]
