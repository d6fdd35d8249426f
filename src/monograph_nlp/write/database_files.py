"""Files of records → entries for a database; a line that is none is an error with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.write.database_entries import Entry, entry
from monograph_nlp.write.stored import read_lines, record_of


def read_entries(
    paths: Iterable[str | Path], on_error: Callable[[ReadError], None] | None = None
) -> Iterator[Entry]:
    """Yield the records of files in order, each validated; takes and raises what ``stored.read_lines`` does."""
    return read_lines(paths, _entry, on_error)


def _entry(line: bytes, where: str) -> Entry:
    return entry(record_of(line, where), line.strip())
