"""Rows of a rules file, with examples whose parts bars mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from unittest.mock import patch

from monograph_nlp.rules import Row, read_table

Finder = Callable[[str], Iterator[tuple[int, int]]]


def of_kind(table: str, columns: Sequence[str], kind: str) -> list[Row]:
    """Return the rows of a kind."""
    return [row for row in read_table(table, columns) if row.text("kind") == kind]


def found(find: Finder, sentence: str) -> list[str]:
    """Return what a finder finds in a sentence."""
    return [sentence[start:end] for start, end in find(sentence)]


@contextmanager
def without(row: Row, room: ModuleType) -> Iterator[None]:
    """Let a room read its table without a row, so that a test sees what the row does."""

    def others(*given: object, **options: object) -> list[Row]:
        return [each for each in read_table(*given, **options) if each.where != row.where]

    room._patterns.cache_clear()
    with patch.object(room, "read_table", others):
        yield
    room._patterns.cache_clear()
