"""Kills of ``monograph-nlp load``: the rows of each table of a database."""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

import killing
import msgspec
from killing import Place, Result, Runs
from sqlalchemy import make_url

from monograph_nlp.write.columns import TABLES

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests import postgres

_ROWS = 1000  # that are fetched at a time


def tried(inputs: list[Path], kind: str, given: argparse.Namespace, folder: Path) -> Result:
    """Return what kills of a load into a database of this kind came to."""
    with ExitStack() as stack:
        url = _urls(kind, folder, stack)
        places = (_place(inputs, url(name), folder) for name in ("clean", "killed"))
        share = given.within or 1
        return killing.tried(kind, *places, given.kills, random.Random(given.seed), share)


def _place(inputs: list[Path], url: str, folder: Path) -> Place:
    runs = Runs(("load", *map(str, inputs), "--to", url, "--quiet"), folder / "load.log")
    return Place(runs, partial(_sums, url), partial(_documents, url))


def _urls(kind: str, folder: Path, stack: ExitStack) -> Callable[[str], str]:
    """Return what names an empty database; the server stops with the stack."""
    if kind != "postgresql":
        return lambda name: f"{kind}:///{folder}/{name}.{kind}"
    programs = postgres.programs()
    if programs is None:
        sys.exit("PostgreSQL is not installed; expected its server: apt-get install postgresql")
    server = postgres.start(programs)
    stack.callback(server.remove)
    return lambda name: server.database()


def _sums(url: str) -> dict[str, str]:
    """Return table → hash of its rows in order; the same rows, the same hash, in any database."""
    sums = {}
    for table in TABLES:
        rows = sorted(hashlib.sha256(_plain(row)).digest() for row in _rows(url, table))
        sums[table] = hashlib.sha256(b"".join(rows)).hexdigest()
    return sums


def _plain(row: tuple[Any, ...]) -> bytes:
    # SQLite has 1 for true.
    cells = [int(cell) if isinstance(cell, bool) else cell for cell in row]
    return msgspec.json.encode(cells)


def _documents(url: str) -> Counter[Hashable]:
    return Counter(row[:3] for row in _rows(url, "documents", "record_id, document_id, source"))


def _rows(url: str, table: str, columns: str = "*") -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, by the database's own driver."""
    with ExitStack() as stack:
        cursor = _cursor(url, stack)
        cursor.execute(f"SELECT {columns} FROM {table}")
        while rows := cursor.fetchmany(_ROWS):
            yield from rows


def _cursor(url: str, stack: ExitStack) -> Any:
    parsed = make_url(url)
    if parsed.drivername == "sqlite":
        return stack.enter_context(closing(sqlite3.connect(str(parsed.database)))).cursor()
    if parsed.drivername == "duckdb":
        import duckdb

        return stack.enter_context(duckdb.connect(str(parsed.database)))
    import psycopg

    server = stack.enter_context(psycopg.connect(url))
    return stack.enter_context(server.cursor(name="rows"))  # the server keeps what is not fetched
