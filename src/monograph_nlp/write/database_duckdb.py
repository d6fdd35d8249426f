"""DuckDB by its own package: statements from SQLAlchemy, rows as Arrow tables.

Why not through a dialect, and why without foreign keys: docs/adr/0027.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable, SetColumnComment, SetTableComment
from sqlalchemy.sql.compiler import SQLCompiler

from monograph_nlp.write.database_link import Cells
from monograph_nlp.write.database_url import missing

try:
    import duckdb
except ImportError as _cause:
    raise missing("duckdb", "database") from _cause

if TYPE_CHECKING:
    from sqlalchemy.sql import ClauseElement

ERRORS: tuple[type[Exception], ...] = (duckdb.Error,)
# DuckDB reads PostgreSQL's SQL, with parameters written as $1.
_DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_ARROW = {
    sa.Text: pa.string(),
    sa.BigInteger: pa.int64(),
    sa.Double: pa.float64(),
    sa.Boolean: pa.bool_(),
}


class DuckLink:
    """A connection to a DuckDB file, which one program at a time may write to."""

    errors = ERRORS

    def __init__(self, connection: duckdb.DuckDBPyConnection, url: sa.URL) -> None:
        self.url = url
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction; the file is this program's alone."""
        self._connection.begin()
        try:
            yield
        except BaseException:
            with suppress(duckdb.Error):  # it may have ended the transaction itself
                self._connection.rollback()
            raise
        self._connection.commit()

    def has(self, table: str) -> bool:
        """Tell whether there is a table of this name."""
        found = self._connection.execute(
            "SELECT 1 FROM information_schema.tables "
            "WHERE table_schema = current_schema() AND table_name = $1",
            [table],
        )
        return found.fetchone() is not None

    def create(self, metadata: sa.MetaData) -> None:
        """Make all tables with primary and unique keys and comments; no foreign keys, no indexes."""
        for table in metadata.sorted_tables:
            made: list[sa.DDLElement] = [
                CreateTable(table, include_foreign_key_constraints=[]),
                SetTableComment(table),
                *map(SetColumnComment, table.columns),
            ]
            for statement in made:
                self._connection.execute(str(statement.compile(dialect=_DIALECT)))

    def run(self, statement: sa.Executable) -> Sequence[Sequence[object]]:
        """Run a statement and return its rows."""
        clause = cast("ClauseElement", statement)
        compiled = clause.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        return self._connection.execute(str(compiled), values).fetchall()

    def insert(self, table: sa.Table, rows: Sequence[Cells]) -> None:
        """Add rows as one Arrow table: a row at a time is a hundred times slower."""
        if not rows:
            return
        cells = zip(*rows, strict=True)
        arrow = pa.table(
            {
                column.name: pa.array(values, _ARROW[type(column.type)])
                for column, values in zip(table.columns, cells, strict=True)
            }
        )
        self._connection.from_arrow(arrow).insert_into(table.name)

    def close(self) -> None:
        """End the connection, and with it the program's hold on the file."""
        self._connection.close()


def connect(url: sa.URL) -> DuckLink:
    """Open DuckDB's file, which is made if need be; the URL's options are DuckDB's settings."""
    _make(Path(str(url.database)))
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",  # nothing here goes to the network
        **{key: str(value) for key, value in url.query.items()},
    }
    return DuckLink(duckdb.connect(str(url.database), config=settings), url)


def _make(path: Path) -> None:
    """Make an empty database file, whole or not at all, unless there is one.

    A kill or a full disk while DuckDB makes one leaves a file that it does not open again.
    """
    if path.exists():
        return
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        duckdb.connect(str(part)).close()
        _give_name(part, path)
    finally:
        part.unlink(missing_ok=True)


def _give_name(part: Path, path: Path) -> None:
    """Name a file, unless another load was faster and has written there already."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            os.rename(part, path)
