"""Examples cut into windows, as the tagger cuts a text, and grouped into batches of like lengths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from monograph_nlp.tagging import features
from monograph_nlp.tagging.windows import windows
from training.examples import UNKNOWN, Example

_POOL = 50  # batches that are sorted by length together


class Cut(NamedTuple):
    """The words ``start`` to ``end`` of an example."""

    example: Example
    start: int
    end: int

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it, so that it teaches nothing."""
        is_untold = (self.example.tags[self.start : self.end] == UNKNOWN).all()
        return self.example.shares is None and bool(is_untold)


@dataclass(frozen=True, slots=True)
class Course:
    """How often a training reads which parts, and in which batches."""

    epochs: int
    words: int  # of a batch
    often: tuple[str, ...]  # parts that each epoch has whole
    share: float  # of the other parts in an epoch, 0 to 1, drawn anew for each
    seed: int


def cut(
    examples: Iterable[Example], costs: Callable[[Example], Sequence[int]], room: int, margin: int
) -> list[Cut]:
    """Return the windows of all examples; what they share at their margins is learned twice.

    Windows of which nothing is known are left out.
    """
    found = []
    for example in examples:
        breaks = (example.features[:, features.LINE] > 0).tolist()
        made = windows(costs(example), breaks, room=room, margin=margin)
        found.extend(Cut(example, window.start, window.end) for window in made)
    return [one for one in found if not one.is_unknown]


def plan(cuts: Sequence[Cut], course: Course) -> list[list[Cut]]:
    """Return the batches of a training, epoch after epoch; the same seed gives the same ones."""
    chances = [1.0 if one.example.part in course.often else course.share for one in cuts]
    made = []
    for number in range(course.epochs):
        rng = np.random.default_rng((course.seed, number))
        luck = rng.random(len(cuts))
        chosen = [
            one for one, chance, drawn in zip(cuts, chances, luck, strict=True) if drawn < chance
        ]
        made.extend(batches(chosen, course.words, rng))
    return made


def batches(cuts: Sequence[Cut], words: int, rng: np.random.Generator) -> list[list[Cut]]:
    """Return the cuts in batches of at most ``words`` words with what fills them up, shuffled."""
    order = [cuts[index] for index in rng.permutation(len(cuts))]
    made: list[list[Cut]] = []
    pool = max(1, _POOL * words // max((c.end - c.start for c in cuts), default=1))
    for start in range(0, len(order), pool):
        made.extend(_filled(sorted(order[start : start + pool], key=_length), words))
    return [made[index] for index in rng.permutation(len(made))]


def _filled(cuts: Sequence[Cut], words: int) -> list[list[Cut]]:
    made: list[list[Cut]] = [[]]
    for one in cuts:  # from short to long: the last of a batch is its longest
        if made[-1] and (len(made[-1]) + 1) * _length(one) > words:
            made.append([])
        made[-1].append(one)
    return made


def _length(one: Cut) -> int:
    return one.end - one.start
