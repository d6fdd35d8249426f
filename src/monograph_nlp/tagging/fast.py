"""The fast profile: words as sums of hashed rows, read by convolutions that onnxruntime runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from monograph_nlp.tagging.card import Card
from monograph_nlp.tagging.features import LINE, Hit, features
from monograph_nlp.tagging.hashing import rows
from monograph_nlp.tagging.session import Session
from monograph_nlp.tagging.windows import windows

Floats = npt.NDArray[np.float32]
NETWORK, EMBEDDING = "network.onnx", "embedding.npz"
_MOST_WORDS = 50_000  # that are kept; a vector has under a kilobyte


class FastTagger:
    """Scores every word of a text for every head."""

    def __init__(self, folder: Path, card: Card) -> None:
        self.card = card
        self._session = Session(folder / NETWORK)
        with np.load(folder / EMBEDDING, allow_pickle=False) as tables:
            self._own = _Table(tables["own"], tables["own_scale"])
            self._grams = _Table(tables["grams"], tables["grams_scale"])
        self._vectors: dict[str, Floats] = {}

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
        found = [self._vectors.get(text[start:end]) for start, end in words]
        for at, (start, end) in enumerate(words):
            if found[at] is None:
                found[at] = self._vector(text[start:end])
        return np.stack(found)  # type: ignore[arg-type]

    def _vector(self, word: str) -> Floats:
        first, *others = rows(word, self._own.size)
        made: Floats = np.concatenate([self._own.mean([first]), self._grams.mean(others)])
        if len(self._vectors) < _MOST_WORDS:
            self._vectors[word] = made
        return made


class _Table:
    """Rows of bytes with one scale a row: a quarter of the size of floats."""

    def __init__(self, values: npt.NDArray[np.int8], scale: Floats) -> None:
        self._values = values
        self._scale = scale
        self.size = len(values)

    def mean(self, numbers: Sequence[int]) -> Floats:
        chosen = self._values[list(numbers)] * self._scale[list(numbers), None]
        made: Floats = chosen.mean(axis=0, dtype=np.float32)
        return made
