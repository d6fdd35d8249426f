"""The fast profile: words as sums of hashed rows, read by convolutions that onnxruntime runs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from monograph_nlp.tagging.card import Card
from monograph_nlp.tagging.features import LINE, Hit, features
from monograph_nlp.tagging.hashing import folded, rows
from monograph_nlp.tagging.session import Session
from monograph_nlp.tagging.windows import windows
from monograph_nlp.tagging.words import forms as forms_of

Floats = npt.NDArray[np.float32]
NETWORK, EMBEDDING = "network.onnx", "embedding.npz"
_MOST_WORDS = 50_000  # that are kept; a vector has under a kilobyte
_ROOM = 1_000  # vectors by which the table of those that are kept grows


class FastTagger:
    """Scores every word of a text for every head."""

    def __init__(self, folder: Path, card: Card) -> None:
        self.card = card
        self._session = Session(folder / NETWORK)
        with np.load(folder / EMBEDDING, allow_pickle=False) as tables:
            self._own = _Table(tables["own"], tables["own_scale"])
            self._grams = _Table(tables["grams"], tables["grams_scale"])
        self._numbers: dict[str, int] = {}  # word → place of its vector
        self._places: dict[str, int] = {}  # what is read of it → the same
        self._vectors = np.zeros((0, self._own.width + self._grams.width), dtype=np.float32)

    def scores(self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> Floats:
        """Return (words, all tags of all heads), before any normalization."""
        told = features(text, words, hits)
        read = np.concatenate([self._read(text, words), told], axis=1)
        made: list[Floats] = []
        breaks = (told[:, LINE] > 0).tolist()
        for one in windows([1] * len(words), breaks, room=self.card.room, margin=self.card.margin):
            out = self._session.run(words=read[None, one.start : one.end])
            made.append(out[0, one.first - one.start : one.last - one.start])
        return np.concatenate(made)

    def _read(self, text: str, words: Sequence[tuple[int, int]]) -> Floats:
        forms = forms_of(text, words)
        unseen = {form for form in forms if form not in self._numbers}
        if len(self._numbers) + len(unseen) > _MOST_WORDS:
            self._numbers.clear()
            self._places.clear()
            unseen = set(forms)
        if unseen:
            self._see(sorted(unseen))
        numbers = self._numbers
        read: Floats = self._vectors[[numbers[form] for form in forms]]
        return read

    def _see(self, words: Sequence[str]) -> None:
        """Number words by their vectors; those that differ in capitals and digits share one."""
        forms = [folded(word) for word in words]
        if new := sorted({form for form in forms if form not in self._places}):
            self._keep(new)
        self._numbers.update(zip(words, map(self._places.__getitem__, forms), strict=True))

    def _keep(self, forms: Sequence[str]) -> None:
        first, last = len(self._places), len(self._places) + len(forms)
        if last > len(self._vectors):
            grown = np.zeros((last + _ROOM, self._vectors.shape[1]), dtype=np.float32)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        found = [rows(form, self._own.size) for form in forms]
        self._vectors[first:last, : self._own.width] = self._own.means([one[:1] for one in found])
        self._vectors[first:last, self._own.width :] = self._grams.means([one[1:] for one in found])
        self._places.update(zip(forms, range(first, last), strict=True))


class _Table:
    """Rows of bytes with one scale a row: a quarter of the size of floats."""

    def __init__(self, values: npt.NDArray[np.int8], scale: Floats) -> None:
        self._values = values
        self._scale = scale
        self.size, self.width = values.shape

    def means(self, numbers: Sequence[Sequence[int]]) -> Floats:
        """Return the mean of the rows of each item; each has one row at least."""
        sizes = np.array([len(one) for one in numbers])
        flat = np.fromiter(chain.from_iterable(numbers), dtype=np.int64, count=int(sizes.sum()))
        chosen = self._values[flat] * self._scale[flat, None]
        firsts = np.cumsum(sizes) - sizes
        sums: Floats = np.add.reduceat(chosen, firsts, axis=0)
        made: Floats = (sums / sizes[:, None]).astype(np.float32)
        return made
