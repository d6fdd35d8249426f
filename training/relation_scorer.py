"""A linear scorer of relations: what a learned one would find where the rows state nothing.

It is measured and never shipped (``docs/adr/0022-rows-or-a-learned-scorer.md``). A pair is turned into words
and runs of words before, between and behind its names, the words beside each name, the order and the distance
of the two; a logistic regression weighs them, fitted by L-BFGS from zero, so that two runs agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from training.relation_corpora import Pair

Floats = npt.NDArray[np.float64]

_WORD = re.compile(r"§[FSfs]|\w+|[^\w\s]")
_DIGITS = re.compile(r"\d+")
_NEAR = 3  # words beside a name that count by their place
_FAR = (2, 5, 9, 15, 25)  # words between two names: the limits of what counts as alike


@dataclass(frozen=True, slots=True)
class Settings:
    """What a scorer sees and how it is fitted."""

    order: int = 2  # words of the longest run
    least: int = 2  # pairs of the training part that must have a feature
    penalty: float = 1.0  # of squared weights, as in C = 1 / penalty
    is_balanced: bool = False  # rare relations weigh as much as frequent ones
    with_names: bool = True  # the second name's own words count


@dataclass(frozen=True, slots=True)
class Scorer:
    """A fitted scorer."""

    labels: tuple[str, ...]
    columns: dict[str, int]
    weights: Floats  # columns + 1 (the offset), labels
    settings: Settings

    def probabilities(self, pairs: Sequence[Pair]) -> Floats:
        """Return a row for each pair, with the probability of each label."""
        rows = [set(features(pair, self.settings)) for pair in pairs]
        return _softmax(_matrix(rows, self.columns) @ self.weights)

    def strongest(self, label: str, count: int) -> list[tuple[str, float]]:
        """Return the features that speak most for a label, with their weights."""
        column = self.weights[:-1, self.labels.index(label)]
        names = list(self.columns)
        return [(names[i], float(column[i])) for i in np.argsort(-column)[:count]]


def features(pair: Pair, settings: Settings) -> Iterator[str]:
    """Yield what a scorer sees of a pair, names of features with repetitions."""
    words, first, second = _masked(pair)
    low, high = sorted((first, second)) if first is not None else (second, second)
    regions = {"before": words[:low], "between": words[low + 1 : high], "behind": words[high + 1 :]}
    for region, run in regions.items():
        for size in range(1, settings.order + 1):
            for start in range(len(run) - size + 1):
                yield f"{region}:{' '.join(run[start : start + size])}"
    yield from (f"all:{word}" for word in words)
    for name, at in (("first", first), ("second", second)):
        if at is not None:
            yield from _beside(words, at, name)
    if first is not None:
        yield "order:first" if first < second else "order:second"
        yield f"distance:{sum(high - low > limit for limit in _FAR)}"
    if settings.with_names:
        start, end = pair.second
        yield from (f"name:{word}" for word in _words(pair.text[start:end]))


def _beside(words: Sequence[str], at: int, name: str) -> Iterator[str]:
    padded = ["^"] * _NEAR + list(words) + ["$"] * _NEAR
    at += _NEAR
    for step in range(1, _NEAR + 1):
        yield f"{name}-{step}:{padded[at - step]}"
        yield f"{name}+{step}:{padded[at + step]}"
        yield f"{name}-run:{' '.join(padded[at - step : at])}"
        yield f"{name}+run:{' '.join(padded[at + 1 : at + step + 1])}"


def _masked(pair: Pair) -> tuple[list[str], int | None, int]:
    """Return the words with each name as one mark, and the places of the first and second name."""
    marks = [(*pair.second, "§S")] + ([(*pair.first, "§F")] if pair.first else [])
    marks += [(start, end, f"§{kind[0]}") for start, end, kind in pair.others]
    pieces, done = [], 0
    for start, end, mark in sorted(marks, key=lambda m: (m[0], m[2])):
        if mark[1].islower() and any(
            start < high and low < end for low, high, other in marks if other[1].isupper()
        ):
            continue
        pieces += [pair.text[done:start], f" {mark} "]
        done = max(done, end)
    words = _words("".join(pieces) + pair.text[done:])
    return words, words.index("§F") if "§F" in words else None, words.index("§S")


def _words(text: str) -> list[str]:
    found = _WORD.findall(_DIGITS.sub("0", text))
    return [word if word.startswith("§") else word.lower() for word in found]


def fit(pairs: Sequence[Pair], settings: Settings) -> Scorer:
    """Fit a scorer to pairs with their labels."""
    rows = [set(features(pair, settings)) for pair in pairs]
    seen = Counter(name for row in rows for name in row)
    frequent = sorted(name for name, count in seen.items() if count >= settings.least)
    columns = {name: number for number, name in enumerate(frequent)}
    labels = tuple(sorted({pair.label for pair in pairs}))
    truth = np.array([labels.index(pair.label) for pair in pairs])
    weights = _fitted(_matrix(rows, columns), truth, len(labels), settings)
    return Scorer(labels, columns, weights, settings)


def _matrix(rows: Iterable[set[str]], columns: dict[str, int]) -> csr_matrix:
    """Return a row for each pair, of length one, and a last column of ones."""
    values: list[float] = []
    places: list[int] = []
    ends = [0]
    for row in rows:
        known = sorted(columns[name] for name in row if name in columns)
        places += [*known, len(columns)]
        values += [*[10.0 / (10.0 + len(known)) ** 0.5 / 3.0] * len(known), 1.0]
        ends.append(len(places))
    return csr_matrix((values, places, ends), shape=(len(ends) - 1, len(columns) + 1))


def _fitted(matrix: csr_matrix, truth: npt.NDArray[np.int_], count: int, given: Settings) -> Floats:
    target = np.eye(count)[truth]
    share = target.mean(axis=0)
    weight = (1 / (count * share))[truth] if given.is_balanced else np.ones(len(truth))
    shape = (matrix.shape[1], count)
    transposed = matrix.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        found = _softmax(matrix @ weights)
        missed = -(weight * np.log(found[np.arange(len(truth)), truth] + 1e-12)).sum()
        slope = transposed @ ((found - target) * weight[:, None]) + given.penalty * weights
        return float(missed + given.penalty / 2 * (weights**2).sum()), slope.ravel()

    start = np.zeros(shape[0] * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x, dtype=np.float64).reshape(shape)


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float64)
