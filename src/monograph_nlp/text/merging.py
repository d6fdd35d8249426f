"""Statements that repeat each other → one, with all their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_OF_A_REGIMEN = ("schedule", "population", "indication", "condition")
_OF_A_RATE = ("grade", "serious")  # whose rate it is


class Named(NamedTuple):
    """The object of a statement: what it is (a concept, or its words), and the words that name it here."""

    identity: str
    words: str


def merged(statements: Iterable[tuple[dict[str, Any], Named]]) -> list[dict[str, Any]]:
    """Return statements, each once, where it stands first: same predicate, assertion and object.

    A statement has ``predicate``, ``assertion``, ``qualifiers``, ``score`` and ``evidence``; those that
    take up others are changed in place.
    """
    groups: dict[tuple[object, ...], list[tuple[dict[str, Any], str]]] = {}
    for stated, named in statements:
        alike = groups.setdefault(_key(stated, named), [])
        for held, words in alike:
            is_same = words == named.words
            if _may_be_one(held["qualifiers"], stated["qualifiers"], is_same=is_same):
                _take_up(held, stated)
                break
        else:
            alike.append((stated, named.words))
    return [held for alike in groups.values() for held, _ in alike]


def _key(stated: Mapping[str, Any], named: Named) -> tuple[object, ...]:
    """Return what statements must have in common to be one."""
    what: object = named.identity
    if stated["predicate"] == "has_brand_name":  # two products of one substance are two names
        what = named.words
    if stated["predicate"] == "has_dosage":  # one amount in two regimens is two doses
        what = (what, *(stated["qualifiers"].get(key) for key in _OF_A_REGIMEN))
    if stated["predicate"] == "has_adverse_event":  # pain, and pain where the needle was
        what = (what, stated["qualifiers"].get("condition"))
    return (stated["predicate"], stated["assertion"], what)


def _may_be_one(held: Mapping[str, Any], stated: Mapping[str, Any], *, is_same: bool) -> bool:
    """Whether two statements of one event may merge: no other frequency, and a rate keeps its own grade.

    Only a statement in the same words lends its frequency to one that has none.
    """
    one, other = held.get("frequency"), stated.get("frequency")
    if one != other and not (is_same and None in (one, other)):
        return False
    rates = [(one["rate"], one.get("regimen")) for one in (held, stated) if "rate" in one]
    others = [one["comparator_rate"] for one in (held, stated) if "comparator_rate" in one]
    if len(set(rates)) > 1 or len(set(others)) > 1:  # of two studies, or doses
        return False
    return not rates or all(held.get(key) == stated.get(key) for key in _OF_A_RATE)


def _take_up(held: dict[str, Any], stated: Mapping[str, Any]) -> None:
    """Add a statement to the one that it repeats."""
    held["evidence"] += [pair for pair in stated["evidence"] if pair not in held["evidence"]]
    held["qualifiers"] = _both(held["qualifiers"], stated["qualifiers"])
    held["score"] = max(held["score"], stated["score"])


def _both(held: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Put the qualifiers of two statements together; a rate keeps the comparator of its own study."""
    taken = dict(stated)
    if "rate" in held:
        taken.pop("comparator_rate", None)
    return taken | dict(held)
