"""Where the facts of a record disagree with each other, with arithmetic, or with what the lexicon knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from monograph_nlp.lexicon.index import open_index
from monograph_nlp.rules import read_table
from monograph_nlp.text.introductions import clean
from monograph_nlp.types import Argument, Evidence, Fact, Subject

TABLE = "fact_narrowing.tsv"
COLUMNS = ("kind", "pattern", "example", "counterexample")
KINDS = ("some", "worse")  # of a population, not all; of a disease, what it becomes
_MOST = 100.0  # per cent
_RATE = r"[\s,:]*\(?\s*(?:in )?(\d{3,}(?:\.\d+)?)\s?%"  # behind an event
_HIGH = re.compile(r"\d{3}(?:\.\d+)?\s?%")  # what few texts hold, and each that has such a rate
_AMOUNT = re.compile(
    r"(?P<number>\d[\d.,]*)\s?(?P<unit>g|mg|mcg|μg|micrograms?)\b(?P<per>\s?/\s?\w+)?"
)
_MASSES = {"g": "g", "mg": "mg"}  # all other units of the pattern are micrograms
_ANTIBODY = "mab"  # the stem of INN
_GENE = "hgnc:"  # begins the identifiers that drugs' targets are compared by


class Disagreement(NamedTuple):
    """What disagrees, and the evidence of one side."""

    message: str
    evidence: tuple[Evidence, ...]


def treated_and_caused(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Yield what the drug is said to treat and, elsewhere, to cause; not what it is said to make worse."""
    treated = {key for fact in _stated(facts, "has_indication") for key in _names(fact.object)}
    for fact in _stated(facts, "has_adverse_event"):
        if treated.intersection(_names(fact.object)) and not _is_worsened(fact):
            message = f"{fact.object.text!r} is an indication and an adverse event."
            yield Disagreement(message, fact.evidence[:1])


def _is_worsened(fact: Fact) -> bool:
    """Say whether the words in front of an event speak of a disease that gets worse."""
    return any(
        pattern.search(front) for front, _ in _around(fact) for pattern in _patterns("worse")
    )


def contraindicated_and_dosed(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Yield whom the drug is contraindicated in and who has a dose all the same."""
    barred: dict[str, Fact] = {}
    for fact in _stated(facts, "has_contraindication"):
        if not _is_narrowed(fact):
            barred.update(dict.fromkeys(_names(fact.object), fact))
    dosed: dict[str, Fact] = {}
    for fact in _stated(facts, "has_dosage"):
        dosed.setdefault(str(fact.qualifiers.get("population", "")).lower(), fact)
    for population in sorted(barred.keys() & dosed.keys()):
        amount, whom = dosed[population].object.text, barred[population]
        message = f"The drug is contraindicated in {population!r}, who have a dose of {amount!r}."
        yield Disagreement(message, (*whom.evidence[:1], *dosed[population].evidence[:1]))


def _is_narrowed(fact: Fact) -> bool:
    """Say whether the words behind a population speak of some of it: "children who have stopped growing"."""
    return any(
        pattern.match(behind) for _, behind in _around(fact) for pattern in _patterns("some")
    )


def _around(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind the object in each evidence that has its words."""
    words = re.compile(rf"(?<!\w){re.escape(fact.object.text)}(?!\w)")
    for evidence in fact.evidence:
        if found := words.search(evidence.text):
            yield evidence.text[: found.start()], evidence.text[found.end() :]


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS, choices={"kind": KINDS})
    return tuple(row.compiled("pattern", re.I) for row in rows if row.text("kind") == kind)


def impossible_rates(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Yield events of which the text says that they affect more than all patients."""
    for fact in _stated(facts, "has_adverse_event"):
        for evidence in fact.evidence:
            if not _HIGH.search(evidence.text):
                continue
            match = re.search(re.escape(fact.object.text) + _RATE, evidence.text, re.IGNORECASE)
            if match and float(match[1]) > _MOST:
                message = f"The rate of {fact.object.text!r} is {match[1]} %."
                yield Disagreement(message, (evidence,))
                break


def suspect_doses(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Yield doses of one number whose units are a thousand times apart: "400 mg" and "400 g"."""
    units: dict[tuple[str, str], dict[str, Fact]] = defaultdict(dict)
    for fact in _stated(facts, "has_dosage"):
        match = _AMOUNT.match(fact.object.text)
        if match:
            key = (match["number"], (match["per"] or "").replace(" ", ""))
            units[key].setdefault(_MASSES.get(match["unit"], "micrograms"), fact)
    for (number, _), found in units.items():
        if len(found) > 1:
            message = f"The dose is {number} in {' and in '.join(sorted(found))}."
            yield Disagreement(message, tuple(fact.evidence[0] for fact in found.values()))


def unknown_targets(subject: Subject | None, facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Yield targets, known as genes, of an antibody whose known targets are other genes.

    What small molecules bind to is known in part only.
    """
    is_antibody = subject is not None and clean(subject.name).endswith(_ANTIBODY)
    known = _known_genes(subject) if is_antibody else {}
    for fact in _stated(facts, "has_target") if known else ():
        concept = fact.object.concept
        if concept and concept.id.startswith(_GENE) and concept.id not in known:
            names = ", ".join(sorted(known.values()))
            message = f"{fact.object.text!r} is not known as a target of the drug; {names} is."
            yield Disagreement(message, fact.evidence[:1])


def _known_genes(subject: Subject | None) -> dict[str, str]:
    match = open_index().find(subject.name, "DRUG") if subject else None
    if match is None:
        return {}
    targets = open_index().reference(match.term).targets
    return {fact.id: fact.name for fact in targets if fact.id and fact.id.startswith(_GENE)}


def _stated(facts: Sequence[Fact], predicate: str) -> Iterator[Fact]:
    for fact in facts:
        if fact.predicate == predicate and fact.assertion == "present":
            yield fact


def _names(thing: Argument) -> set[str]:
    """Return what tells that two objects are one: words, name and identifier."""
    named = {thing.text.lower(), (thing.name or thing.text).lower()}
    return named | ({thing.concept.id} if thing.concept else set())
