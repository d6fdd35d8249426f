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
    for start, end in _stretches(inside > _QUIET):
        if inside[start:end].max() < least:
            continue  # no mean of its words' scores can be higher
        part = probabilities[start:end]
        best = likeliest(part, tags)
        certainty = part[np.arange(len(best)), best]
        parts = list(chunks([tags[number] for number in best]))
        for fragments in mentions_of(parts, forms[start:end]):
            score = _mean(certainty, fragments)
            if score >= least:
                yield Marked(tuple((a + start, b + start) for a, b in fragments), score)


def _mean(certainty: Floats, fragments: Fragments) -> float:
    words = sum(last - first for first, last in fragments)
    return sum(float(certainty[first:last].sum()) for first, last in fragments) / words


def _stretches(loud: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that may be in a mention; runs near each other are one."""
    places = np.flatnonzero(loud)
    if not len(places):
        return
    # Parts of one mention may stand apart, so a short quiet gap parts nothing.
    for run in np.split(places, np.flatnonzero(np.diff(places) > FARTHEST) + 1):
        yield int(run[0]), int(run[-1]) + 1


def likeliest(probabilities: Floats, tags: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return the number of each word's tag in the likeliest sequence that is allowed (Viterbi)."""
    guess: npt.NDArray[np.int64] = probabilities.argmax(axis=1)
    if _is_allowed(guess, tags):
        return guess
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


def _is_allowed(numbers: npt.NDArray[np.int64], tags: tuple[str, ...]) -> bool:
    steps, first = _allowed(tags)
    return bool(first[numbers[0]] == 0 and (steps[numbers[:-1], numbers[1:]] == 0).all())


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
