"""Counts → precision, recall and F1, for one table of counts or for many resampled ones at once.

Arrays end in four columns, those of ``counting.Counts``. A share of nothing is 0; where neither side has anything
the figures are not a number, so that a sample of documents without any such item says nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def precision_recall_f1(counts: Numbers) -> Numbers:
    """Return an array whose last axis holds precision, recall and F1, each 0..1 or not a number."""
    precision = _share(counts[..., 0], counts[..., 1])
    recall = _share(counts[..., 2], counts[..., 3])
    f1 = _share(2 * precision * recall, precision + recall)
    is_any = (counts[..., 1] + counts[..., 3]) > 0
    figures: Numbers = np.where(
        is_any[..., None], np.stack([precision, recall, f1], axis=-1), np.nan
    )
    return figures


def mean(figures: Numbers, axis: int) -> Numbers:
    """Return the mean over an axis of what is a number; 0 where nothing is."""
    is_number = ~np.isnan(figures)
    total = np.where(is_number, figures, 0.0).sum(axis=axis)
    means: Numbers = total / np.maximum(is_number.sum(axis=axis), 1)
    return means


def _share(part: Numbers, whole: Numbers) -> Numbers:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
