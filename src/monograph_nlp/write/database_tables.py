"""The flat tables as SQLAlchemy tables: types, keys, indexes and comments, for every database.

Columns and their types are those of ``write/columns.py``; ``documents`` has one column more, by
which a load knows what is there already. Importing this file needs the extra ``database``.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import sqlalchemy as sa

from monograph_nlp.record.validate import VERSION
from monograph_nlp.write.column_comments import TABLE_COMMENTS, comments
from monograph_nlp.write.columns import TABLES, columns

DIGEST = "record_sha256"
_DIGEST_COMMENT = (
    "SHA-256 of the record's line of JSON; a load passes over a record that is here unchanged."
)
_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "string": sa.Text,
    "Int64": sa.BigInteger,
    "Float64": sa.Double,
    "boolean": sa.Boolean,
}
_KEYS = {
    "documents": ("record_id",),
    "sections": ("record_id", "section_id"),
    "mentions": ("record_id", "mention_id"),
    "facts": ("record_id", "fact_id"),
    "issues": ("record_id", "issue_id"),
}
# Table → its columns that name a row of another table, beside the record's id → what they name.
_REFERENCES = {
    "documents": {},
    "sections": {"parent": "sections.section_id"},
    "mentions": {"section": "sections.section_id"},
    "facts": {
        "section": "sections.section_id",
        "subject_mention": "mentions.mention_id",
        "object_mention": "mentions.mention_id",
    },
    "issues": {"section": "sections.section_id"},
}
_INDEXES = {
    "documents": (("subject_concept_id",),),
    "sections": (("label",),),
    "mentions": (("concept_id",),),
    "facts": (("predicate", "object_concept_id"), ("object_concept_id",), ("subject_concept_id",)),
    "issues": (("code",),),
}
_NEEDED = {"document_id", "source"}  # by which a document is known when it comes again
# The tables and columns of the database's own account of itself.
INFO, INFO_NAME, INFO_VALUE = "monograph_nlp", "name", "value"
_INFO_COMMENT = "What wrote these tables; a load refuses a database of another layout."


@cache
def metadata() -> sa.MetaData:
    """Return all tables, in an order in which each names only those before it (and itself)."""
    made = sa.MetaData()
    sa.Table(
        INFO,
        made,
        _column(INFO_NAME, sa.Text, "What is told.", key=True),
        _column(INFO_VALUE, sa.Text, "The value."),
        comment=_INFO_COMMENT,
    )
    for name in TABLES:
        sa.Table(
            name,
            made,
            *_columns(name),
            *_constraints(name),
            *_indexes(name),
            comment=TABLE_COMMENTS[name],
        )
    return made


def table(name: str) -> sa.Table:
    """Return one of the tables; ``KeyError`` if there is none of the name."""
    return metadata().tables[name]


def account() -> dict[str, str]:
    """Return what the database says of itself: the record's version, and a hash of the layout.

    The hash covers names, types and keys; an index or a comment more does not make another layout.
    """
    layout = [(name, *columns(name).items()) for name in TABLES]
    digest = hashlib.sha256(repr((DIGEST, layout, _KEYS, _REFERENCES)).encode())
    return {"record_schema": VERSION, "table_layout": digest.hexdigest()[:12]}


def _columns(name: str) -> list[sa.Column[Any]]:
    said, keys = comments(name), _KEYS[name]
    needed = _NEEDED if name == "documents" else ()
    made = [
        _column(column, _TYPES[dtype], said[column], key=column in keys, needed=column in needed)
        for column, dtype in columns(name).items()
    ]
    if name == "documents":
        made.append(_column(DIGEST, sa.Text, _DIGEST_COMMENT, needed=True))
    return made


def _column(
    name: str,
    kind: type[sa.types.TypeEngine[Any]],
    comment: str,
    *,
    key: bool = False,
    needed: bool = False,
) -> sa.Column[Any]:
    # Quoted everywhere: ``end`` is a word of SQL, and who knows which will be one tomorrow.
    return sa.Column(
        name, kind(), primary_key=key, nullable=not (key or needed), comment=comment, quote=True
    )


def _constraints(name: str) -> list[sa.Constraint]:
    if name == "documents":
        return [sa.UniqueConstraint("document_id", "source", name="uq_documents_document")]
    record = sa.ForeignKeyConstraint(
        ["record_id"], ["documents.record_id"], name=f"fk_{name}_record", ondelete="CASCADE"
    )
    return [record, *(_reference(name, column, at) for column, at in _REFERENCES[name].items())]


def _reference(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.partition(".")[0]
    itself = other == name  # rows of one table may come in any order until the end
    return sa.ForeignKeyConstraint(
        ["record_id", column],
        [f"{other}.record_id", target],
        name=f"fk_{name}_{column}",
        deferrable=itself or None,
        initially="DEFERRED" if itself else None,
    )


def _indexes(name: str) -> list[sa.Index]:
    return [sa.Index(f"ix_{name}_{'_'.join(each)}", *each) for each in _INDEXES[name]]
