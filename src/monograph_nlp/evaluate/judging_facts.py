"""Facts of a record against the gold: the object, then the object with each qualifier.

A prediction is right where it says what some gold fact does, and a gold fact is found where some prediction says it:
what either side says twice is no error. With a qualifier, the two must give it the same value, or both give none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from monograph_nlp.evaluate.agreement import agree, is_unannotated, same_value
from monograph_nlp.evaluate.gold import Gold, GoldFact, Spans
from monograph_nlp.evaluate.judgement import Item, Judgement, Stage
from monograph_nlp.evaluate.placing import Placed, place_of_quote
from monograph_nlp.evaluate.reviewing import Review, review_of
from monograph_nlp.record import vocabulary
from monograph_nlp.text.content_words import content_words
from monograph_nlp.types import Fact, QualifierValue


@dataclass(frozen=True, slots=True)
class Scope:
    """What the annotators of facts looked for."""

    keys: Mapping[str, frozenset[str]]  # predicate → qualifiers that the gold gives anywhere
    assertions: frozenset[str] | None
    leaves_out: bool


@dataclass(frozen=True, slots=True)
class _Predicted:
    fact: Fact
    spans: Spans  # of its object


@dataclass(frozen=True, slots=True)
class _Sides:
    """The facts of one predicate on either side, and which say the same of the object."""

    wanted: list[GoldFact]
    found: list[_Predicted]
    pairs: frozenset[tuple[int, int]]  # places in the two lists

    def of_wanted(self, place: int) -> list[Fact]:
        """Return the predictions that say what a gold fact does."""
        return [one.fact for number, one in enumerate(self.found) if (place, number) in self.pairs]

    def of_found(self, place: int) -> list[int]:
        """Return the places of the gold facts that say what a prediction does."""
        return [number for number in range(len(self.wanted)) if (number, place) in self.pairs]


def scope_of(gold: Gold) -> Scope:
    """Return what a gold's facts speak of, over all documents."""
    keys: dict[str, set[str]] = {}
    for document in gold.documents:
        for fact in (*document.facts, *document.rejected_facts):
            stated = (
                vocabulary.qualifiers().keys() & fact.qualifiers.keys()
            )  # others no record can give
            keys.setdefault(fact.predicate, set()).update(stated)
    frozen = {predicate: frozenset(some) for predicate, some in keys.items()}
    return Scope(frozen, gold.assertions, gold.leaves_out)


def judge_facts(gold: Gold, scope: Scope, placed: Placed) -> Iterator[Judgement]:
    """Yield the judgements on the facts and the subject of one document, on both sides."""
    yield from _subject(placed)
    for predicate, keys in scope.keys.items():
        sides = _sides(predicate, scope, placed)
        facts = [one.fact for one in sides.found]
        review = review_of(placed.gold, sides.wanted, facts) if gold.is_review else None
        for key in (None, *sorted(keys)):
            yield from _judged(review, placed, sides, key)


def _subject(placed: Placed) -> Iterator[Judgement]:
    wanted = placed.gold.subject
    if wanted is None:
        return
    subject = placed.record.subject
    right = subject is not None and content_words(subject.name) == content_words(wanted)
    said = f"{subject.name if subject else 'none'}, by the gold {wanted}"
    if subject is not None:
        yield Judgement(Stage.SUBJECT, "", "predicted", right, Item(subject.name, said=said))
    yield Judgement(Stage.SUBJECT, "", "gold", right, Item(wanted, said=said))


def _predicted(predicate: str, scope: Scope, placed: Placed) -> Iterator[_Predicted]:
    spans = {mention.id: mention.spans for mention in placed.record.mentions}
    for fact in placed.record.facts:
        is_looked_for = scope.assertions is None or fact.assertion in scope.assertions
        left_out = scope.leaves_out and is_unannotated(fact)
        if fact.predicate == predicate and is_looked_for and not left_out:
            yield _Predicted(fact, spans.get(fact.object.mention or "", ()))


def _sides(predicate: str, scope: Scope, placed: Placed) -> _Sides:
    wanted = [one for one in placed.gold.facts if one.predicate == predicate]
    found = list(_predicted(predicate, scope, placed))
    pairs = (
        (place, number)
        for place, one in enumerate(wanted)
        for number, other in enumerate(found)
        if agree(one, other.fact, other.spans)
    )
    return _Sides(wanted, found, frozenset(pairs))


def _judged(
    review: Review | None, placed: Placed, sides: _Sides, key: str | None
) -> Iterator[Judgement]:
    stage = Stage.QUALIFIED if key else Stage.FACTS
    for place, other in enumerate(sides.found):
        alike = sides.of_found(place)
        same = [number for number in alike if _same(key, sides.wanted[number], other.fact)]
        right = review.decided(place, alike, same) if review else bool(same)
        if right is not None:
            section = placed.section(other.fact.evidence[0].start if other.fact.evidence else None)
            said = _near(key, [sides.wanted[number] for number in alike], other.fact)
            item = replace(_item(other.fact, said), is_met=bool(alike))
            yield Judgement(stage, _label(other.fact, key), "predicted", right, item, section)
    for place, one in enumerate(sides.wanted):
        is_found = any(_same(key, one, fact) for fact in sides.of_wanted(place))
        item = _gold_item(one, placed, key)
        section = placed.section(item.start)
        yield Judgement(stage, _label(one, key), "gold", is_found, item, section)


def _label(fact: Fact | GoldFact, key: str | None) -> str:
    return f"{fact.predicate}+{key}" if key else fact.predicate


def _same(key: str | None, one: GoldFact, fact: Fact) -> bool:
    return key is None or same_value(key, one.qualifiers.get(key), fact.qualifiers.get(key))


def _near(key: str | None, alike: list[GoldFact], fact: Fact) -> str:
    """Say what was predicted and, of a qualifier, what the gold has for the same object."""
    if key is None:
        return _qualifiers(fact.qualifiers)
    said = f"{key} {fact.qualifiers.get(key)}"
    values = sorted({str(one.qualifiers.get(key)) for one in alike})
    return f"{said}, by the gold {' or '.join(values)}" if values else said


def _qualifiers(qualifiers: Mapping[str, QualifierValue]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in sorted(qualifiers.items()))


def _item(fact: Fact, said: str) -> Item:
    first = fact.evidence[0] if fact.evidence else None
    return Item(
        fact.object.text,
        first.start if first else None,
        first.end if first else None,
        said,
        fact.score,
        first.text if first else "",
    )


def _gold_item(one: GoldFact, placed: Placed, key: str | None) -> Item:
    start = one.evidence[0] if one.evidence else place_of_quote(one.quote, placed.text)
    if start is None and one.spans:
        start = one.spans[0][0]
    said = f"{key} {one.qualifiers.get(key)}" if key else _qualifiers(one.qualifiers)
    end = one.evidence[1] if one.evidence else start + len(one.quote) if start is not None else None
    return Item(one.names[0], start, end, said, quote=one.quote)
