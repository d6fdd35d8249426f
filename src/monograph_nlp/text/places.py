"""Which of many ranges a place lies in, in logarithmic time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Nested:
    """Ranges that nest; ``at`` finds the innermost one that holds a position.

    Args:
        ranges: half-open ranges, each outer one before those inside it, in order of their starts.
    """

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        borders = sorted({border for pair in ranges for border in pair})
        self._borders = borders
        self._inner: list[int | None] = [None] * len(borders)
        open_: list[int] = []
        waiting = iter(sorted(range(len(ranges)), key=lambda i: (ranges[i][0], -ranges[i][1], i)))
        following = next(waiting, None)
        for number, border in enumerate(borders):
            while following is not None and ranges[following][0] <= border:
                open_.append(following)
                following = next(waiting, None)
            open_ = [index for index in open_ if ranges[index][1] > border]
            self._inner[number] = open_[-1] if open_ else None

    def at(self, position: int) -> int | None:
        """Return the index of the innermost range that holds the position, or None."""
        number = bisect_right(self._borders, position) - 1
        return self._inner[number] if number >= 0 else None


class Apart:
    """Ranges as one set of places; ``touches`` says whether a range shares any with them."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if start == end:
                continue  # it holds no place
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Say whether ``start:end`` shares a place with any of the ranges."""
        number = bisect_right(self._starts, max(end - 1, start)) - 1
        return number >= 0 and self._ends[number] > start
