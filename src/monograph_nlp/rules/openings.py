"""Where a match of a pattern can begin: at a word's border or not, and with which sign.

In front of an alternation of many patterns, a test for these spares the trying of each of them at
each place of a text; sre knows no such test for patterns that begin with a border or a look-around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_NO_WIDTH = frozenset((sre.AT, sre.ASSERT, sre.ASSERT_NOT))
_REPEATS = frozenset((sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT))
_ANY = frozenset((r"\s", r"\S"))


def guarded(patterns: Sequence[str], alternation: str) -> str:
    """Put a test before an alternation of patterns that holds wherever one of them can match.

    >>> guarded([r"\\btwo", r"\\b[ab]c?", r"<\\d"], r"\\btwo|\\b[ab]c?|<\\d")
    '(?:\\\\b(?=[abt])|(?=[<]))(?:\\\\btwo|\\\\b[ab]c?|<\\\\d)'
    """
    parsed = [list(parser.parse(pattern)) for pattern in patterns]
    if any(is_empty for _, is_empty in map(_first, parsed)):
        return alternation  # it matches everywhere
    bordered = [items for items in parsed if _begins_at_border(items)]
    others = [items for items in parsed if not _begins_at_border(items)]
    tests = ((r"\b", bordered), ("", others))
    parts = [f"{border}(?=[{_signs(some)}])" for border, some in tests if some]
    return f"(?:{'|'.join(parts)})(?:{alternation})"


def _begins_at_border(items: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether all that a pattern takes stands behind a ``\\b``, or a word behind no word."""
    for kind, value in items:
        if kind is sre.AT and value is sre.AT_BOUNDARY:
            return True
        if kind is sre.ASSERT and _ends_no_word(*value):
            return all(sign.isalnum() or sign == r"\d" for sign in _first(items)[0])
        if kind not in _NO_WIDTH:
            return False
    return False


def _ends_no_word(direction: int, items: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether a look-around looks back at a sign that is no part of a word."""
    kind, value = items[-1]
    return direction < 0 and kind is sre.LITERAL and not (chr(value).isalnum() or value == ord("_"))


def _signs(patterns: Iterable[Iterable[tuple[Any, Any]]]) -> str:
    """Return the inside of a class of the signs that the patterns can begin with."""
    found: set[str] = set()
    for items in patterns:
        found |= _first(items)[0]
    return "".join(sorted(_ANY if found >= _ANY else found))


def _first(items: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """Return the signs that a sequence can begin with, and whether it can take none."""
    found: set[str] = set()
    for kind, value in items:
        if kind not in _NO_WIDTH:
            firsts, is_empty = _first_of_item(kind, value)
            found |= firsts
            if not is_empty:
                return found, False
    return found, True


def _first_of_item(kind: object, value: Any) -> tuple[set[str], bool]:
    if kind is sre.LITERAL:
        return {re.escape(chr(value))}, False
    if kind is sre.SUBPATTERN and not value[1]:  # it sets no flag of its own
        return _first(value[-1])
    if kind in _REPEATS:
        firsts, is_empty = _first(value[2])
        return firsts, is_empty or value[0] == 0
    if kind is sre.BRANCH:
        each = [_first(branch) for branch in value[1]]
        return set().union(*(firsts for firsts, _ in each)), any(empty for _, empty in each)
    if kind is sre.IN:
        return _of_class(value), False
    return set(_ANY), False


def _of_class(members: Iterable[tuple[Any, Any]]) -> set[str]:
    found: set[str] = set()
    for kind, value in members:
        if kind is sre.LITERAL:
            found.add(re.escape(chr(value)))
        elif kind is sre.RANGE:
            found.add("-".join(re.escape(chr(sign)) for sign in value))
        elif value is sre.CATEGORY_DIGIT:
            found.add(r"\d")
        else:
            return set(_ANY)
    return found
