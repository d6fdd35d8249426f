"""The nouns of the house: what a reader yields, and what a record holds.

All offsets are half-open and count Unicode code points of ``Monograph.text``: the text as the
reader saw it, after decoding and before any normalization. ``text[start:end]`` gives back the
quoted string, exactly. The record's types carry the field names of the public contract
(``schemas/record/1.0.json``), so that encoding them is all there is to writing a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Literal, TypeAlias

AssertionStatus: TypeAlias = Literal[
    "present", "absent", "possible", "conditional", "hypothetical", "other_subject"
]
Origin: TypeAlias = Literal["source", "heading", "inferred"]
Severity: TypeAlias = Literal["info", "warning", "error"]
MentionSource: TypeAlias = Literal["lexicon", "model", "rule"]
QualifierValue: TypeAlias = str | float | bool


@dataclass(frozen=True, slots=True)
class CharSpan:
    """A half-open range of code points of ``Monograph.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section that the input format itself marks, as a reader found it; not typed yet.

    ``start:end`` covers the heading line (if it stands in the text) and the body, with the
    sections nested in it; ``body_start`` is where the heading ends. ``parent`` is the index of
    the enclosing section in ``Monograph.sections``; sections are in document order.
    """

    title: str
    start: int
    end: int
    body_start: int
    id: str | None = None
    label: str | None = None  # a label of rules/sections.tsv, where the input names one
    loinc: str | None = None  # LOINC code of an SPL section
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Monograph:
    """A document as its reader saw it; ``text`` is the coordinate system of every offset."""

    id: str  # given by the input, else the file's stem
    text: str
    format: str  # text, markdown, html, spl, openfda, jsonl, csv, tsv, parquet, pdf, docx
    source: str  # where it came from: a file name with the row or line, never a host's full path
    sha256: str  # hex digest of the input bytes (of the line or row, where a file holds many)
    title: str = ""
    sections: tuple[SourceSection, ...] = ()
    drug_names: tuple[str, ...] = ()  # substance names that the source's metadata states
    brand_names: tuple[str, ...] = ()  # product names that the source's metadata states
    damage: tuple[str, ...] = ()  # one sentence for each repair of the input


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a vocabulary, and how sure the linker is of it (0..1)."""

    id: str  # CURIE with the Bioregistry's prefix, e.g. mesh:D009101
    name: str
    score: float
    xrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A typed stretch of the document; ``start:end`` holds its heading line, if it has one."""

    id: str
    label: str  # a label of rules/sections.tsv; OTHER where none fits
    title: str
    loinc: str | None
    smpc: str | None  # SmPC number, e.g. 4.8
    start: int
    end: int
    origin: Origin
    score: float
    parent: str | None = None
    state: Literal["present", "empty"] = "present"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names something; several spans where it is discontinuous."""

    id: str
    label: str
    text: str  # the fragments, joined by one space
    spans: tuple[tuple[int, int], ...]
    section: str | None  # id of the innermost section
    assertion: AssertionStatus
    concept: Concept | None
    long_form: str | None
    source: MentionSource
    score: float
    cues: tuple[str, ...] = ()  # the words that set the assertion


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say so: ``text == Monograph.text[start:end]``."""

    start: int
    end: int
    text: str
    section: str | None


@dataclass(frozen=True, slots=True)
class Argument:
    """The subject or object of a fact; ``mention`` is null where the subject is the document's."""

    mention: str | None
    text: str
    name: str
    concept: Concept | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One relation that the monograph states, denies or ascribes to somebody else."""

    id: str
    predicate: str
    subject: Argument | None
    object: Argument
    qualifiers: Mapping[str, QualifierValue]
    assertion: AssertionStatus
    evidence: tuple[Evidence, ...]
    rule: str  # id of the row of rules/relations.jsonl that fired first
    score: float


@dataclass(frozen=True, slots=True)
class Issue:
    """What the reader of a record should know; ``code`` is one of the audit's codes."""

    id: str
    code: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Where a record came from; ``characters`` is the length of ``Monograph.text``."""

    id: str
    source: str
    format: str
    title: str
    language: str | None  # ISO 639-1; null where it cannot be told
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class Subject:
    """The drug that the monograph is about."""

    name: str  # INN, lower case
    concept: Concept | None
    brand_names: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many characters were what; the five add up to ``Document.characters``."""

    evidence: int
    text: int
    boilerplate: int
    other_language: int
    junk: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the record. No clock and no host: same input, same bytes."""

    package: str
    config_hash: str
    rules_hash: str
    lexicon: str
    model: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One monograph as data: what is validated against the schema and written."""

    schema_version: str
    id: str
    document: Document
    subject: Subject | None
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    coverage: Coverage
    provenance: Provenance
    text: str | None = field(default=None)  # Monograph.text, where the caller asked for it

    def _repr_html_(self) -> str:
        """Return what a notebook shows of a record, with its text marked if it has one."""
        html = import_module("monograph_nlp.write.html")  # by its name: it stands above the types
        return str(html.record_html(self, self.text))
