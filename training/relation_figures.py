"""Measure the rows of relations beside a learned scorer, on pairs whose names are given.

    python -m training.relation_figures CORPORA -o .training/relations.json

What is learned from and what is measured on says ``training.relation_corpora``: no reserved test part is read. The
scorer is forgotten: nothing here ships. ``--task`` measures one corpus alone, ``--unseen`` only sentences that
resemble none of those learned from: labels of generics repeat each other. It needs scipy, and two
minutes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from training.relation_corpora import NONE, TASKS, Pair
from training.relation_rows import say, say_in_labels
from training.relation_scorer import Scorer, Settings, fit

VARIANTS = {
    "learned": Settings(),
    "learned, runs of three": Settings(order=3),
    "learned, rare weigh more": Settings(order=3, is_balanced=True),
    "learned, without the name": Settings(with_names=False),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """How well one label is found, of 0..1; ``said`` and ``marked`` count pairs."""

    way: str
    label: str
    precision: float
    recall: float
    f1: float
    said: int
    marked: int
    at_precision: float | None = None  # recall where a threshold gives the precision of the rows


def figures(way: str, said: Sequence[str], truth: Sequence[str]) -> list[Figure]:
    """Return the figures of all labels in order, and their mean under the label ``macro``."""
    found = [_figure(way, label, said, truth) for label in sorted(set(truth))]
    means = [float(np.mean([getattr(one, key) for one in found])) for key in _MEASURES]
    return [*found, Figure(way, "macro", means[0], means[1], means[2], len(said), len(truth))]


_RUN, _LIKE = 6, 0.2  # words; share of runs from which on a sentence is like another
_MEASURES = ("precision", "recall", "f1")


def _figure(way: str, label: str, said: Sequence[str], truth: Sequence[str]) -> Figure:
    right = sum(one == other == label for one, other in zip(said, truth, strict=True))
    precision = right / max(1, said.count(label))
    recall = right / max(1, truth.count(label))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return Figure(way, label, precision, recall, f1, said.count(label), truth.count(label))


def recall_at(precision: float, scores: Sequence[float], is_true: Sequence[bool]) -> float:
    """Return the highest recall at a precision or better that a threshold on the scores can give.

    The threshold is chosen on what is measured, which favours the scorer a little.

    >>> recall_at(1.0, [0.9, 0.8, 0.7], [True, False, True])
    0.5
    """
    order = sorted(zip(scores, is_true, strict=True), key=lambda pair: (-pair[0], pair[1]))
    best, right = 0, 0
    for count, (_, true) in enumerate(order, 1):
        right += true
        if right >= precision * count:
            best = right
    return best / max(1, sum(is_true))


def unseen(learned: Sequence[Pair], tested: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of sentences of which less than a fifth of the runs of six words was learned from."""
    known = set().union(*(_runs(text) for text in {pair.text for pair in learned}))
    return [p for p in tested if len(_runs(p.text) & known) < _LIKE * len(_runs(p.text))]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [re.sub(r"\d", "0", word) for word in re.findall(r"\w+", text.lower())]
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}


def measure(task: str, learned: Sequence[Pair], tested: Sequence[Pair]) -> Iterator[Figure]:
    """Yield the figures of the rows, then those of the scorers."""
    truth = [pair.label for pair in tested]
    rows = figures("rows", _rows(task, tested), truth)
    yield from rows
    if task == "roam":
        yield from figures("rows, section given", say_in_labels(tested, "INDICATIONS"), truth)
    bars = {one.label: one.precision for one in rows if one.said}
    for way, settings in VARIANTS.items():
        scorer = fit(learned, settings)
        yield from _scored(way, scorer, tested, bars)


def _rows(task: str, tested: Sequence[Pair]) -> list[str]:
    return say_in_labels(tested) if task == "roam" else [say(task, pair) for pair in tested]


def _scored(
    way: str, scorer: Scorer, tested: Sequence[Pair], bars: Mapping[str, float]
) -> Iterator[Figure]:
    truth = [pair.label for pair in tested]
    chances = scorer.probabilities(tested)
    said = [scorer.labels[best] for best in chances.argmax(axis=1)]
    for one in figures(way, said, truth):
        kept: float | None = None
        if one.label in bars and one.label in scorer.labels and one.label != NONE:
            column = chances[:, scorer.labels.index(one.label)].tolist()
            kept = recall_at(bars[one.label], column, [label == one.label for label in truth])
        yield Figure(**(asdict(one) | {"at_precision": kept}))


def table(task: str, found: Sequence[Figure]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| task | label | way | P | R | F1 | said | marked | R at the rows' P |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in sorted(found, key=lambda figure: figure.label):
        kept = "" if one.at_precision is None else f"{one.at_precision:.3f}"
        numbers = f"{one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f}"
        yield f"| {task} | {one.label} | {one.way} | {numbers} | {one.said} | {one.marked} | {kept} |"


def main() -> None:
    """Parse the arguments, print the tables and write the figures."""
    parser = argparse.ArgumentParser(description="measure rows beside a learned scorer")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--task", choices=sorted(TASKS), help="one corpus alone")
    parser.add_argument("--unseen", action="store_true", help="leave out what repeats the learned")
    parser.add_argument("-o", "--output", type=Path, help="file for the figures, as JSON")
    options = parser.parse_args()
    held: dict[str, list[dict[str, object]]] = {}
    for task in [options.task] if options.task else TASKS:
        learned, tested = TASKS[task](options.corpora)
        tested = unseen(learned, tested) if options.unseen else tested
        found = list(measure(task, learned, tested))
        held[task] = [asdict(one) for one in found]
        print("\n".join(table(task, found)), flush=True)
    if options.output:
        options.output.write_text(json.dumps(held, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
