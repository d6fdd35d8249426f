"""What a tagger is told of each word beside the word: names of the lexicon, place in the line, capitals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
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
    _mark_hits(made, words, hits)
    before = 0
    told = []
    for start, end in words:
        has_break = "\n" in text[before:start]
        is_cell = start - before > 1 and not has_break
        is_capitals = end - start > 1 and text[start:end].isupper()
        told.append((has_break or not before, is_cell, text[start].isupper(), is_capitals))
        before = end
    if told:
        made[:, LINE:SIZE] = told
    return made


def _mark_hits(
    made: npt.NDArray[np.float32], words: Sequence[tuple[int, int]], hits: Iterable[Hit]
) -> None:
    hits = list(hits)
    if not hits:
        return
    starts = np.array([start for start, _ in words], dtype=np.int64)
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
