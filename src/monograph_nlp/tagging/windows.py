"""A text in windows that a network can read: each word is judged in one, and seen in its neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Window(NamedTuple):
    """Words ``start`` to ``end`` are read; those of ``first`` to ``last`` are judged by this window."""

    start: int
    end: int
    first: int
    last: int


def windows(
    costs: Sequence[int], breaks: Sequence[bool], *, room: int, margin: int
) -> list[Window]:
    """Cut words into windows; what they judge covers every word once, in order.

    The cut depends on the text alone, never on other texts of a batch.

    Args:
        costs: what each word takes up, in pieces; a word that is larger than a window counts as one.
        breaks: whether a line begins at the word: cuts are made there where the window is half full.
        room: pieces of a window at most.
        margin: pieces on either side that are read and not judged.
    """
    core = room - 2 * margin
    costs = [min(cost, core) for cost in costs]
    totals = [0, *accumulate(costs)]
    found: list[Window] = []
    first = 0
    while first < len(costs):
        last = _end(totals, breaks, first, core)
        start = bisect_left(totals, totals[first] - margin)
        end = bisect_right(totals, totals[last] + margin) - 1
        found.append(Window(start, end, first, last))
        first = last
    return found


def _end(totals: Sequence[int], breaks: Sequence[bool], first: int, core: int) -> int:
    last = max(first + 1, bisect_right(totals, totals[first] + core) - 1)
    if last == len(breaks):
        return last
    half = max(first + 2, bisect_left(totals, totals[first] + core // 2))
    return next((place for place in range(last, half - 1, -1) if breaks[place]), last)
