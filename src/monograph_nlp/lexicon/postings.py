"""A posting: that a term bears a name, packed into 32 bits.

From the lowest bit: number of the term (20), kind (3), case (2), spot (1), source (5), plural (1).
``plural`` says that the name as written has a plural ending, which its key has lost.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

import numpy as np

from monograph_nlp.lexicon.planes import Numbers
from monograph_nlp.lexicon.terms import Case, Kind

MOST_TERMS = 1 << 20
MOST_SOURCES = 1 << 5
PLURAL = 1 << 31
_KINDS: tuple[Kind, ...] = get_args(Kind)
_CASES: tuple[Case, ...] = get_args(Case)


class Posting(NamedTuple):
    """What is known of a name without reading the term; ``source`` counts in the header's list."""

    number: int
    kind: Kind
    case: Case
    is_spot: bool
    source: int
    is_plural: bool


def pack_posting(posting: Posting) -> int:
    """Return the posting as a number of 32 bits."""
    return (
        posting.number
        | _KINDS.index(posting.kind) << 20
        | _CASES.index(posting.case) << 23
        | posting.is_spot << 25
        | posting.source << 26
        | posting.is_plural << 31
    )


def unpack_posting(packed: int) -> Posting:
    """Return the posting that ``pack_posting`` packed."""
    return Posting(
        packed & (MOST_TERMS - 1),
        _KINDS[packed >> 20 & 7],
        _CASES[packed >> 23 & 3],
        bool(packed >> 25 & 1),
        packed >> 26 & 31,
        bool(packed & PLURAL),
    )


def in_any_case(packed: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell of each packed posting whether its name may be written in any case."""
    return np.equal(np.bitwise_and(packed, 3 << 23), _CASES.index("any") << 23)
