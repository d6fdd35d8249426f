"""The result of an evaluation: figures with intervals, counts by document, errors; and its file.

The file is JSON of version 1. It holds the counts of every document, so that two results can be compared by a
paired test without the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.bootstrap import interval
from monograph_nlp.evaluate.counting import Counts, Measure, Tally
from monograph_nlp.evaluate.mistakes import Mistake
from monograph_nlp.evaluate.series import Series, series_of

VERSION = 1
ROUNDS = 2000
SEED = 0
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, 0..1, and the ends between which 95 of 100 samples of the documents lie."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """One measure of a result; ``counts`` is None where it is a mean of others."""

    measure: Measure
    precision: Interval
    recall: Interval
    f1: Interval
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class Result:
    """What records are worth by a gold."""

    gold: str  # as the user named it
    format: str
    records: str
    documents: tuple[str, ...]
    scores: tuple[Score, ...]
    counts: tuple[tuple[Measure, tuple[Counts, ...]], ...]  # by document, in their order
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    rounds: int = ROUNDS
    seed: int = SEED
    version: int = VERSION

    def tally(self) -> Tally:
        """Return the counts as they were made."""
        tally = Tally(list(self.documents))
        for measure, rows in self.counts:
            tally.counts[measure] = dict(zip(self.documents, rows, strict=True))
        return tally


def scores_of(tally: Tally, *, rounds: int = ROUNDS, seed: int = SEED) -> tuple[Score, ...]:
    """Return the figures of counts, each with its interval over the documents."""
    return tuple(_score(series, rounds, seed) for series in series_of(tally))


def _score(series: Series, rounds: int, seed: int) -> Score:
    low, high = interval(series.numbers, series.figures, rounds=rounds, seed=seed)
    ends = np.stack([series.value(), low, high], axis=-1).round(_DIGITS)
    precision, recall, f1 = (Interval(*map(float, row)) for row in ends)
    return Score(series.measure, precision, recall, f1, series.total())


def counts_of(tally: Tally) -> tuple[tuple[Measure, tuple[Counts, ...]], ...]:
    """Return the counts in the order of a report, by document."""
    return tuple((measure, tuple(tally.rows(measure))) for measure in tally.measures())


def read_result(path: str | Path) -> Result:
    """Return the result of a file.

    Raises:
        ReadError: there is none, or the file is no result of this version.
    """
    try:
        result = msgspec.json.decode(Path(path).read_bytes(), type=Result)
        if result.version != VERSION:
            raise ValueError(f"version {result.version}")
    except OSError as cause:
        raise _error(path, cause.strerror or str(cause)) from cause
    except (msgspec.MsgspecError, UnicodeError, ValueError) as cause:
        raise _error(path, str(cause)) from cause
    return result


def _error(path: str | Path, what: str) -> ReadError:
    return ReadError(
        str(path),
        what,
        f"a result of version {VERSION}, as `monograph-nlp evaluate --json` writes it",
        "Write it anew.",
    )
