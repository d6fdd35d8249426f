"""What is known of each document for one figure, and how the figure comes of it.

Beside the sums of all documents (micro) there is the mean over predicates of facts that the gold has, and the mean
over documents of strings (macro).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from monograph_nlp.evaluate.bootstrap import Figures
from monograph_nlp.evaluate.counting import ALL, LABEL, Counts, Measure, Tally
from monograph_nlp.evaluate.figures import Numbers, mean, precision_recall_f1
from monograph_nlp.evaluate.judgement import Stage

MACRO = "macro"


@dataclass(frozen=True, slots=True)
class Series:
    """A measure, its numbers by document, and what makes precision, recall and F1 of their sums."""

    measure: Measure
    numbers: Numbers  # shape (documents, columns)
    figures: Figures  # shape (rounds, columns) → (rounds, 3)

    def value(self) -> Numbers:
        """Return precision, recall and F1 of all documents."""
        value: Numbers = np.nan_to_num(self.figures(self.numbers.sum(axis=0)[None])[0])
        return value

    def total(self) -> Counts | None:
        """Return the counts of all documents; None where the figure is a mean."""
        if self.measure.by == MACRO:
            return None
        return Counts(*(int(number) for number in self.numbers.sum(axis=0)))


def series_of(tally: Tally) -> Iterator[Series]:
    """Yield what was measured, in the order of a report; each mean behind its stage."""
    for measure in tally.measures():
        yield Series(measure, _numbers(tally, measure), precision_recall_f1)
        if measure.by == ALL and measure.stage == Stage.FACTS:
            yield _over_labels(tally, measure.stage)
        elif measure.by == ALL and measure.stage == Stage.STRINGS:
            yield _over_documents(tally, measure)


def _numbers(tally: Tally, measure: Measure) -> Numbers:
    return np.array(tally.rows(measure), dtype=np.float64).reshape(len(tally.documents), 4)


def _over_labels(tally: Tally, stage: str) -> Series:
    labels = [one for one in tally.measures() if (one.stage, one.by) == (stage, LABEL)]
    tables = [_numbers(tally, one) for one in labels]
    kept = [table for table in tables if table[:, 3].sum() > 0]
    numbers = np.concatenate(kept, axis=1) if kept else np.zeros((len(tally.documents), 4))
    return Series(Measure(stage, MACRO, "predicates"), numbers, _mean_of_labels)


def _mean_of_labels(sums: Numbers) -> Numbers:
    return mean(precision_recall_f1(sums.reshape(*sums.shape[:-1], -1, 4)), axis=-2)


def _over_documents(tally: Tally, measure: Measure) -> Series:
    """The mean over documents: each has its figures, and a sample is the mean of those drawn.

    A document in which neither side has anything says nothing, and is left out.
    """
    figures = precision_recall_f1(_numbers(tally, measure))
    says = ~np.isnan(figures[:, :1])
    numbers = np.concatenate([np.nan_to_num(figures), says], axis=1)
    return Series(Measure(measure.stage, MACRO, "documents"), numbers, _mean_of_documents)


def _mean_of_documents(sums: Numbers) -> Numbers:
    """Return sums of figures over how many documents they are of; not a number where of none."""
    number = sums[..., 3:]
    means: Numbers = np.where(number > 0, sums[..., :3] / np.maximum(number, 1), np.nan)
    return means
