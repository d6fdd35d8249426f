"""The record that every corpus reader yields: a text, what is marked in it, and what is not.

A corpus marks some kinds of names and passes over others. ``Document.known`` tells them apart: a
place that carries no span is no mention of the known labels, and nothing is known about the rest.
All offsets are half-open and count code points of ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass

from monograph_nlp.errors import MonographError

Fragments = tuple[tuple[int, int], ...]


class CorpusError(MonographError):
    """A file of a corpus is not as its reader expects; names file, document and place."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked place; several fragments, in the corpus's order, where it is discontinuous."""

    id: str
    label: str  # as the corpus spells it
    fragments: Fragments
    choices: tuple[str, ...] = ()  # our labels, one of which is meant; set by ``LabelMap``


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two spans, by their ids."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text of a corpus, or the section of one, with its annotations."""

    id: str
    group: str  # what has to stay together in a split: a label's file, an abstract's PMID
    text: str
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    section: str = ""  # the section's name, where the corpus has sections
    known: frozenset[str] = frozenset()  # our labels that are marked wherever they occur
    unknown: Fragments = ()  # places about which nothing is known all the same


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is, for the message of an error."""

    file: str
    document: str


def quote(text: str, fragments: Fragments) -> str:
    """Return the characters of the fragments, joined by one space.

    >>> quote("renal and hepatic failure", ((0, 5), (18, 25)))
    'renal failure'
    """
    return " ".join(text[start:end] for start, end in fragments)


def check(place: Place, text: str, fragments: Fragments, expected: str) -> None:
    """Raise ``CorpusError`` unless the fragments quote ``expected``; white space is folded.

    Corpora quote themselves in XML attributes and in tables of one line a row, where a line
    break cannot stand and where some of them write one space for many.
    """
    found = quote(text, fragments)
    if not fragments or found.split() != expected.split():
        raise CorpusError(
            f"{place.file}: document {place.document}: offsets {list(fragments)}: "
            f"expected {expected!r}, found {found!r}. Check that the file is the corpus's own."
        )
