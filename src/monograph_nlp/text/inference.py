"""Which section a piece of prose would stand in, where nobody wrote a heading.

Each sentence scores for each label by the cues of ``rules/section_cues.tsv``; a paragraph is the
label that its sentences agree on; a run of sentences that speak of something else is a section of
its own. Where too little is said, the label is ``OTHER``: abstaining is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from monograph_nlp.rules import read_table

_SENTENCE_END = re.compile(r"(?<=[.!?。])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
_OPENING = 1.5  # a paragraph says first what it is about
_LEAST = 1.6  # a label with less is not named
_SWITCH = 1.9  # a sentence with as much for another label leaves the paragraph's
_LOW = 0.5  # share of its own label's score that a leaving sentence may have for the paragraph's


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of sentences about one thing; ``score`` in 0..1, 0 where the label is OTHER."""

    start: int
    end: int
    label: str
    score: float


def infer_sections(text: str, paragraphs: tuple[tuple[int, int], ...]) -> tuple[Stretch, ...]:
    """Type prose paragraph by paragraph, and by sentence where a paragraph changes its subject.

    Neighbouring stretches of one label are one stretch. ``paragraphs`` are half-open ranges of
    ``text``, in order.
    """
    found: list[Stretch] = []
    for start, end in paragraphs:
        for stretch in _stretches(text, start, end):
            if found and found[-1].label == stretch.label:
                last = found.pop()
                stretch = Stretch(
                    last.start, stretch.end, last.label, max(last.score, stretch.score)
                )
            found.append(stretch)
    return tuple(found)


def _stretches(text: str, start: int, end: int) -> list[Stretch]:
    sentences = _sentences(text, start, end)
    scores = [_score(text[a:b]) for a, b in sentences]
    total: dict[str, float] = defaultdict(float)
    for number, score in enumerate(scores):
        for label, value in score.items():
            total[label] += value * (_OPENING if number == 0 else 1.0)
    main = _best(total)
    labels = _labels(scores, main)
    runs: list[Stretch] = []
    for (a, b), label in zip(sentences, labels, strict=True):
        if runs and runs[-1].label == label:
            runs[-1] = Stretch(runs[-1].start, b, label, 0.0)
        else:
            runs.append(Stretch(a, b, label, 0.0))
    return [_scored(text, run) for run in runs]


def _labels(scores: list[Mapping[str, float]], main: str) -> list[str]:
    """Give each sentence the paragraph's label, or that of the run which left it."""
    labels: list[str] = []
    current = main
    for score in scores:
        own = _best(score)
        if (
            own != "OTHER"
            and own != current
            and score[own] >= _SWITCH
            and score[current] <= _LOW * score[own]
        ):
            current = own
        elif current != main and score[main] >= score[current] and score[main] > 0:
            current = main
        labels.append(current)
    return labels


def _scored(text: str, run: Stretch) -> Stretch:
    score = _score(text[run.start : run.end])
    own = score[run.label]
    rival = max((value for label, value in score.items() if label != run.label), default=0.0)
    share = own / (own + rival + 1.0) if run.label != "OTHER" else 0.0
    return Stretch(run.start, run.end, run.label, round(share, 3))


def _best(score: Mapping[str, float]) -> str:
    label, value = min(score.items(), key=lambda item: (-item[1], item[0]), default=("OTHER", 0.0))
    return label if value >= _LEAST else "OTHER"


def _score(sentence: str) -> Mapping[str, float]:
    """Sum the weights of the cues that a sentence holds; a cue counts once."""
    score: dict[str, float] = defaultdict(float)
    for label, weight, cue in _cues():
        if cue.search(sentence):
            score[label] += weight
    return score


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    borders = [start, *(m.end() for m in _SENTENCE_END.finditer(text, start, end)), end]
    return [(a, b) for a, b in pairwise(borders) if b > a]


@cache
def _cues() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    columns = ("label", "weight", "cue", "example")
    return tuple(
        (
            row.text("label"),
            row.number("weight", 1.0),
            re.compile(row.regex("cue"), re.IGNORECASE),
        )
        for row in read_table("section_cues.tsv", columns, required=columns)
    )
