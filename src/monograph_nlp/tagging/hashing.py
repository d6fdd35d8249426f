"""Words → rows of an embedding table: the word itself and its character n-grams, hashed.

As in Bojanowski et al. (2017), "Enriching word vectors with subword information": a word that was never seen
shares its n-grams with words that were. CRC-32 gives the same rows on every machine.
"""

from __future__ import annotations

import re
from zlib import crc32

_DIGIT = re.compile(r"\d")
_SHORTEST, _LONGEST = 3, 5  # letters of an n-gram, borders included
_MOST = 40  # letters of a word that are looked at


def folded(word: str) -> str:
    """Return what is read of a word: small letters, 0 for any digit, no more than so many.

    >>> folded("CYP3A4")
    'cyp0a0'
    """
    return _DIGIT.sub("0", word.lower())[:_MOST]


def rows(word: str, buckets: int) -> tuple[int, ...]:
    """Return the rows of a word among ``buckets``: first the word's own, then its n-grams'.

    Capitals and the value of digits do not count.

    >>> rows("Rash", 1000) == rows("rash", 1000)
    True
    """
    form = f"<{folded(word)}>"
    grams = {
        form[start : start + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(form) - size + 1)
    }
    return tuple(crc32(text.encode()) % buckets for text in (f" {form}", *sorted(grams)))
