"""What a tagger is told of each word beside the word: names of the lexicon, place in the line, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_KINDS = {  # label of the lexicon → which pair of features tells of it
    "ADVERSE_EVENT": 0,
    "CONDITION": 0,
    "DRUG": 1,
    "CHEMICAL": 2,
    "DRUG_CLASS": 3,
    "TARGET": 4,
    "MECHANISM": 5,
}
_OTHER = 6  # all other labels
LINE, _CELL, _TITLE, _CAPITALS = range(2 * (_OTHER + 1), 2 * (_OTHER + 1) + 4)
_BREAK = re.compile("\n")
SIZE = _CAPITALS + 1
"""How many features a word has."""


class Hit(NamedTuple):
    """A name of the lexicon in a text: half-open range in code points; labels joined by ``|``."""

    start: int
    end: int
    labels: str


def features(
    text: str, words: Sequence[tuple[int, int]], hits: Iterable[Hit]
) -> npt.NDArray[np.float32]:
    """Return 0 or 1 for each word and feature.

    Returns:
        An array of shape (words, ``SIZE``): for each kind of name whether the word begins one and whether
        it goes on with one; whether the word begins a line, or stands behind a wide gap as cells
        of a table do; whether it begins with a capital, or is written in capitals.
    """
    made = np.zeros((len(words), SIZE), dtype=np.float32)
    if not words:
        return made
    borders = np.fromiter(chain.from_iterable(words), dtype=np.int64, count=2 * len(words))
    starts, ends = borders[::2], borders[1::2]
    _mark_hits(made, starts, list(hits))
    before = np.concatenate(([0], ends[:-1]))
    breaks = [match.start() for match in _BREAK.finditer(text)]
    has_break = np.searchsorted(breaks, before) < np.searchsorted(breaks, starts)
    said = [text[start:end] for start, end in words]
    made[:, LINE] = has_break
    made[0, LINE] = 1
    made[:, _CELL] = (starts - before > 1) & ~has_break
    made[:, _TITLE] = [word[0].isupper() for word in said]
    made[:, _CAPITALS] = [len(word) > 1 and word.isupper() for word in said]
    return made


def _mark_hits(
    made: npt.NDArray[np.float32], starts: npt.NDArray[np.int64], hits: Sequence[Hit]
) -> None:
    if not hits:
        return
    firsts = np.searchsorted(starts, [hit.start for hit in hits]).tolist()
    lasts = np.searchsorted(starts, [hit.end for hit in hits]).tolist()
    for hit, first, last in zip(hits, firsts, lasts, strict=True):
        if first == last:
            continue
        for kind in _kinds(hit.labels):
            made[first, 2 * kind] = 1
            made[first + 1 : last, 2 * kind + 1] = 1


@lru_cache(maxsize=1 << 10)
def _kinds(labels: str) -> frozenset[int]:
    return frozenset(_KINDS.get(label, _OTHER) for label in labels.split("|"))
