"""What agrees between a record and the gold of its document.

A predicted fact agrees with a gold fact of the same predicate and assertion whose object overlaps
its own in the text, or bears the same name; each fact agrees with one other at most. Qualifiers are
counted on the facts that agree, and change nothing about them. A section is found where one of the
same label shares at least half of what the two cover together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from monograph_nlp.lexicon.index import open_index
from monograph_nlp.types import Fact, Record, Section

ALL = "all"
Gold: TypeAlias = dict[str, Any]  # one file of corpus/gold; see corpus/README.md
_LEAST_SHARED = 0.5


@dataclass(slots=True)
class Score:
    """How many there should be, how many there are, and how many of these are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / ((self.gold + self.predicted) or 1)


@dataclass(slots=True)
class Scores:
    """Everything that is counted, and one line for each error."""

    facts: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    sections: Score = field(default_factory=Score)
    subjects: Score = field(default_factory=Score)
    qualifiers: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    errors: list[str] = field(default_factory=list)


def score(gold: Iterable[Gold], predicted: dict[str, Record]) -> Scores:
    """Count the agreement of each record with its gold."""
    scores = Scores()
    for each in gold:
        record = predicted[each["id"]]
        _score_facts(each, record, scores)
        _score_sections(each, record, scores)
        _score_subject(each, record, scores)
    return scores


def name_of(text: str) -> str:
    """Return the preferred name of the lexicon, or the words without case, hyphen and plural.

    >>> name_of("Infusion-site  reactions")
    'infusion site reaction'
    """
    match = open_index().find(text)
    bare = " ".join(text.lower().replace("-", " ").split())
    return match.term.name.lower() if match else bare.removesuffix("s")


def _score_facts(gold: Gold, record: Record, scores: Scores) -> None:
    pairs = _agreeing(gold, record)
    paired = {place for _, place in pairs}
    for place, fact in enumerate(record.facts):
        kind = "TP" if place in paired else "FP"
        _count(scores, fact.predicate, predicted=1, right=int(kind == "TP"))
        if kind == "FP":
            scores.errors.append(_false_line(gold["id"], fact))
    found = {index for index, _ in pairs}
    for index, stated in enumerate(gold["facts"]):
        _count(scores, stated["predicate"], gold=1)
        if index not in found:
            scores.errors.append(_missed_line(gold["id"], stated))
    for index, place in pairs:
        _score_qualifiers(gold["facts"][index], record.facts[place], scores)


def _count(scores: Scores, predicate: str, **more: int) -> None:
    for score in (scores.facts[predicate], scores.facts[ALL]):
        for name, number in more.items():
            setattr(score, name, getattr(score, name) + number)


def _agreeing(gold: Gold, record: Record) -> list[tuple[int, int]]:
    """Pair gold facts with predicted ones, each once, the surest pairs first."""
    gold_spans = {mention["id"]: mention["spans"] for mention in gold["mentions"]}
    spans = {mention.id: mention.spans for mention in record.mentions}
    surest = []
    for index, stated in enumerate(gold["facts"]):
        for place, fact in enumerate(record.facts):
            if (stated["predicate"], stated["assertion"]) == (fact.predicate, fact.assertion):
                overlaps = _overlap(
                    gold_spans[stated["object"]["mention"]], spans[fact.object.mention or ""]
                )
                same = name_of(stated["object"]["text"]) in _names(fact)
                if overlaps or same:
                    surest.append((-(_alike(stated, fact) + overlaps + same), index, place))
    pairs: dict[int, int] = {}
    for _, index, place in sorted(surest):
        if index not in pairs and place not in pairs.values():
            pairs[index] = place
    return sorted(pairs.items())


def _names(fact: Fact) -> set[str]:
    return {fact.object.name.lower(), name_of(fact.object.text)}


def _alike(stated: Gold, fact: Fact) -> float:
    """Return how many qualifiers agree, in 0..1: a tie-break between facts on one object."""
    keys = {*stated["qualifiers"], *fact.qualifiers}
    agree = sum(stated["qualifiers"].get(key) == fact.qualifiers.get(key) for key in keys)
    return agree / (len(keys) + 1)


def _overlap(these: Iterable[Sequence[int]], those: Sequence[Sequence[int]]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in these for b in those)


def _score_qualifiers(stated: Gold, fact: Fact, scores: Scores) -> None:
    for key in {*stated["qualifiers"], *fact.qualifiers}:
        score = scores.qualifiers[key]
        score.gold += key in stated["qualifiers"]
        score.predicted += key in fact.qualifiers
        score.right += _same(stated["qualifiers"].get(key), fact.qualifiers.get(key))


def _same(this: object, that: object) -> bool:
    """Say whether two values agree; free text agrees where one holds the other."""
    if isinstance(this, str) and isinstance(that, str):
        return this.lower() in that.lower() or that.lower() in this.lower()
    return this == that


def _score_sections(gold: Gold, record: Record, scores: Scores) -> None:
    left = own_sections(record)
    scores.sections.predicted += len(left)
    for wanted in gold["sections"]:
        scores.sections.gold += 1
        alike = [section for section in left if section.label == wanted["label"]]
        best = max(alike, key=lambda s: _shared(wanted, s.start, s.end), default=None)
        if best is not None and _shared(wanted, best.start, best.end) >= _LEAST_SHARED:
            left.remove(best)
            scores.sections.right += 1
        else:
            where = f"[{wanted['start']}:{wanted['end']}]"
            scores.errors.append(f"{gold['id']}\tsection MISSED\t{wanted['label']} {where}")
    for section in left:
        where = f"[{section.start}:{section.end}] {section.title!r} ({section.origin})"
        scores.errors.append(f"{gold['id']}\tsection FALSE\t{section.label} {where}")


def own_sections(record: Record) -> list[Section]:
    """Leave out what claims nothing: no label, no words, a part of a section of the same label."""
    label = {section.id: section.label for section in record.sections}
    return [
        section
        for section in record.sections
        if section.state != "empty"
        and section.label not in ("OTHER", label.get(section.parent or ""))
    ]


def _shared(wanted: Gold, start: int, end: int) -> float:
    """Return what two ranges share, as a part of what they cover together."""
    both = min(wanted["end"], end) - max(wanted["start"], start)
    return max(both, 0) / max(max(wanted["end"], end) - min(wanted["start"], start), 1)


def _score_subject(gold: Gold, record: Record, scores: Scores) -> None:
    name, wanted = record.subject.name if record.subject else None, gold["subject"]["name"]
    scores.subjects.gold += 1
    scores.subjects.predicted += name is not None
    scores.subjects.right += name == wanted
    if name != wanted:
        scores.errors.append(f"{gold['id']}\tsubject\t{name!r}, expected {wanted!r}")


def _false_line(document: str, fact: Fact) -> str:
    said = " ".join(fact.evidence[0].text.split())
    what = f"{fact.predicate}({fact.assertion}) {fact.object.text!r} {dict(fact.qualifiers)}"
    return f"{document}\tFALSE\t{what} [{fact.rule}] “{said}”"


def _missed_line(document: str, stated: Gold) -> str:
    said = " ".join(stated["evidence"][0]["text"].split())
    what = f"{stated['predicate']}({stated['assertion']}) {stated['object']['text']!r}"
    return f"{document}\tMISSED\t{what} {stated['qualifiers']} “{said}”"
