"""Where a match of a pattern can begin: at a word's border or not, and with which two signs.

In front of an alternation of many patterns, a test for these spares the trying of each of them at
each place of a text; sre knows no such test for patterns that begin with a border or a look-around.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_NO_WIDTH = frozenset((sre.AT, sre.ASSERT, sre.ASSERT_NOT))
_REPEATS = frozenset((sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT))
_DEEP = 2  # signs that are looked at
_WORDLIKE = re.compile(r"(?:\\d|[0-9A-Za-z])+")  # a class of letters and digits
_OTHER = r"[^\0-\x7f]"  # a sign whose cases are not known here

_Opening = tuple[tuple[str, ...], bool]
"""Classes of the signs that a match begins with, and whether what follows the item may go on behind them."""


def guarded(patterns: Sequence[str], alternation: str) -> str:
    """Put a test before an alternation of patterns that holds wherever one of them can match.

    >>> guarded([r"<\\d"], r"<\\d")
    '(?:(?-i:(?=[<](?:[\\\\d]|[^\\\\0-\\\\x7f])|[^\\\\0-\\\\x7f])))(?:<\\\\d)'
    """
    parsed = [list(parser.parse(pattern)) for pattern in patterns]
    bordered = [items for items in parsed if _begins_at_border(items)]
    others = [items for items in parsed if not _begins_at_border(items)]
    if any(() in _openings(items) for items in others):
        return alternation  # it may match everywhere
    tests = ((r"\b", bordered), ("", others))
    parts = [f"{border}{_test(some)}" for border, some in tests if some]
    return f"(?:{'|'.join(parts)})(?:{alternation})"


def _test(patterns: Iterable[Sequence[tuple[Any, Any]]]) -> str:
    """Return a look-ahead for the signs that patterns can begin with; what is not ASCII always passes."""
    openings: set[tuple[str, ...]] = set().union(*map(_openings, patterns))
    if () in openings:
        return ""
    short = {opening[0] for opening in openings if len(opening) == 1 and opening[0]}
    behind: dict[str, set[str]] = defaultdict(set)
    for opening in openings:
        if opening[0] and opening[0] not in short:
            behind[opening[0]].add(opening[1])
    firsts: dict[str, set[str]] = defaultdict(set)  # a test of the second sign → the first signs
    for first, seconds in behind.items():
        firsts["".join(sorted(seconds))].add(first)
    tests = [
        f"[{''.join(sorted(some))}]{f'(?:[{second}]|{_OTHER})' if second else _OTHER}"
        for second, some in firsts.items()
    ]
    tests += [f"[{''.join(sorted(short))}]"] if short else []
    return f"(?-i:(?={'|'.join((*sorted(tests), _OTHER))}))"


def _begins_at_border(items: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether all that a pattern takes stands behind a ``\\b``, or a word behind no word."""
    for kind, value in items:
        if kind is sre.AT and value is sre.AT_BOUNDARY:
            return True
        if kind is sre.ASSERT and _ends_no_word(*value):
            return all(opening and _WORDLIKE.fullmatch(opening[0]) for opening in _openings(items))
        if kind not in _NO_WIDTH:
            return False
    return False


def _ends_no_word(direction: int, items: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether a look-around looks back at a sign that is no part of a word."""
    kind, value = items[-1]
    return direction < 0 and kind is sre.LITERAL and not (chr(value).isalnum() or value == ord("_"))


def _openings(items: Iterable[tuple[Any, Any]]) -> set[tuple[str, ...]]:
    """Return the classes of the first signs that a sequence can take; fewer where any may follow."""
    return {signs for signs, _ in _of_sequence(items)}


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> set[_Opening]:
    found: set[_Opening] = {((), True)}
    for kind, value in items:
        found = _followed(found, _of_item(kind, value))
    return found


def _followed(found: set[_Opening], behind: set[_Opening]) -> set[_Opening]:
    whole = {one for one in found if not one[1]}
    for signs, is_open in found:
        for more, goes_on in behind if is_open else ():
            both = signs + more
            whole.add((both[:_DEEP], goes_on and len(both) < _DEEP))
    return whole


def _of_item(kind: object, value: Any) -> set[_Opening]:
    if kind in _NO_WIDTH:
        return {((), True)}
    if kind is sre.LITERAL:
        return _sign([(kind, value)])
    if kind is sre.IN:
        return _sign(value)
    if kind is sre.SUBPATTERN and not value[1]:  # it sets no flag of its own
        return _of_sequence(value[-1])
    if kind is sre.BRANCH:
        return set().union(*map(_of_sequence, value[1]))
    if kind in _REPEATS:
        return _repeated(value[0], value[1], _of_sequence(value[2]))
    return {((), False)}


def _repeated(least: int, most: int, once: set[_Opening]) -> set[_Opening]:
    found: set[_Opening] = {((), True)} if least == 0 else set()
    so_far: set[_Opening] = {((), True)}
    for number in range(1, min(most, _DEEP) + 1):
        so_far = _followed(so_far, once)
        found |= so_far if number >= least else set()
    return found | {(signs, False) for signs, _ in so_far}


def _sign(members: Iterable[tuple[Any, Any]]) -> set[_Opening]:
    """Return one sign of a class, in both cases; nothing is known of classes other than of ASCII signs and digits."""
    found = set()
    for kind, value in members:
        first, last = value if kind is sre.RANGE else (value, value)
        if value is sre.CATEGORY_DIGIT:
            found.add(r"\d")
        elif kind in (sre.LITERAL, sre.RANGE):
            found.update(_both_cases(first, last))
        else:
            return {((), False)}
    return {(("".join(sorted(found)),), True)}


def _both_cases(first: int, last: int) -> set[str]:
    signs = {
        case
        for sign in map(chr, range(first, min(last, 0x7F) + 1))
        for case in (sign.lower(), sign.upper())
    }
    return {re.escape(sign) for sign in signs}
