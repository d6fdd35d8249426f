"""SQLite and PostgreSQL through SQLAlchemy; many rows at once by the fastest way each has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from monograph_nlp.errors import DatabaseError
from monograph_nlp.write.database_link import Cells
from monograph_nlp.write.database_url import missing, shown

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

ERRORS: tuple[type[Exception], ...] = (sa.exc.SQLAlchemyError,)
_PATIENCE = 60  # seconds to wait for another load's batch, in SQLite
_CONNECT = 15  # seconds to wait for a server
# PostgreSQL, whatever its default is: a stricter one would see the database as it was before the wait
# for another load's lock, and not what that load has written.
_ISOLATION = "READ COMMITTED"
_LOCK = 0x6D6F6E6F  # PostgreSQL: the advisory lock of all loads into one database


class ServerLink:
    """A SQLAlchemy connection."""

    def __init__(self, connection: sa.Connection, url: sa.URL) -> None:
        self.url = url
        driver: Any = connection.dialect.dbapi
        self.errors: tuple[type[Exception], ...] = (*ERRORS, driver.Error)
        self._connection = connection
        self._is_postgres = connection.dialect.name == "postgresql"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction that waits for those of other loads; readers are not held up."""
        with self._connection.begin():
            if self._is_postgres:
                self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield

    def has(self, table: str) -> bool:
        """Tell whether there is a table of this name."""
        return sa.inspect(self._connection).has_table(table)

    def create(self, metadata: sa.MetaData) -> None:
        """Make all tables; SQLite keeps no comments."""
        metadata.create_all(self._connection, checkfirst=False)

    def run(self, statement: sa.Executable) -> Sequence[Sequence[object]]:
        """Run a statement and return its rows."""
        result = self._connection.execute(statement)
        return result.all() if result.returns_rows else []

    def insert(self, table: sa.Table, rows: Sequence[Cells]) -> None:
        """Add rows: by COPY in PostgreSQL, by one prepared statement in SQLite."""
        if self._is_postgres:
            self._copy(table, rows)
        elif rows:
            statement = str(table.insert().compile(dialect=self._connection.dialect))
            self._connection.exec_driver_sql(statement, list(rows))

    def _copy(self, table: sa.Table, rows: Sequence[Cells]) -> None:
        quote = self._connection.dialect.identifier_preparer
        names = ", ".join(quote.format_column(column) for column in table.columns)
        driver: Any = self._connection.connection.driver_connection
        into = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def close(self) -> None:
        """End the connection, also one that is broken."""
        with suppress(*self.errors):
            self._connection.close()
        self._connection.engine.dispose()


def connect(url: sa.URL) -> ServerLink:
    """Open SQLite's file, which is made if need be, or a PostgreSQL database in UTF-8."""
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = _engine(url, is_sqlite)
    if is_sqlite:
        sa.event.listen(engine, "connect", _set_up)
        sa.event.listen(engine, "begin", _begin)
    connection = engine.connect()
    if not is_sqlite:
        _check_encoding(connection, url)
    return ServerLink(connection, url)


def _engine(url: sa.URL, is_sqlite: bool) -> sa.Engine:
    waits = {"timeout": _PATIENCE} if is_sqlite else {"connect_timeout": _CONNECT}
    options = {key: value for key, value in waits.items() if key not in url.query}
    try:
        return sa.create_engine(
            url,
            poolclass=sa.NullPool,
            hide_parameters=True,
            connect_args=options,
            isolation_level=None if is_sqlite else _ISOLATION,
        )
    except ImportError as cause:
        raise missing("psycopg", "postgres") from cause


def _set_up(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Leave transactions to ``_begin``: Python's own would not hold the making of tables."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # waits for other writers now, not at the end


def _check_encoding(connection: sa.Connection, url: sa.URL) -> None:
    with connection.begin():
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        connection.close()
        raise DatabaseError(
            shown(url),
            f"the database keeps its texts in {encoding}",
            "UTF8, since documents hold any character",
            "Make another: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.",
        )
