"""Records → flat tables, as pandas frames: the same columns and types however few the rows.

Offsets are code points of ``Monograph.text``. Lists stand as JSON in one cell. The qualifiers of
the schema are columns of ``facts``; any other goes into the column ``qualifiers``, as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from monograph_nlp.record.codec import from_dict
from monograph_nlp.types import Argument, Concept, Evidence, Record
from monograph_nlp.write.columns import columns, qualifiers

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | int | float | bool | None
Row: TypeAlias = dict[str, Cell]


def to_frame(
    records: Iterable[Record | AnyMapping[str, object]], table: str = "facts"
) -> pd.DataFrame:
    """Return one flat table of the records.

    Args:
        records: records, or the JSON objects of records; read once, not validated.
        table: ``documents``, ``sections``, ``mentions``, ``facts`` or ``issues``.

    Raises:
        ConfigError: there is no such table.
        ReadError: a JSON object is not a record.
    """
    import pandas as pd

    types = columns(table)
    typed = (record if isinstance(record, Record) else from_dict(record) for record in records)
    found = [row for record in typed for row in rows(record, table)]
    return pd.DataFrame(
        {
            name: pd.array([row.get(name) for row in found], dtype=dtype)  # type: ignore[call-overload]
            for name, dtype in types.items()
        }
    )


def rows(record: Record, table: str) -> Iterator[Row]:
    """Yield a record's rows of one table; a column that is not in a row is null there."""
    return _ROWS[table](record)


def _documents(record: Record) -> Iterator[Row]:
    document, subject = record.document, record.subject
    yield {
        "record_id": record.id,
        "schema_version": record.schema_version,
        "document_id": document.id,
        **_fields(document, "source format title language sha256 characters"),
        "subject_name": subject.name if subject else None,
        **_concept(subject.concept if subject else None, "subject_concept"),
        "brand_names": _json(subject.brand_names if subject else ()),
        "synonyms": _json(subject.synonyms if subject else ()),
        "drug_classes": _json(subject.drug_classes if subject else ()),
        **{f"coverage_{key}": value for key, value in _asdict(record.coverage).items()},
        **_asdict(record.provenance),
        "text": record.text,
    }


def _sections(record: Record) -> Iterator[Row]:
    names = "label title loinc smpc start end origin score parent state"
    for section in record.sections:
        yield {"record_id": record.id, "section_id": section.id, **_fields(section, names)}


def _mentions(record: Record) -> Iterator[Row]:
    names = "label text section assertion long_form source score"
    for mention in record.mentions:
        yield {
            "record_id": record.id,
            "mention_id": mention.id,
            **_fields(mention, names),
            "start": mention.spans[0][0],
            "end": mention.spans[-1][1],
            "spans": _json(mention.spans),
            **_concept(mention.concept, "concept"),
            "xrefs": _json(mention.concept.xrefs if mention.concept else ()),
            "cues": _json(mention.cues),
        }


def _facts(record: Record) -> Iterator[Row]:
    known = qualifiers()
    for fact in record.facts:
        rest = {key: value for key, value in fact.qualifiers.items() if key not in known}
        yield {
            "record_id": record.id,
            "fact_id": fact.id,
            **_fields(fact, "predicate assertion rule score"),
            **_argument(fact.subject, "subject"),
            **_argument(fact.object, "object"),
            **{key: value for key, value in fact.qualifiers.items() if key in known},
            "qualifiers": _json(rest),
            **_evidence(fact.evidence),
        }


def _issues(record: Record) -> Iterator[Row]:
    for issue in record.issues:
        yield {
            "record_id": record.id,
            "issue_id": issue.id,
            **_fields(issue, "code severity message"),
            **_evidence(issue.evidence),
        }


_ROWS: dict[str, Callable[[Record], Iterator[Row]]] = {
    "documents": _documents,
    "sections": _sections,
    "mentions": _mentions,
    "facts": _facts,
    "issues": _issues,
}


def _fields(item: object, names: str) -> Row:
    return {name: getattr(item, name) for name in names.split()}


def _asdict(item: object) -> Row:
    plain: Row = msgspec.to_builtins(item)
    return plain


def _argument(argument: Argument | None, role: str) -> Row:
    if argument is None:
        return {}
    concept = _concept(argument.concept, f"{role}_concept")
    names = {"mention": argument.mention, "text": argument.text, "name": argument.name}
    return {**{f"{role}_{key}": value for key, value in names.items()}, **concept}


def _concept(concept: Concept | None, prefix: str) -> Row:
    if concept is None:
        return {}
    return {f"{prefix}_{name}": getattr(concept, name) for name in ("id", "name", "score")}


def _evidence(evidence: tuple[Evidence, ...]) -> Row:
    """The first evidence as columns, and the others as JSON."""
    if not evidence:
        return {}
    first = evidence[0]
    return {
        "evidence_start": first.start,
        "evidence_end": first.end,
        "evidence_text": first.text,
        "section": first.section,
        "more_evidence": _json(evidence[1:]),
    }


def _json(value: object) -> str | None:
    """JSON of a list or object; null where it is empty."""
    return msgspec.json.encode(value, order="deterministic").decode() if value else None
