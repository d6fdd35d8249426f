"""Whole-word masking: a word is hidden with all its pieces, or not at all.

Devlin et al. 2019, with the whole words of the authors' later release: of the chosen words, 80 %
become mask pieces, 10 % other pieces, and 10 % stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.sequences import Ids

IGNORED = -100
"""The target of a place that is not to be guessed: what torch's cross entropy passes over."""

_MASKED, _REPLACED = 0.8, 0.9  # cumulative shares; the rest stays
_SPECIAL = ("[PAD]", "[CLS]", "[SEP]", "[MASK]", "[UNK]")


@dataclass(frozen=True, slots=True)
class Masker:
    """Hides words of batches; ``rate`` is the share of words that are chosen."""

    rate: float
    mask_id: int
    continues: npt.NDArray[np.bool_]  # piece → whether it goes on with a word
    special: npt.NDArray[np.bool_]  # piece → whether it is no part of a text

    @classmethod
    def of(cls, tokenizer: Tokenizer, rate: float) -> Masker:
        """Make one for a WordPiece tokenizer, whose pieces inside words begin with ``##``."""
        vocabulary = tokenizer.get_vocab()
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        return cls(
            rate,
            vocabulary["[MASK]"],
            np.array([piece.startswith("##") for piece in pieces]),
            np.array([piece in _SPECIAL for piece in pieces]),
        )

    def mask(self, ids: Ids, rng: np.random.Generator) -> tuple[Ids, Ids]:
        """Return the input and the targets for rows of pieces; both have the shape of ``ids``."""
        heads = _word_heads(self.continues[ids])
        chosen = np.take_along_axis(rng.random(ids.shape), heads, 1) < self.rate
        chosen &= ~self.special[ids]
        fate = np.take_along_axis(rng.random(ids.shape), heads, 1)
        others = rng.choice(np.flatnonzero(~self.special), ids.shape)
        hidden = np.where(fate < _MASKED, self.mask_id, np.where(fate < _REPLACED, others, ids))
        return np.where(chosen, hidden, ids), np.where(chosen, ids, IGNORED)


def _word_heads(continues: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For each place, return the column of the piece with which its word begins."""
    columns = np.broadcast_to(np.arange(continues.shape[1]), continues.shape)
    return np.maximum.accumulate(np.where(continues, 0, columns), axis=1)
