"""The tables of a database: made where there are none, refused where they are others."""

from __future__ import annotations

import sqlalchemy as sa

from monograph_nlp.errors import DatabaseError
from monograph_nlp.write.columns import TABLES
from monograph_nlp.write.database_link import Link, transaction
from monograph_nlp.write.database_tables import INFO, account, metadata, table
from monograph_nlp.write.database_url import shown

_DO = (
    "Load into a new database, or drop the tables "
    f"{', '.join((INFO, *reversed(TABLES)))} and load all records again: the records hold everything."
)


def prepare(link: Link) -> None:
    """Make the tables, unless they are there as this package writes them.

    Raises:
        DatabaseError: there are tables of these names that are of another layout or not ours.
    """
    info = table(INFO)
    with transaction(link):
        if link.has(INFO):
            _compare(link, {str(name): value for name, value in link.run(sa.select(info))})
            return
        taken = [name for name in TABLES if link.has(name)]
        if taken:
            raise DatabaseError(
                shown(link.url),
                f"the table {taken[0]} is there, but was not made by this command",
                "a database without tables of these names",
                "Load into another database, or into a schema of its own.",
            )
        link.create(metadata())
        link.insert(info, list(account().items()))


def _compare(link: Link, found: dict[str, object]) -> None:
    expected = account()
    if found == expected:
        return
    raise DatabaseError(
        shown(link.url),
        f"its tables were written as {_told(found)}",
        f"{_told(expected)}, which this package writes",
        _DO,
    )


def _told(values: dict[str, object] | dict[str, str]) -> str:
    said = (f"{name.replace('_', ' ')} {value}" for name, value in sorted(values.items()))
    return ", ".join(said) or "nothing known"
