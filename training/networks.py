"""The network of the fast profile: hashed words and features, read by a few convolutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from monograph_nlp.tagging import features
from training.heads import Head


@dataclass(frozen=True, slots=True)
class FastShape:
    """The sizes of the network."""

    buckets: int = 32_768
    width: int = 96  # of a word's vector, twice: the word and its n-grams
    hidden: int = 128
    steps: tuple[int, ...] = (1, 2, 4)  # of each layer, from a word to the neighbours it reads
    dropout: float = 0.2

    @property
    def reach(self) -> int:
        """Words on either side of one that it is read by."""
        return sum(self.steps)


class Embedding(nn.Module):
    """Hashed words → vectors: the word's own row beside the mean of its n-grams' rows."""

    def __init__(self, shape: FastShape) -> None:
        super().__init__()
        self.own = nn.Embedding(shape.buckets, shape.width)
        self.grams = nn.EmbeddingBag(shape.buckets, shape.width, mode="mean")
        nn.init.normal_(self.own.weight, std=0.1)
        nn.init.normal_(self.grams.weight, std=0.1)

    def forward(self, types: Sequence[tuple[int, ...]]) -> Tensor:
        """Return (types, 2 * width) for rows as ``tagging.hashing.rows`` gives them."""
        own = self.own(torch.tensor([rows[0] for rows in types]))
        flat = torch.tensor([row for rows in types for row in rows[1:]])
        offsets = torch.tensor([0, *(len(rows) - 1 for rows in types[:-1])]).cumsum(0)
        return torch.cat([own, self.grams(flat, offsets)], dim=1)


class Layer(nn.Module):
    """A residual convolution over three words, as one product: processors are fastest at those.

    Layers with longer steps see more words at the same cost (Strubell et al. 2017).
    """

    def __init__(self, size: int, step: int, dropout: float) -> None:
        super().__init__()
        self.step = step
        self.norm = nn.LayerNorm(size)
        self.product = nn.Linear(3 * size, 2 * size)
        self.gate = nn.GLU(dim=2)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Take and return (batch, words, size)."""
        step = self.step
        wide = pad(self.norm(x), (0, 0, step, step))
        near = torch.cat([wide[:, : -2 * step], wide[:, step:-step], wide[:, 2 * step :]], dim=2)
        out: Tensor = x + self.dropout(self.gate(self.product(near)))
        return out


class Reader(nn.Module):
    """Vectors and features of words → the scores of all tags of all heads."""

    def __init__(self, shape: FastShape, heads: Sequence[Head]) -> None:
        super().__init__()
        self.enter = nn.Linear(2 * shape.width + features.SIZE, shape.hidden)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(
            Layer(shape.hidden, step, shape.dropout) for step in shape.steps
        )
        self.norm = nn.LayerNorm(shape.hidden)
        self.leave = nn.Linear(shape.hidden, sum(len(head.tags) for head in heads))

    def forward(self, vectors: Tensor, told: Tensor) -> Tensor:
        """Take (batch, words, 2 * width) and (batch, words, features); return (…, tags)."""
        x = self.enter(self.dropout(torch.cat([vectors, told], dim=2)))
        for layer in self.layers:
            x = layer(x)
        out: Tensor = self.leave(self.dropout(self.norm(x)))
        return out


class FastNetwork(nn.Module):
    """Embedding and reader together, as they are trained."""

    def __init__(self, shape: FastShape, heads: Sequence[Head]) -> None:
        super().__init__()
        self.embedding = Embedding(shape)
        self.reader = Reader(shape, heads)

    def forward(self, types: Sequence[tuple[int, ...]], places: Tensor, told: Tensor) -> Tensor:
        """Return the scores of (batch, words) whose word types are ``places`` among ``types``."""
        out: Tensor = self.reader(self.embedding(types)[places], told)
        return out
