"""One batch of records → the tables, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from monograph_nlp.write.columns import TABLES
from monograph_nlp.write.database_entries import Entry
from monograph_nlp.write.database_link import Cells, Link, transaction
from monograph_nlp.write.database_plan import Held, Plan, plan
from monograph_nlp.write.database_tables import DIGEST, table
from monograph_nlp.write.tables import rows


def write_batch(link: Link, batch: Sequence[Entry]) -> Plan:
    """Bring a batch into the database, and return what that changed.

    Raises:
        DatabaseError: the database refuses a row, or is gone; nothing of the batch stays.
    """
    with transaction(link):
        todo = plan(batch, _held(link, batch))
        if todo.delete:
            for name in reversed(TABLES):  # what names a row goes before the row
                gone = table(name)
                link.run(gone.delete().where(gone.c.record_id.in_(sorted(todo.delete))))
        if todo.write:
            for name in TABLES:
                link.insert(table(name), list(_cells(todo, name)))
    return todo


def _held(link: Link, batch: Sequence[Entry]) -> Iterator[Held]:
    """What the database has of the records and of the documents of a batch."""
    documents = table("documents").c
    records = sorted({entry.record.id for entry in batch})
    names = sorted({entry.record.document.id for entry in batch})
    found = link.run(
        sa.select(
            documents.record_id, documents.document_id, documents.source, documents[DIGEST]
        ).where(sa.or_(documents.record_id.in_(records), documents.document_id.in_(names)))
    )
    for record_id, document_id, source, digest in found:
        yield Held(str(record_id), (str(document_id), str(source)), str(digest))


def _cells(todo: Plan, name: str) -> Iterator[Cells]:
    """The rows of one table, with their cells in the order of its columns."""
    names = table(name).columns.keys()
    for entry in todo.write.values():
        for row in rows(entry.record, name):
            row.setdefault(DIGEST, entry.digest)
            yield tuple(map(row.get, names))
