"""Which section a piece of prose would stand in, where nobody wrote a heading.

Each sentence scores for each label by the cues of ``rules/section_cues.tsv``; a paragraph keeps its
label while its sentences bear it out, and a run of sentences that speak of something else is a
section of its own. Where too little is said, the label is ``OTHER``: abstaining is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

_SENTENCE_END = re.compile(r"(?<=[.!?。])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
_OPENING = 1.5  # a paragraph says first what it is about
_LEAST = 1.4  # a label with less is not named
_KEPT = 1 << 10  # sentences
_LONGEST = 1000  # code points of such a sentence
_CHANGE = 1.3  # what it costs to change the subject inside a paragraph


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
    labels = _best_path([_score(text[a:b]) for a, b in sentences])
    runs: list[Stretch] = []
    for (a, b), label in zip(sentences, labels, strict=True):
        if runs and runs[-1].label == label:
            runs[-1] = Stretch(runs[-1].start, b, label, 0.0)
        else:
            runs.append(Stretch(a, b, label, 0.0))
    return _strong([_scored(text, run) for run in runs])


def _strong(runs: list[Stretch]) -> list[Stretch]:
    """Leave a run that too little speaks for with the run before it."""
    kept: list[Stretch] = []
    for run in runs:
        if kept and run.label in ("OTHER", kept[-1].label):
            kept[-1] = Stretch(kept[-1].start, run.end, kept[-1].label, kept[-1].score)
        else:
            kept.append(run)
    return kept


def _best_path(scores: list[Mapping[str, float]]) -> list[str]:
    """Label the sentences of a paragraph so that their cues weigh most and its subject changes least.

    The Viterbi path: a sentence counts what its cues say for its label, a change costs ``_CHANGE``.
    """
    labels = sorted({label for score in scores for label in score}) or ["OTHER"]
    opening = scores[0] if scores else {}
    best = {label: _OPENING * opening.get(label, 0.0) for label in labels}
    steps: list[dict[str, str]] = []
    for score in scores[1:]:
        leader = max(labels, key=lambda label: best[label])
        # A sentence without cues stays with what went before it, so a tie changes as late as can be.
        came = {
            label: label if best[label] > best[leader] - _CHANGE else leader for label in labels
        }
        best = {
            label: score.get(label, 0.0)
            + best[came[label]]
            - (0.0 if came[label] == label else _CHANGE)
            for label in labels
        }
        steps.append(came)
    path = [max(labels, key=lambda label: best[label])]
    for came in reversed(steps):
        path.append(came[path[-1]])
    return path[::-1] if scores else []


def _scored(text: str, run: Stretch) -> Stretch:
    score = _score(text[run.start : run.end])
    own = score.get(run.label, 0.0)
    if own < _LEAST:
        return Stretch(run.start, run.end, "OTHER", 0.0)
    rival = max((value for label, value in score.items() if label != run.label), default=0.0)
    return Stretch(run.start, run.end, run.label, round(own / (own + rival + 1.0), 3))


def _score(sentence: str) -> Mapping[str, float]:
    """Sum the weights of the cues that a sentence holds; a cue counts once."""
    return _summed(sentence) if len(sentence) <= _LONGEST else _summed.__wrapped__(sentence)


@lru_cache(maxsize=_KEPT)  # a run of one sentence is scored a second time
def _summed(sentence: str) -> Mapping[str, float]:
    score: dict[str, float] = defaultdict(float)
    cues, screen = _cues()
    for number in screen.open_to(sentence):
        label, weight, cue = cues[number]
        if cue.search(sentence):
            score[label] += weight
    return dict(score)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    borders = [start, *(m.end() for m in _SENTENCE_END.finditer(text, start, end)), end]
    return [(a, b) for a, b in pairwise(borders) if b > a]


@cache
def _cues() -> tuple[tuple[tuple[str, float, re.Pattern[str]], ...], Screen]:
    columns = ("label", "weight", "cue", "example")
    cues = tuple(
        (row.text("label"), row.number("weight", 1.0), row.compiled("cue", re.IGNORECASE))
        for row in read_table("section_cues.tsv", columns, required=columns)
    )
    return cues, Screen([cue.pattern for _, _, cue in cues])
