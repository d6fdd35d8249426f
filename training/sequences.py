"""Texts → sequences of word pieces → batches of like lengths, in an order that a seed fixes.

A sequence is consecutive sentences of one document between the two border pieces; sequences of
one batch are of like length, so little is padded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ids = npt.NDArray[np.int64]

PAD = 0
"""The number of the piece ``[PAD]``, which comes first in BERT's vocabularies."""

_POOL = 50  # batches that are sorted by length together: long enough to fill, short enough to mix


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sequences to learn from, and those of documents set aside to watch the loss on."""

    train: list[Ids]
    watch: list[Ids]


def load(texts: Path, tokenizer: Tokenizer, max_length: int, watch_every: int) -> Corpus:
    """Return the sequences of a file of one sentence a line, blank lines between documents.

    Args:
        texts: as ``training.gather_texts`` writes it.
        tokenizer: with the pieces ``[CLS]`` and ``[SEP]``.
        max_length: pieces of a sequence at most, borders included.
        watch_every: each so many-th document is watched, not learned from.
    """
    corpus = Corpus([], [])
    for number, document in enumerate(_documents(texts)):
        encoded = [
            encoding.ids for encoding in tokenizer.encode_batch(document, add_special_tokens=False)
        ]
        home = corpus.watch if number % watch_every == 0 else corpus.train
        home.extend(pack(encoded, tokenizer, max_length))
    return corpus


def _documents(texts: Path) -> Iterator[list[str]]:
    document: list[str] = []
    with texts.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                document.append(line.strip())
            elif document:
                yield document
                document = []
    if document:
        yield document


def pack(sentences: Sequence[Sequence[int]], tokenizer: Tokenizer, max_length: int) -> list[Ids]:
    """Join consecutive sentences while they fit; a sentence that is too long goes on in the next.

    The borders are added here.
    """
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    room = max_length - 2
    bodies: list[list[int]] = [[]]
    for sentence in sentences:
        for start in range(0, len(sentence), room):
            piece = list(sentence[start : start + room])
            if len(bodies[-1]) + len(piece) > room:
                bodies.append([])
            bodies[-1].extend(piece)
    return [np.array([first, *body, last], dtype=np.int64) for body in bodies if body]


class Batches:
    """Batches of indexes of sequences, by the number of the step; each epoch has its own order."""

    def __init__(self, sequences: Sequence[Ids], size: int, seed: int) -> None:
        self._lengths = [len(sequence) for sequence in sequences]
        self._size = size
        self._seed = seed
        self._epoch = -1
        self._made: list[list[int]] = []

    def __len__(self) -> int:
        """Return the number of batches of an epoch."""
        return -(-len(self._lengths) // self._size)

    def at(self, step: int) -> list[int]:
        """Return the batch of a step; steps count from 0 and go on through the epochs."""
        epoch, place = divmod(step, len(self))
        if epoch != self._epoch:
            self._epoch = epoch
            self._made = self._shuffled(np.random.default_rng((self._seed, epoch)))
        return self._made[place]

    def _shuffled(self, rng: np.random.Generator) -> list[list[int]]:
        """Shuffle, sort by length in pools, cut, and shuffle the batches."""
        order = rng.permutation(len(self._lengths)).tolist()
        width = self._size * _POOL
        made: list[list[int]] = []
        for start in range(0, len(order), width):
            pool = sorted(order[start : start + width], key=self._lengths.__getitem__)
            made.extend(pool[at : at + self._size] for at in range(0, len(pool), self._size))
        return [made[index] for index in rng.permutation(len(made))]


def pad(sequences: Sequence[Ids]) -> Ids:
    """Return the sequences as the rows of one array, filled up at the right."""
    width = max(map(len, sequences))
    rows = np.full((len(sequences), width), PAD, dtype=np.int64)
    for row, sequence in zip(rows, sequences, strict=True):
        row[: len(sequence)] = sequence
    return rows
