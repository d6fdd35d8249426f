"""Two sets of records → their differences."""

from __future__ import annotations

from collections.abc import Iterable

from monograph_nlp.diff.changes import Change, Difference, DocumentDifference
from monograph_nlp.diff.changing import changes
from monograph_nlp.diff.documents import pair_documents
from monograph_nlp.diff.matching import match, statements
from monograph_nlp.types import Record

_ORDER = ("changed", "new", "gone")


def difference(
    old: Iterable[Record], new: Iterable[Record], *, old_name: str = "old", new_name: str = "new"
) -> Difference:
    """Return what differs between two sides, fact by fact.

    Args:
        old: records of the older version, or of one source.
        new: records of the newer version, or of another source.
        old_name: what to call the old side.
        new_name: what to call the new side.
    """
    paired = pair_documents(list(old), list(new))
    return Difference(
        old_name,
        new_name,
        tuple(_document(one, other) for one, other in paired.pairs),
        tuple(record.document.id for record in paired.only_old),
        tuple(record.document.id for record in paired.only_new),
        tuple(note for one, other in paired.pairs if (note := _note(one, other))),
    )


def _document(one: Record, other: Record) -> DocumentDifference:
    matched = match(statements(one), statements(other))
    found = sorted(changes(matched), key=_place)
    same = len(matched.pairs) - sum(change.kind == "changed" for change in found)
    return DocumentDifference(
        _drug(other) or _drug(one), one.document.id, other.document.id, tuple(found), same
    )


def _place(change: Change) -> tuple[str, int, str]:
    return change.predicate, _ORDER.index(change.kind), change.name.lower()


def _drug(record: Record) -> str:
    return record.subject.name if record.subject else ""


def _note(one: Record, other: Record) -> str:
    """Say that two documents that were paired are of two drugs."""
    if not _drug(one) or not _drug(other) or _drug(one) == _drug(other):
        return ""
    return f"{one.document.id} is about {_drug(one)}, {other.document.id} about {_drug(other)}"
