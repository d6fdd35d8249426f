"""Which facts of two records are one: by predicate and object, each fact once, the surest pairs first.

The object is the same where concept or folded words are, and then where names are near (``likeness``) and no two
concepts say otherwise. Of doses that are left, those for the same patients are one, and have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from monograph_nlp.diff.changes import DOSAGE, Statement
from monograph_nlp.diff.likeness import are_near, name_words
from monograph_nlp.diff.qualifiers import that_set_doses_apart
from monograph_nlp.types import Record

_Pair: TypeAlias = tuple[Statement, Statement]


@dataclass(frozen=True, slots=True)
class Matched:
    """The statements that both sides have, and those of one side alone."""

    pairs: tuple[_Pair, ...]
    gone: tuple[Statement, ...]
    new: tuple[Statement, ...]


def statements(record: Record) -> list[Statement]:
    """Return what a record states, each statement once."""
    found: dict[object, Statement] = {}
    for fact in record.facts:
        quote = fact.evidence[0] if fact.evidence else None
        one = Statement(
            fact.predicate,
            fact.object.text,
            fact.object.name,
            fact.object.concept.id if fact.object.concept else None,
            fact.assertion,
            dict(fact.qualifiers),
            " ".join(quote.text.split()) if quote else "",
            quote.start if quote else 0,
            quote.end if quote else 0,
        )
        said = tuple(sorted(one.qualifiers.items()))
        found.setdefault((one.predicate, one.concept or _key(one), one.assertion, said), one)
    return list(found.values())


def match(old: Sequence[Statement], new: Sequence[Statement]) -> Matched:
    """Pair the statements of two sides."""
    pairs: list[_Pair] = []
    gone, come = list(old), list(new)
    for is_one in (_is_same, _is_near, _is_same_dose):
        found = _paired(gone, come, is_one)
        pairs += found
        gone = _without(gone, (one for one, _ in found))
        come = _without(come, (other for _, other in found))
    return Matched(tuple(pairs), tuple(gone), tuple(come))


def _paired(
    old: Sequence[Statement],
    new: Sequence[Statement],
    is_one: Callable[[Statement, Statement], bool],
) -> list[_Pair]:
    """Pair greedily, those that agree in most things first; ties keep the order of the texts."""
    possible = [
        (_agreement(one, other), place, number)
        for place, one in enumerate(old)
        for number, other in enumerate(new)
        if one.predicate == other.predicate and is_one(one, other)
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, place, number in sorted(possible, key=lambda one: (-one[0], one[1], one[2])):
        if place not in taken_old and number not in taken_new:
            taken_old.add(place)
            taken_new.add(number)
            pairs.append((old[place], new[number]))
    return pairs


def _without(statements: list[Statement], taken: Iterable[Statement]) -> list[Statement]:
    places = {id(one) for one in taken}
    return [one for one in statements if id(one) not in places]


def _agreement(one: Statement, other: Statement) -> float:
    """Rank a pair: the same assertion counts most, then equal qualifiers, then equal words."""
    keys = {*one.qualifiers, *other.qualifiers}
    equal = sum(one.qualifiers.get(key) == other.qualifiers.get(key) for key in keys)
    share = equal / len(keys) if keys else 1.0
    return 4 * (one.assertion == other.assertion) + 2 * share + (_key(one) == _key(other))


def _is_same(one: Statement, other: Statement) -> bool:
    if one.concept and one.concept == other.concept:
        return True
    return _key(one) == _key(other)


def _is_near(one: Statement, other: Statement) -> bool:
    if one.predicate == DOSAGE or (one.concept and other.concept):
        return False
    return any(are_near(a, b) for a in {one.text, one.name} for b in {other.text, other.name})


def _is_same_dose(one: Statement, other: Statement) -> bool:
    is_dose = one.predicate == other.predicate == DOSAGE
    return is_dose and all(
        one.qualifiers.get(key) == other.qualifiers.get(key) for key in that_set_doses_apart()
    )


def _key(one: Statement) -> object:
    """Return the folded words of an object; of a dose all of them, for each tells."""
    if one.predicate == DOSAGE:
        return " ".join(one.text.lower().split())
    return name_words(one.text) or one.text.lower()
