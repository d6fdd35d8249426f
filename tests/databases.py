"""What tests ask of a loaded database, each by its own driver and in plain SQL."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import duckdb
import psycopg
from sqlalchemy import make_url

KINDS = ("sqlite", "duckdb", "postgresql")
KEYS = {
    "documents": "record_id",
    "sections": "section_id",
    "mentions": "mention_id",
    "facts": "fact_id",
    "issues": "issue_id",
}
# Column of a table → where what it names has to be.
_NAMES = {
    ("sections", "parent"): ("sections", "section_id"),
    ("mentions", "section"): ("sections", "section_id"),
    ("facts", "section"): ("sections", "section_id"),
    ("facts", "subject_mention"): ("mentions", "mention_id"),
    ("facts", "object_mention"): ("mentions", "mention_id"),
    ("issues", "section"): ("sections", "section_id"),
}


def ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query; what it changes is kept."""
    parsed = make_url(url)
    if parsed.drivername == "sqlite":
        with closing(sqlite3.connect(str(parsed.database))) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            return connection.execute(sql).fetchall()
    if parsed.drivername == "duckdb":
        with duckdb.connect(str(parsed.database)) as ducks:
            return ducks.execute(sql).fetchall()
    with psycopg.connect(url, autocommit=True) as server:
        result = server.execute(sql)  # type: ignore[call-overload]
        return result.fetchall() if result.description else []


def contents(url: str, table: str) -> list[tuple[Any, ...]]:
    """Return all rows of a table, ordered by key."""
    key = "record_id" if table == "documents" else f"record_id, {KEYS[table]}"
    return sorted(ask(url, f"SELECT * FROM {table} ORDER BY {key}"), key=repr)


def checksums(url: str) -> dict[str, str]:
    """Return table → hash of all its rows; the same rows, the same hash, in any database."""
    return {table: _hash(contents(url, table)) for table in KEYS}


def _hash(rows: list[tuple[Any, ...]]) -> str:
    # SQLite has 1 for true, and 1 == True; no column holds both.
    plain = [[int(cell) if isinstance(cell, bool) else cell for cell in row] for row in rows]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def orphans(url: str) -> list[tuple[str, int]]:
    """Return each reference that names no row, with the number of rows that do so."""
    found = [(f"{table}.{column}", ask(url, sql)[0][0]) for table, column, sql in _searches()]
    return [(name, number) for name, number in found if number]


def _searches() -> Iterator[tuple[str, str, str]]:
    for table in KEYS:
        missing = "record_id NOT IN (SELECT record_id FROM documents)"
        yield table, "record_id", f"SELECT count(*) FROM {table} WHERE {missing}"
    for (table, column), (other, key) in _NAMES.items():
        yield (
            table,
            column,
            f"SELECT count(*) FROM {table} a LEFT JOIN {other} b ON b.record_id = a.record_id "
            f"AND b.{key} = a.{column} WHERE a.{column} IS NOT NULL AND b.record_id IS NULL",
        )
