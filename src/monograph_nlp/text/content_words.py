"""What two wordings of one thing share: content words, folded no further than published scores of facts fold them.

``lexicon.spelling`` folds names for good; its keys may be given to this one.

The words that count for nothing, the spellings and the endings are rows of ``rules/content_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from monograph_nlp.rules import read_table

TABLE = "content_words.tsv"
COLUMNS = ("kind", "pattern", "replacement", "example", "expected")
KINDS = ("spelling", "stop", "ending")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 12)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a name that tell what it is.

    >>> sorted(content_words("severe Infections of the oesophagus"))
    ['esophagu', 'infection']
    """
    folded = text.lower()
    for pattern, replacement in _rows("spelling"):
        folded = pattern.sub(replacement, folded)
    words = (word for word in _WORD.findall(folded) if word not in _stop_words())
    return frozenset(_without_ending(word) for word in words)


def similarity(these: Iterable[str], those: Iterable[str]) -> float:
    """Return how alike the two most alike names are: twice the shared words, by all words; 0..1.

    >>> similarity(["swelling of the legs"], ["oedema", "swelling legs"])
    1.0
    """
    left, right = map(content_words, these), [*map(content_words, those)]
    return max((_shared(a, b) for a in left for b in right if a and b), default=0.0)


def _shared(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _without_ending(word: str) -> str:
    for pattern, replacement in _rows("ending"):
        word = pattern.sub(replacement, word)
    return word


@cache
def _rows(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_table(
        TABLE, COLUMNS, required=("kind", "pattern", "example"), choices={"kind": KINDS}
    )
    return tuple(
        (row.compiled("pattern"), row.text("replacement"))
        for row in rows
        if row.text("kind") == kind
    )


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for pattern, _ in _rows("stop") for word in pattern.pattern.split("|"))
