"""Records → the flat tables of a database: SQLite, DuckDB or PostgreSQL.

    from monograph_nlp.write.database import load
    load(records, "sqlite:///records.db")

Each batch is one transaction, and each record replaces what is there of it, so that a load that
was broken off is completed by running it again, and a second load of the same changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from monograph_nlp.collecting import collecting_later
from monograph_nlp.errors import ConfigError, ReadError, RecordError
from monograph_nlp.types import Record
from monograph_nlp.write.database_entries import Entry, Seen, entries
from monograph_nlp.write.database_files import read_entries
from monograph_nlp.write.database_link import opened
from monograph_nlp.write.database_plan import Plan

__all__ = ["BATCH", "MOST", "Loaded", "load", "load_files"]

BATCH, MOST = 100, 10_000  # documents a transaction
OnBatch: TypeAlias = "Callable[[Loaded], None]"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many documents a load has brought into the database, counted as they are committed."""

    new: int = 0
    replaced: int = 0  # the document was there, with other content, rules or settings
    unchanged: int = 0
    clashes: int = 0  # how many replaced another document of the same load

    @property
    def documents(self) -> int:
        """All of them."""
        return self.new + self.replaced + self.unchanged

    def plus(self, done: Plan, clashes: int) -> Loaded:
        """Return the counts with those of one batch more."""
        return Loaded(
            self.new + done.new,
            self.replaced + done.replaced,
            self.unchanged + done.unchanged,
            self.clashes + clashes,
        )


def load(
    records: Iterable[Record | Mapping[str, object]],
    url: str,
    *,
    batch: int = BATCH,
    on_error: Callable[[RecordError], None] | None = None,
    on_batch: OnBatch | None = None,
) -> Loaded:
    """Bring records into the flat tables of a database, which are made if need be.

    A record that is there already, and the same, stays as it is. One whose document (id and
    source) is there with other content, rules or settings replaces all rows of the old one.

    Args:
        records: records, or the JSON objects of records; read once, validated, a batch at a time.
        url: ``sqlite:///FILE``, ``duckdb:///FILE`` or ``postgresql://USER:PASSWORD@HOST/DATABASE``.
        batch: documents a transaction, 1 to 10,000.
        on_error: takes a record that is not valid, which is then left out.
        on_batch: is shown the counts so far after each commit.

    Returns:
        How many documents were new, replaced and unchanged.

    Raises:
        RecordError: a record is not valid, and there is no ``on_error``; earlier batches stay.
        ConfigError: the URL or the batch is none.
        DatabaseError: the database cannot be reached, breaks off, or holds tables of another
            layout; what was committed stays.
    """
    return _load(entries(records, on_error), url, batch, on_batch)


def load_files(
    paths: Iterable[str | Path],
    url: str,
    *,
    batch: int = BATCH,
    on_error: Callable[[ReadError], None] | None = None,
    on_batch: OnBatch | None = None,
) -> Loaded:
    """Bring the records of files into a database, as ``load`` does.

    Args:
        paths: JSONL files of records, also with ``.gz``, folders that hold ``records.jsonl``, and
            ``-`` for standard input.
        url, batch, on_batch: as for ``load``.
        on_error: takes what cannot be read: a line, or a file; the others go on.

    Raises:
        ReadError: something cannot be read, and there is no ``on_error``; earlier batches stay.
        ConfigError, DatabaseError: as for ``load``.
    """
    return _load(read_entries(paths, on_error), url, batch, on_batch)


def _load(
    entries: Iterator[Entry], url: str, batch: int, on_batch: OnBatch | None = None
) -> Loaded:
    if not 1 <= batch <= MOST:
        raise ConfigError(f"batch {batch}: expected 1 to {MOST:,} documents. Correct it.")
    loaded, seen = Loaded(), Seen()
    with opened(url) as link, collecting_later():
        # Not above: what these import is an extra, and ``opened`` says so where it is missing.
        from monograph_nlp.write.database_batch import write_batch
        from monograph_nlp.write.database_layout import prepare

        prepare(link)
        while group := list(islice(entries, batch)):
            loaded = loaded.plus(write_batch(link, group), seen.clashes(group))
            if on_batch is not None:
                on_batch(loaded)
    return loaded
