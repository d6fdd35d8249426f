"""The nouns of an evaluation: what somebody has decided that documents say.

Offsets are half-open and count code points of the document's text, as in a record; those of a
mention with a ``part`` count in that part, the text of one source section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from monograph_nlp.types import AssertionStatus, QualifierValue

Spans: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A place that an annotator marked."""

    type: str  # the annotation's own name for it; ``Gold.labels`` says which labels it stands for
    spans: Spans
    text: str
    assertion: AssertionStatus | None = None  # None where the annotation does not say
    concepts: frozenset[str] = frozenset()  # CURIEs; any of them is right
    part: int | None = None  # of a document in parts, the part that the offsets count in


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A statement that an annotator read; its object is known by its names, its place, or both."""

    predicate: str
    names: tuple[str, ...]  # the first is the words of the text
    assertion: AssertionStatus = "present"
    qualifiers: Mapping[str, QualifierValue] = field(default_factory=dict)
    spans: Spans = ()  # of the object
    evidence: tuple[int, int] | None = None
    quote: str = ""  # the words that state it
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated document; of a review, also what was rejected, and what was replaced by a correction."""

    id: str
    mentions: tuple[GoldMention, ...] = ()
    facts: tuple[GoldFact, ...] = ()
    text: str | None = None
    sha256_text: str | None = None  # of the text in UTF-8, where the annotation does not hold it
    parts: tuple[str, ...] = ()  # texts of its source sections, where offsets count in these
    subject: str | None = None
    strings: Mapping[str, frozenset[str]] = field(default_factory=dict)  # type → folded strings
    rejected_mentions: tuple[GoldMention, ...] = ()
    rejected_facts: tuple[GoldFact, ...] = ()
    replaced_mentions: tuple[GoldMention, ...] = ()
    replaced_facts: tuple[GoldFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """A set of annotated documents, and what its annotators looked for."""

    format: str
    documents: tuple[GoldDocument, ...]
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)  # type → labels of a record
    has_gaps: bool = True  # whether a mention can stand apart; else only its outer ends count
    assertions: frozenset[str] | None = None  # of the facts that were looked for; None for all
    leaves_out: bool = False  # whether ``unannotated`` of rules/fact_agreement.tsv holds
    is_review: bool = False  # whether what nobody has decided is neither right nor wrong
    notes: tuple[str, ...] = ()  # what is in the annotation and is not counted
