"""What is asked of the lexicon: a name, what helps to read it, and the concepts that may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from monograph_nlp.lexicon.abbreviating import is_short_form
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.spelling import fold

LEAST_SCORE = 0.8
CURATED = "curated"  # the source of our own rows
KIN = {  # label → the labels of concepts that a mention may have, for they are roles of one thing
    "ADVERSE_EVENT": ("ADVERSE_EVENT", "CONDITION"),
    "CONDITION": ("CONDITION", "ADVERSE_EVENT"),
    "CHEMICAL": ("CHEMICAL", "DRUG", "DRUG_CLASS"),
    "DRUG": ("DRUG", "CHEMICAL", "DRUG_CLASS"),
}
FINDINGS = frozenset(("ADVERSE_EVENT", "CONDITION"))
_PLURAL_IS_A_CLASS = frozenset(("DRUG", "CHEMICAL"))
_MAY_BE_PROTEIN = frozenset(("DRUG", "CHEMICAL"))
_LABORATORY_CODE = re.compile(r"[A-Za-z]{1,4}[ -]?\d[\d-]{2,}[A-Z]?")


class Lookup(Protocol):
    """What the linker asks of an index; names are folded by ``spelling.fold``."""

    def __hash__(self) -> int:
        """Return the same number for the same index, so that its tables are built once."""

    def find_all(self, name: str, label: str | None = None) -> tuple[Match, ...]:
        """Return the matches of a name, the best first."""

    def bearers(self, key: str) -> tuple[Match, ...]:
        """Return the matches of a folded name in whatever letters, the best first."""

    def names(self, *labels: str) -> Iterable[str]:
        """Return the folded names of the labels' concepts that texts may write in any case."""


@dataclass(frozen=True, slots=True)
class LinkContext:
    """What the rest of the document says, and how unsure an answer may be.

    ``concepts`` are the CURIEs that it names in full, its subject's among them; ``names`` the full
    names of the label's concepts, with their matches. ``has_slips`` is False where no typing error is
    to be expected: the search for names that are nearly the same takes long.
    """

    concepts: frozenset[str] = frozenset()
    names: tuple[tuple[str, Match], ...] = ()
    least_score: float = LEAST_SCORE
    has_slips: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A name to link, and all that helps to do it; ``long_form`` is empty where there is none."""

    name: str
    label: str
    long_form: str
    context: LinkContext
    index: Lookup


def ranked(asked: Question, name: str) -> list[Match]:
    """Return matches, the best first.

    Of a short form, those come first that the document names in full. A name just as it is written
    comes before one that a rule leads to, if both are of one source or the plural is another thing:
    "glutamate" is the acid, not the class "Glutamates".
    """
    found = _found(asked, name)
    if is_short_form(name):
        found.sort(key=lambda match: match.term.id not in asked.context.concepts)
    if found and found[0].how == "variant":
        is_class = asked.label in _PLURAL_IS_A_CLASS
        own = [
            match
            for match in found
            if match.how != "variant" and (is_class or match.source == found[0].source)
        ]
        found.sort(key=lambda match: match not in own[:1])
    return found


def _found(asked: Question, name: str) -> list[Match]:
    """Return matches of the label and its kin; of a code also those that are written otherwise.

    A protein that is given, or measured like a drug, is known as a target.
    """
    every = asked.index.find_all(name)
    kin = set(KIN.get(asked.label, (asked.label,)))
    found = [match for match in every if kin.intersection(match.term.labels)]
    if not found and kin.intersection(_MAY_BE_PROTEIN):
        is_short = is_short_form(name)
        found = [
            match
            for match in every
            if "TARGET" in match.term.labels and (match.source == CURATED or not is_short)
        ]
    if not found and _LABORATORY_CODE.fullmatch(name):  # "DuP 753", in the list "DUP-753"
        bearers = asked.index.bearers(fold(name))
        found = [m for m in bearers if m.kind == "code" and kin.intersection(m.term.labels)]
    return found


def ids_of(match: Match) -> frozenset[str]:
    """Return all identifiers: concepts that share one are the same to whoever asks for it."""
    return frozenset(curie for curie in (match.term.id, *match.term.xrefs) if curie)
