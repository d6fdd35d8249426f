"""Literals that a pattern cannot do without, read off its parsed form.

They let most patterns of a table be passed over in a text that cannot match: looking for a literal
takes a fraction of the time of trying the pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Signs that case-insensitive patterns take for an ASCII letter, and that ``str.lower`` leaves.
_ALIKE = str.maketrans("İıſ", "iis")


def in_small_letters(text: str) -> str:
    """Return a text in which a literal of ``literals`` stands wherever its pattern matches."""
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


def literals(pattern: str) -> frozenset[str]:
    """Return literals of which one stands in all that a pattern matches; none where that is unknown.

    They are in small letters and hold no blank; the case of the pattern does not matter.

    >>> sorted(literals(r"\\b(?:acts?|works?|working) by\\b"))
    ['act', 'work']
    """
    return _of_sequence(parser.parse(pattern))


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the best of what the items of a sequence need: all of them are in a match."""
    found, run = [], ""
    for kind, value in items:
        sign = chr(value) if kind is sre.LITERAL else " "
        if _is_plain(sign):
            run += sign.lower()
            continue
        found += [frozenset({run}), _of_item(kind, value)]
        run = ""
    return max((*found, frozenset({run})), key=_worth) - {""}


def _worth(found: frozenset[str]) -> tuple[int, int]:
    return min(map(len, found), default=0), -len(found)


def _is_plain(sign: str) -> bool:
    """Tell whether a sign is matched by itself and its capital alone, and is no blank."""
    return not sign.isspace() and (sign.isascii() or sign.lower() == sign.upper())


def _of_item(kind: object, value: Any) -> frozenset[str]:
    needs = _kinds().get(kind)
    return needs(value) if needs else frozenset()


def _of_branches(branches: Iterable[Iterable[tuple[Any, Any]]]) -> frozenset[str]:
    each = [_of_sequence(branch) for branch in branches]
    every = frozenset().union(*each) if all(each) else frozenset()
    return frozenset(one for one in every if not any(o != one and o in one for o in every))


@cache
def _kinds() -> dict[object, Callable[[Any], frozenset[str]]]:
    """Return what to do with each kind of item; of other kinds nothing is known."""

    def repeated(value: Any) -> frozenset[str]:
        least, _, inner = value
        return _of_sequence(inner) if least else frozenset()

    return {
        sre.SUBPATTERN: lambda value: _of_sequence(value[-1]),
        sre.ATOMIC_GROUP: _of_sequence,
        sre.ASSERT: lambda value: _of_sequence(value[1]),
        sre.BRANCH: lambda value: _of_branches(value[1]),
        sre.MAX_REPEAT: repeated,
        sre.MIN_REPEAT: repeated,
        sre.POSSESSIVE_REPEAT: repeated,
    }
