"""Which facts of a record a review decided on: the very items, and what stands where the very item is not there.

A decision speaks of the item with its predicate, words, assertion and qualifiers, and with its quotation or one that overlaps it.
Where a record has no such item, what stands is looked for by its object, as in any gold. All else is undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from monograph_nlp.evaluate.gold import GoldDocument, GoldFact
from monograph_nlp.types import Fact

Decision: TypeAlias = Literal["stands", "rejected", "replaced"]


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions on the facts of one predicate of a record."""

    made: dict[int, Decision]  # place of a fact → what was decided on it
    open: frozenset[int]  # places of what stands, where the record has not the very item

    def decided(self, place: int, alike: Sequence[int], same: Sequence[int]) -> bool | None:
        """Return whether a fact is right; None where nobody has decided on it.

        Args:
            place: of the fact.
            alike: places of what stands and has the same object.
            same: those of them that have the same value of the qualifier in question, too.
        """
        decision = self.made.get(place)
        if decision == "rejected":
            return False
        if decision is not None:
            return bool(same)
        return any(one in self.open for one in same) if self.open.intersection(alike) else None


def review_of(gold: GoldDocument, wanted: Sequence[GoldFact], facts: Sequence[Fact]) -> Review:
    """Return what was decided on facts; ``wanted`` is what stands of their predicate."""
    made = {
        place: decision for place, fact in enumerate(facts) if (decision := _decision(gold, fact))
    }
    is_there = (any(_is_itself(one, fact) for fact in facts) for one in wanted)
    return Review(made, frozenset(place for place, here in enumerate(is_there) if not here))


def _decision(gold: GoldDocument, fact: Fact) -> Decision | None:
    """Return the decision on a fact; one on its very quotation goes before one that overlaps."""
    lists: tuple[tuple[Decision, Sequence[GoldFact]], ...] = (
        ("stands", gold.facts),
        ("rejected", gold.rejected_facts),
        ("replaced", gold.replaced_facts),
    )
    for is_exact in (True, False):
        for decision, items in lists:
            if any(_is_itself(one, fact, is_exact=is_exact) for one in items):
                return decision
    return None


def _is_itself(one: GoldFact, fact: Fact, *, is_exact: bool = False) -> bool:
    said = (fact.predicate, fact.object.text, fact.assertion, dict(fact.qualifiers))
    stated = (one.predicate, one.names[0], one.assertion, dict(one.qualifiers))
    if said != stated or one.evidence is None or not fact.evidence:
        return said == stated
    start, end = fact.evidence[0].start, fact.evidence[0].end
    if is_exact:
        return one.evidence == (start, end)
    return start < one.evidence[1] and one.evidence[0] < end
