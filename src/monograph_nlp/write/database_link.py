"""A database that is open: what a load needs of it, and which room opens which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeAlias

from monograph_nlp.errors import DatabaseError
from monograph_nlp.write.database_url import parse, shown, told
from monograph_nlp.write.tables import Cell

if TYPE_CHECKING:
    import sqlalchemy as sa

Cells: TypeAlias = tuple[Cell, ...]


class Link(Protocol):
    """One connection. What is asked of it stands in a transaction, and may raise ``errors``."""

    url: sa.URL
    errors: tuple[type[Exception], ...]

    def transaction(self) -> AbstractContextManager[None]:
        """Give a block whose writes all stay or all go, and which no other load's overlaps."""

    def has(self, table: str) -> bool:
        """Tell whether there is a table of this name, ours or not."""

    def create(self, metadata: sa.MetaData) -> None:
        """Make all tables, with keys, comments and indexes as far as the database has them."""

    def run(self, statement: sa.Executable) -> Sequence[Sequence[object]]:
        """Run a statement and return its rows; none where it gives none."""

    def insert(self, table: sa.Table, rows: Sequence[Cells]) -> None:
        """Add many rows at once, with the cells in the order of the table's columns."""

    def close(self) -> None:
        """End the connection; what is not committed is gone."""


@contextmanager
def opened(url: str) -> Iterator[Link]:
    """Open the database of a URL for the length of a block.

    Raises:
        ConfigError: the URL is not one of a database that can be loaded.
        DatabaseError: it cannot be reached; names the URL without its password.
    """
    parsed = parse(url)
    is_duckdb = parsed.drivername == "duckdb"
    room = import_module(f"{__package__}.database_{'duckdb' if is_duckdb else 'server'}")
    try:
        link: Link = room.connect(parsed)
    except room.ERRORS as cause:
        raise DatabaseError(
            shown(parsed),
            f"cannot be opened ({told(cause, parsed)})",
            "a database that answers and that you may write to",
            "Check the address, the rights, and whether another program holds it.",
        ) from cause
    try:
        yield link
    finally:
        link.close()


@contextmanager
def transaction(link: Link) -> Iterator[None]:
    """Give a block whose writes all stay or all go.

    Raises:
        DatabaseError: the database refuses something, or is gone; nothing of the block stays.
    """
    try:
        with link.transaction():
            yield
    except link.errors as cause:
        raise DatabaseError(
            shown(link.url),
            f"the load broke off ({told(cause, link.url)})",
            "a database that answers and takes every row",
            "What was committed stays: run the same again when the cause is gone.",
        ) from cause
