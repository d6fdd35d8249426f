"""A pattern that is many alternatives, of which only those are tried that a text may match.

An expression tries its alternatives one by one at each place. Of the forty after which a sentence states no
event, a sentence holds what two or three of them need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from sys import maxsize
from typing import TypeAlias

from monograph_nlp.rules.screening import Screen

_MARK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_REFERS = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")  # to a group, by the number that the whole gives it
_Found: TypeAlias = tuple[int, int, re.Match[str]]
"""Where a match starts, the number of its alternative, and the match."""


class Branches:
    """Finds what a pattern finds, in the same order, with the groups of the alternative that matches.

    >>> [match[0] for match in Branches("fever|rash(?:es)?").finditer("rashes or fever")]
    ['rashes', 'fever']
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Part a pattern that compiles; its alternatives are compiled when a text may match them."""
        self.pattern = pattern
        self._parts = branches_of(pattern)
        self._flags = flags
        self._screen = Screen(self._parts)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Return the leftmost match in ``text[start:end]``; what stands before that is seen."""
        return next(self.finditer(text, start, end), None)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches in ``text[start:end]`` from left to right, without overlaps."""
        found: list[_Found] = []
        for number in self._screen.open_to(text):
            match = _compiled(self._parts[number], self._flags).search(text, start, end)
            if match:
                found.append((match.start(), number, match))
        while found:
            first = min(found)[-1]
            yield first
            found = [later for one in found if (later := _later(one, first, end))]


def branches_of(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of a pattern; all of it, where it refers back to a group.

    >>> branches_of(r"a[|(]|b(?:c|d)")
    ('a[|(]', 'b(?:c|d)')
    """
    if _REFERS.search(pattern):
        return (pattern,)
    depth, cuts = 0, [-1]
    for mark in _MARK.finditer(pattern):
        depth += (mark[0] == "(") - (mark[0] == ")")
        if mark[0] == "|" and not depth:
            cuts.append(mark.start())
    return tuple(pattern[cut + 1 : next_] for cut, next_ in pairwise([*cuts, len(pattern)]))


def _later(one: _Found, last: re.Match[str], end: int) -> _Found | None:
    """Return the next match of an alternative behind one that was taken: the same, if it is still ahead.

    As in ``re``, a match without characters follows no other of that kind in its place.
    """
    start, number, match = one
    if start >= last.end() and match.span() != last.span():
        return one
    behind = match.re.finditer(last.string, last.end(), end)
    following = next((m for m in behind if m.span() != last.span()), None)
    return (following.start(), number, following) if following else None


@cache  # patterns of one table have alternatives in common
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)
