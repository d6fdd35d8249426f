"""What is other in a fact that both sides state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from monograph_nlp.diff.changes import DOSAGE, Change, Detail, Statement, Way
from monograph_nlp.diff.likeness import name_words
from monograph_nlp.diff.matching import Matched
from monograph_nlp.diff.qualifiers import kinds
from monograph_nlp.record.frequency_bands import bands
from monograph_nlp.types import QualifierValue

_AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>\D+)")


def changes(matched: Matched) -> Iterator[Change]:
    """Yield the differences of two matched records."""
    for one, other in matched.pairs:
        if details := tuple(_details(one, other)):
            yield Change("changed", one.predicate, other.name, one, other, details)
    for one in matched.gone:
        yield Change("gone", one.predicate, one.name, one, None)
    for other in matched.new:
        yield Change("new", other.predicate, other.name, None, other)


def _details(one: Statement, other: Statement) -> Iterator[Detail]:
    if one.assertion != other.assertion:
        yield Detail("assertion", "flipped", one.assertion, other.assertion)
    yield from _renamed(one, other)
    for key in sorted({*one.qualifiers, *other.qualifiers}):
        old, new = one.qualifiers.get(key), other.qualifiers.get(key)
        if not _is_same(old, new):
            yield Detail(key, _WAYS[kinds().get(key, "value")](old, new), old, new)


def _renamed(one: Statement, other: Statement) -> Iterator[Detail]:
    """Yield the other name of an object; two names of one concept are no difference."""
    if one.concept and one.concept == other.concept:
        return
    if one.predicate == DOSAGE:
        if " ".join(one.text.lower().split()) != " ".join(other.text.lower().split()):
            yield Detail("dose", _by_amount(one.text, other.text), one.text, other.text)
    elif name_words(one.text) != name_words(other.text):
        yield Detail("name", "renamed", one.text, other.text)


def _by_amount(old: str, new: str) -> Way:
    """Compare two doses of one unit by their number; others are only not the same."""
    one, other = _AMOUNT.fullmatch(old.strip()), _AMOUNT.fullmatch(new.strip())
    if one is None or other is None or one["unit"].lower() != other["unit"].lower():
        return "changed"
    before, after = (float(match["number"].replace(",", "")) for match in (one, other))
    return "changed" if before == after else _by_number(before, after)


def _is_same(old: QualifierValue | None, new: QualifierValue | None) -> bool:
    if isinstance(old, str) and isinstance(new, str) and old not in bands():
        return " ".join(old.lower().split()) == " ".join(new.lower().split())
    return old == new


def _plainly(old: QualifierValue | None, new: QualifierValue | None) -> Way:
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def _by_band(old: QualifierValue | None, new: QualifierValue | None) -> Way:
    one, other = bands().get(old), bands().get(new)
    if one and other:
        return "raised" if other.least > one.least else "lowered"
    return _plainly(old, new)


def _by_number(old: QualifierValue | None, new: QualifierValue | None) -> Way:
    if isinstance(old, int | float) and isinstance(new, int | float):
        return "raised" if new > old else "lowered"
    return _plainly(old, new)


def _by_scope(old: QualifierValue | None, new: QualifierValue | None) -> Way:
    if old is None:
        return "narrowed"
    return "widened" if new is None else "changed"


_WAYS: Mapping[str, Callable[[QualifierValue | None, QualifierValue | None], Way]] = {
    "band": _by_band,
    "number": _by_number,
    "scope": _by_scope,
    "value": _plainly,
}
