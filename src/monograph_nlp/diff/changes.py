"""The nouns of a difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from monograph_nlp.types import AssertionStatus, QualifierValue

DOSAGE = "has_dosage"  # whose objects are amounts, and no names
Kind: TypeAlias = Literal["new", "gone", "changed"]
Way: TypeAlias = Literal[
    "raised", "lowered", "narrowed", "widened", "flipped", "added", "removed", "renamed", "changed"
]


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as one side states it; ``start`` and ``end`` are code points of that side's document."""

    predicate: str
    text: str  # the object's words
    name: str
    concept: str | None  # CURIE
    assertion: AssertionStatus
    qualifiers: Mapping[str, QualifierValue]
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Detail:
    """What is other in a fact that both sides state."""

    what: str  # a qualifier, ``assertion``, ``dose`` or ``name``
    way: Way
    old: QualifierValue | None
    new: QualifierValue | None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, with the words of both sides; a new fact has no old one, a gone one no new."""

    kind: Kind
    predicate: str
    name: str
    old: Statement | None
    new: Statement | None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """Two documents about one drug."""

    drug: str
    old: str  # ids of the documents
    new: str
    changes: tuple[Change, ...]
    same: int  # facts that both state alike


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two sides, and the documents that only one has."""

    old: str  # as the user named them
    new: str
    documents: tuple[DocumentDifference, ...]
    only_old: tuple[str, ...] = ()  # ids
    only_new: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether both sides state the same facts of the same documents."""
        changed = any(document.changes for document in self.documents)
        return not (changed or self.only_old or self.only_new)
