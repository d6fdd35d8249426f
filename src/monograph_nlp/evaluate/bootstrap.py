"""How sure a figure is, and whether two runs differ: documents are drawn anew, many times over.

Intervals are percentiles of the figures of samples of documents, drawn with replacement (Efron 1979). A
difference is tested by approximate randomization (Noreen 1989): where it is chance, each document's two results may
as well be exchanged; the p-value is how often exchanges alone differ as much. The same seed gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from monograph_nlp.evaluate.figures import Numbers

Figures: TypeAlias = Callable[[Numbers], Numbers]
"""Sums over documents, shape (rounds, columns) → figures, shape (rounds, …)."""

LEVEL = 0.95
_SLACK = 1e-12  # figures that are equal but for rounding


def interval(
    counts: Numbers, figures: Figures, *, rounds: int, seed: int
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper ends of the figures of counts, shape (documents, columns)."""
    return _ends(figures(_weights(len(counts), rounds, seed) @ counts))


def difference_interval(
    one: Numbers, other: Numbers, figures: Figures, *, rounds: int, seed: int
) -> tuple[Numbers, Numbers]:
    """Return the ends of ``figures(other) - figures(one)``, the same documents drawn for both."""
    weights = _weights(len(one), rounds, seed)
    return _ends(figures(weights @ other) - figures(weights @ one))


def chance(one: Numbers, other: Numbers, figures: Figures, *, rounds: int, seed: int) -> Numbers:
    """Return for each figure how likely a difference as large is by chance, 0..1, two-sided."""
    exchanged = np.random.default_rng(seed).integers(0, 2, (rounds, len(one))).astype(np.float64)
    moved = exchanged @ (other - one)
    first, second = one.sum(axis=0) + moved, other.sum(axis=0) - moved
    seen = _apart(figures(one.sum(axis=0)[None]), figures(other.sum(axis=0)[None]))
    as_large = _apart(figures(first), figures(second)) >= seen - _SLACK
    p_values: Numbers = (as_large.sum(axis=0) + 1) / (rounds + 1)
    return p_values


def _apart(one: Numbers, other: Numbers) -> Numbers:
    apart: Numbers = np.abs(np.nan_to_num(other) - np.nan_to_num(one))
    return apart


def _weights(documents: int, rounds: int, seed: int) -> Numbers:
    """Return how often each document is drawn, shape (rounds, documents)."""
    even = np.full(documents, 1 / documents)
    drawn = np.random.default_rng(seed).multinomial(documents, even, size=rounds)
    return drawn.astype(np.float64)


def _ends(figures: Numbers) -> tuple[Numbers, Numbers]:
    """Return the ends of the figures; samples in which there is nothing to measure are left out."""
    is_never = np.isnan(figures).all(axis=0)
    edge = (1 - LEVEL) / 2 * 100
    low, high = np.nanpercentile(np.where(is_never, 0.0, figures), [edge, 100 - edge], axis=0)
    return low, high
