"""Probabilities of tags → mentions with scores: the best sequence that the tags allow, head by head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from monograph_nlp.tagging.joining import FARTHEST, mentions_of
from monograph_nlp.tagging.scheme import Fragments, chunks

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
_QUIET = 0.02  # a word whose tags sum to less is outside whatever its neighbours are
_NEVER = -1e4  # the log probability of what cannot be


class Marked(NamedTuple):
    """A mention in words, and the mean probability of its words' tags."""

    fragments: Fragments
    score: float


def marked(
    probabilities: Floats, tags: tuple[str, ...], forms: Sequence[str], least: float = 0.0
) -> Iterator[Marked]:
    """Yield the mentions of a text with at least this score, in order, for one head.

    Args:
        probabilities: (words, tags), each row sums to 1; ``tags[0]`` is O.
        tags: as ``scheme.TAGS`` names them.
        forms: the words, as the text has them.
    """
    inside = 1 - probabilities[:, 0]
    loud = inside > _QUIET
    places = np.flatnonzero(loud)
    if not len(places):
        return
    best = np.where(loud, probabilities.argmax(axis=1), 0)
    starts, ends = _runs(places, FARTHEST)
    # No mean of the scores of a stretch's words can be higher than the highest of them.
    is_hopeless = np.maximum.reduceat(inside, starts) < least
    _allow(best, probabilities, places[~np.repeat(is_hopeless, _sizes(places, starts))], tags)
    certainty = probabilities[np.arange(len(best)), best]
    for start, end in zip(starts[~is_hopeless].tolist(), ends[~is_hopeless].tolist(), strict=True):
        parts = list(chunks([tags[number] for number in best[start:end].tolist()]))
        sure = certainty[start:end].tolist()
        for fragments in mentions_of(parts, forms[start:end]):
            score = _mean(sure, fragments)
            if score >= least:
                yield Marked(tuple((a + start, b + start) for a, b in fragments), score)


def _allow(best: Places, probabilities: Floats, places: Places, tags: tuple[str, ...]) -> None:
    """Mend tags at these places that may not follow each other, in place.

    A quiet word is outside, so the words on its sides do not depend on each other.
    """
    steps, first = _allowed(tags)
    is_wrong = np.concatenate(([first[best[0]] < 0], steps[best[:-1], best[1:]] < 0))
    wrong = places[is_wrong[places]]
    if not len(wrong):
        return
    starts, ends = _runs(places, 1)
    for run in np.unique(np.searchsorted(starts, wrong, side="right") - 1).tolist():
        part = slice(int(starts[run]), int(ends[run]))
        best[part] = _likeliest(probabilities[part], tags)


def _mean(certainty: Sequence[float], fragments: Fragments) -> float:
    parts = [certainty[first:last] for first, last in fragments]
    return sum(map(sum, parts)) / sum(map(len, parts))


def _runs(places: Places, farthest: int) -> tuple[Places, Places]:
    """Return where the runs of places begin and end (half-open) that are no farther from each other."""
    lasts = np.flatnonzero(np.diff(places) > farthest)
    starts = places[np.concatenate(([0], lasts + 1))]
    return starts, places[np.concatenate((lasts, [-1]))] + 1


def _sizes(places: Places, starts: Places) -> Places:
    """Return how many places each run has."""
    sizes: Places = np.diff(np.append(np.searchsorted(places, starts), len(places)))
    return sizes


def _likeliest(probabilities: Floats, tags: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return the number of each word's tag in the likeliest sequence that is allowed (Viterbi)."""
    steps, first = _allowed(tags)
    logs = np.log(np.maximum(probabilities, 1e-9))
    scores, back = logs[0] + first, np.zeros(probabilities.shape, dtype=np.int64)
    for row in range(1, len(logs)):
        ways = scores[:, None] + steps
        back[row] = ways.argmax(axis=0)
        scores = ways.max(axis=0) + logs[row]
    path = [int(scores.argmax())]
    for row in range(len(logs) - 1, 0, -1):
        path.append(int(back[row, path[-1]]))
    return np.array(path[::-1], dtype=np.int64)


@cache
def _allowed(tags: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return what a step from tag to tag, and the first tag, add: nothing, or what rules it out."""
    steps = np.zeros((len(tags), len(tags)), dtype=np.float32)
    first = np.zeros(len(tags), dtype=np.float32)
    for after, tag in enumerate(tags):
        if tag.endswith("I"):
            first[after] = _NEVER
            fits: Sequence[str] = (f"{tag[:-1]}B", tag)
            steps[[before for before, one in enumerate(tags) if one not in fits], after] = _NEVER
    return steps, first
