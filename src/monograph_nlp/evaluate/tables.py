"""A result or a comparison as rows of cells: what the terminal, Markdown and HTML show alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from monograph_nlp.evaluate.comparing import Comparison, Difference
from monograph_nlp.evaluate.counting import ALL, LABEL, SECTION, Measure
from monograph_nlp.evaluate.mistakes import Mistake
from monograph_nlp.evaluate.result import Interval, Result, Score
from monograph_nlp.evaluate.series import MACRO

SCORE_COLUMNS = ("", "P", "R", "F1", "95 % of F1", "predicted", "gold")
DIFFERENCE_COLUMNS = ("F1", "one", "other", "ΔP", "ΔR", "ΔF1", "95 % of ΔF1", "p", "significant")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; the first column is words, the others are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def score_tables(result: Result) -> list[Table]:
    """Return a table for each stage, and one for its sections where it has more than one."""
    tables = []
    for stage, some in groupby(result.scores, key=lambda score: score.measure.stage):
        scores = list(some)
        whole = [score for score in scores if score.measure.by != SECTION]
        tables.append(Table(stage, SCORE_COLUMNS, _score_rows(whole)))
        by_section = [score for score in scores if score.measure.by == SECTION]
        if len(by_section) > 1:
            tables.append(Table(f"{stage}, by section", SCORE_COLUMNS, _score_rows(by_section)))
    return tables


def difference_tables(comparison: Comparison) -> list[Table]:
    """Return a table of differences for each stage."""
    stages = groupby(comparison.differences, key=lambda one: one.measure.stage)
    return [
        Table(stage, DIFFERENCE_COLUMNS, tuple(map(_difference_row, some)))
        for stage, some in stages
    ]


def verdict(comparison: Comparison) -> str:
    """Return in a sentence how many differences are more than chance."""
    number = len(comparison.differences)
    surely = sum(one.is_significant for one in comparison.differences)
    return (
        f"{surely} of {number} differences in F1 are significant (p < 0.05); where nothing differs, "
        f"about {number * 0.05:.1f} of {number} would be."
    )


def mistake_lists(mistakes: Iterable[Mistake]) -> list[tuple[str, list[Mistake]]]:
    """Return the errors by stage and kind, each list with its title."""
    groups = groupby(mistakes, key=lambda one: (one.stage, one.kind))
    return [(f"{stage}: {kind}", list(some)) for (stage, kind), some in groups]


def name_of(measure: Measure) -> str:
    """Return what a row is called.

    >>> name_of(Measure("facts", "macro", "predicates"))
    'mean over predicates'
    """
    if measure.by == ALL:
        return ALL
    return f"mean over {measure.name}" if measure.by == MACRO else measure.name


def _score_rows(scores: list[Score]) -> tuple[tuple[str, ...], ...]:
    """Return the rows; where there is one label, what holds for all of them is left to it."""
    labels = [score for score in scores if score.measure.by == LABEL]
    left_out = (Measure(scores[0].measure.stage, ALL, ""), _mean(scores[0].measure.stage))
    is_one = len(labels) == 1
    return tuple(
        _score_row(score) for score in scores if not (is_one and score.measure in left_out)
    )


def _mean(stage: str) -> Measure:
    return Measure(stage, MACRO, "predicates")


def _score_row(score: Score) -> tuple[str, ...]:
    counts = score.counts
    return (
        name_of(score.measure),
        *(f"{figure.value:.3f}" for figure in (score.precision, score.recall, score.f1)),
        _between(score.f1),
        f"{counts.predicted:,}" if counts else "",
        f"{counts.gold:,}" if counts else "",
    )


def _difference_row(one: Difference) -> tuple[str, ...]:
    return (
        name_of(one.measure),
        f"{one.one:.3f}",
        f"{one.other:.3f}",
        *(f"{apart:+.3f}" for apart in (one.precision, one.recall, one.f1.value)),
        _between(one.f1, "+.3f"),
        f"{one.p_value:.4f}",
        "yes" if one.is_significant else "no",
    )


def _between(figure: Interval, form: str = ".3f") -> str:
    return f"{figure.low:{form}} to {figure.high:{form}}"
