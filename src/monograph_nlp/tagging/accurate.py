"""The accurate profile: word pieces read by a small transformer that onnxruntime runs in bytes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from monograph_nlp.tagging.card import Card
from monograph_nlp.tagging.features import LINE, Hit, features
from monograph_nlp.tagging.pieces import Pieces
from monograph_nlp.tagging.session import Session
from monograph_nlp.tagging.windows import Window, windows

Floats = npt.NDArray[np.float32]
NETWORK, VOCABULARY = "network.onnx", "vocab.txt"


class AccurateTagger:
    """Scores every word of a text for every head, by the scores of its first piece."""

    def __init__(self, folder: Path, card: Card) -> None:
        self.card = card
        self._session = Session(folder / NETWORK)
        self._pieces = Pieces.read(folder / VOCABULARY)

    def scores(self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> Floats:
        """Return (words, all tags of all heads), before any normalization."""
        told = features(text, words, hits)
        cut = self._pieces.cut([text[start:end] for start, end in words])
        breaks = (told[:, LINE] > 0).tolist()
        room = self.card.room - 2  # the border pieces
        found = windows([len(one) for one in cut], breaks, room=room, margin=self.card.margin)
        # One window at a time: scales of bytes are taken over all that is run at once, so what
        # stands beside a text in a batch would change its scores.
        return np.concatenate([self._window(one, cut, told) for one in found])

    def _window(self, one: Window, cut: Sequence[tuple[int, ...]], told: Floats) -> Floats:
        pieces, spread, firsts = laid(
            cut[one.start : one.end], told[one.start : one.end], self._pieces
        )
        out = self._session.run(pieces=pieces[None], told=spread[None])
        scores: Floats = out[0, firsts[one.first - one.start : one.last - one.start]]
        return scores


def laid(
    cut: Sequence[tuple[int, ...]], told: Floats, pieces: Pieces
) -> tuple[npt.NDArray[np.int64], Floats, npt.NDArray[np.int64]]:
    """Lay words out as a network reads them.

    Returns:
        The numbers of the pieces between the border pieces; the features of each piece's word, none at
        the borders; and where each word's first piece is.
    """
    lengths = [len(one) for one in cut]
    flat = [pieces.first, *(number for one in cut for number in one), pieces.last]
    spread = np.zeros((len(flat), told.shape[1]), dtype=np.float32)
    spread[1:-1] = np.repeat(told, lengths, axis=0)
    firsts = np.array(list(accumulate(lengths[:-1], initial=1)), dtype=np.int64)
    return np.array(flat, dtype=np.int64), spread, firsts
