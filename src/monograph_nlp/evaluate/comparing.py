"""Two results on the same documents: what differs, and whether by more than chance.

Differences are ``other - one``, so that more is better. Documents that only one result has are left out, and said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.bootstrap import LEVEL, chance, difference_interval
from monograph_nlp.evaluate.counting import ALL, LABEL, Counts, Measure, Tally
from monograph_nlp.evaluate.result import Interval, Result
from monograph_nlp.evaluate.series import MACRO, Series, series_of

SHOWN = (ALL, MACRO, LABEL)
"""What is compared; sections are parts too small to tell."""

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of two results."""

    measure: Measure
    one: float  # F1, 0..1
    other: float
    precision: float  # other - one
    recall: float  # other - one
    f1: Interval  # other - one
    p_value: float  # how likely a difference in F1 as large is by chance
    is_significant: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results, measure by measure."""

    one: str  # names of the records
    other: str
    documents: int  # that both have
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()


def compare(one: Result, other: Result, *, rounds: int, seed: int) -> Comparison:
    """Compare two results by a paired bootstrap and by approximate randomization over documents.

    Args:
        one: the result to start from.
        other: the result that may be better.
        rounds: samples of documents, and exchanges.
        seed: of these.

    Raises:
        ReadError: they have no document in common, or are of golds of different formats.
    """
    others = set(other.documents)
    shared = [document for document in one.documents if document in others]
    if not shared or one.format != other.format:
        raise _not_comparable(one, other)
    pairs = _pairs(_cut(one.tally(), shared), _cut(other.tally(), shared))
    differences = tuple(_difference(first, second, rounds, seed) for first, second in pairs)
    return Comparison(
        one.records, other.records, len(shared), differences, _notes(one, other, len(shared))
    )


def _cut(tally: Tally, documents: list[str]) -> Tally:
    """Return the counts of some documents."""
    cut = Tally(list(documents))
    for measure, held in tally.counts.items():
        cut.counts[measure] = {name: held[name] for name in documents if name in held}
    return cut


def _pairs(one: Tally, other: Tally) -> list[tuple[Series, Series]]:
    """Pair the series of two tallies; what only one has is nothing but misses in the other."""
    for measure in {*one.counts, *other.counts}:
        for first, second in ((one, other), (other, one)):
            held = first.counts.setdefault(measure, {})
            for name, counts in second.counts.get(measure, {}).items():
                held.setdefault(name, Counts(0, 0, 0, counts.gold))
    both = zip(series_of(one), series_of(other), strict=True)
    return [pair for pair in both if pair[0].measure.by in SHOWN]


def _difference(one: Series, other: Series, rounds: int, seed: int) -> Difference:
    arguments = (one.numbers, other.numbers, one.figures)
    low, high = difference_interval(*arguments, rounds=rounds, seed=seed)
    p_value = float(chance(*arguments, rounds=rounds, seed=seed)[2])
    apart = (other.value() - one.value()).round(_DIGITS)
    ends = np.array([apart[2], low[2], high[2]]).round(_DIGITS)
    return Difference(
        one.measure,
        round(float(one.value()[2]), _DIGITS),
        round(float(other.value()[2]), _DIGITS),
        float(apart[0]),
        float(apart[1]),
        Interval(*map(float, ends)),
        round(p_value, _DIGITS),
        p_value < 1 - LEVEL,
    )


def _notes(one: Result, other: Result, shared: int) -> tuple[str, ...]:
    notes = []
    for result in (one, other):
        if len(result.documents) > shared:
            more = len(result.documents) - shared
            notes.append(f"{more} documents that only {result.records} has are left out")
    if one.gold != other.gold:
        notes.append(f"the golds are named {one.gold} and {other.gold}: are they the same?")
    return tuple(notes)


def _not_comparable(one: Result, other: Result) -> ReadError:
    what = (
        f"its gold is of format {other.format}, the other's of {one.format}"
        if one.format != other.format
        else f"it has no document in common with {one.records}"
    )
    return ReadError(
        f"result of {other.records}",
        what,
        "results of the same documents by the same gold",
        "Evaluate both records against one gold.",
    )
