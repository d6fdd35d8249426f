"""Text → the words that a tagger reads: runs of letters and digits, and single other characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import starmap

_WORD = re.compile(r"[^\W_]+|[^\s]")

Ranges = list[tuple[int, int]]


def forms(text: str, words: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words as the text has them."""
    return list(map(text.__getitem__, starmap(slice, words)))


def words(text: str) -> Ranges:
    """Return the half-open ranges of the words, in code points, in order; white space is in none.

    >>> [text[a:b] for text in ("5-FU (IV)",) for a, b in words(text)]
    ['5', '-', 'FU', '(', 'IV', ')']
    """
    return [match.span() for match in _WORD.finditer(text)]
