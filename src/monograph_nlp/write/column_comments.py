"""What the columns of the flat tables hold, in the words of the record's JSON Schema."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from monograph_nlp.errors import ConfigError
from monograph_nlp.record.vocabulary import properties, schema
from monograph_nlp.write.columns import columns

TABLE_COMMENTS = {
    "documents": "One row a record: the document, the drug it is about, and what made the record.",
    "sections": "The typed sections of the documents.",
    "mentions": "The places that name something.",
    "facts": "The relations that the documents state, deny or ascribe to others; filter on present.",
    "issues": "What to know of a record before trusting it.",
}
_OF = {"subject_": "Subject: ", "object_": "Object: ", "evidence_": "First evidence: "}
_LIST = " A JSON list; null where it is empty."


class _Part(NamedTuple):
    """Columns that begin with ``prefix`` are described under ``name`` in the schema's ``$defs``."""

    prefix: str
    name: str


# The first part that knows the rest of a column's name describes it.
_PARTS = {
    "documents": (
        _Part("document_", "document"),
        _Part("subject_concept_", "concept"),
        _Part("subject_", "subject"),
        _Part("coverage_", "coverage"),
        _Part("", "document"),
        _Part("", "subject"),
        _Part("", "provenance"),
        _Part("", ""),
    ),
    "sections": (_Part("section_", "section"), _Part("", "section")),
    "mentions": (
        _Part("mention_", "mention"),
        _Part("concept_", "concept"),
        _Part("", "mention"),
        _Part("", "concept"),
    ),
    "facts": (
        _Part("fact_", "fact"),
        _Part("subject_concept_", "concept"),
        _Part("subject_", "argument"),
        _Part("object_concept_", "concept"),
        _Part("object_", "argument"),
        _Part("evidence_", "evidence"),
        _Part("", "fact"),
        _Part("", "qualifiers"),
        _Part("", "evidence"),
    ),
    "issues": (
        _Part("issue_", "issue"),
        _Part("evidence_", "evidence"),
        _Part("", "issue"),
        _Part("", "evidence"),
    ),
}
# What the schema has as a part of something larger, or not at all.
_OWN = {
    "record_id": "Id of the record: the same input and the same configuration give the same id.",
    "mentions.start": "First character of the mention, in code points of the text.",
    "mentions.end": "One past the last character of the mention, in code points of the text.",
    "mentions.spans": "Ranges [start, end) as a JSON list; several where the mention has gaps.",
    "facts.qualifiers": "Qualifiers that are no column, as a JSON object; null where there is none.",
    "facts.more_evidence": "The evidence after the first." + _LIST,
    "issues.more_evidence": "The evidence after the first." + _LIST,
}


@cache
def comments(table: str) -> dict[str, str]:
    """Return column → what it holds, for each column of a flat table, in order.

    Raises:
        ConfigError: there is no such table, or nothing describes one of its columns.
    """
    return {column: _comment(table, column) for column in columns(table)}


def _comment(table: str, column: str) -> str:
    own = _OWN.get(column) or _OWN.get(f"{table}.{column}")
    if own:
        return own
    for prefix, name in _PARTS[table]:
        described = _described(name).get(column.removeprefix(prefix))
        if described and column.startswith(prefix):
            role = next((of for start, of in _OF.items() if column.startswith(start)), "")
            return role + described
    raise ConfigError(
        f"column {table}.{column}: nothing says what it holds; expected a description in "
        "schemas/record/1.0.json. Add the column to write/column_comments.py."
    )


@cache
def _described(name: str) -> dict[str, str]:
    """Property → description, of a part of the schema; that of the whole record where it is ""."""
    described = properties(name) if name else schema()["properties"]
    return {
        key: said + (_LIST if value.get("type") == "array" else "")
        for key, value in described.items()
        if (said := _said(value, schema()["$defs"]))
    }


def _said(value: dict[str, str], parts: dict[str, dict[str, str]]) -> str:
    """The description of a property, else that of the part that it refers to."""
    there = parts.get(value.get("$ref", "").removeprefix("#/$defs/"), {})
    return value.get("description") or there.get("description", "")
