"""The loss of a network with several heads that each know only a part of the corpora."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.examples import UNKNOWN
from training.heads import Head


def head_loss(scores: Tensor, tags: Tensor, heads: Sequence[Head]) -> Tensor:
    """Return the mean loss of the words that are known, each head's times its weight.

    Args:
        scores: (batch, words, all tags of all heads).
        tags: (batch, words, heads), ``UNKNOWN`` where nothing is known.
        heads: in the order of the scores.
    """
    total = scores.sum() * 0.0  # a batch in which nothing is known has a gradient, too
    first = 0
    for number, head in enumerate(heads):
        own = scores[:, :, first : first + len(head.tags)].flatten(0, 1)
        first += len(head.tags)
        wanted = tags[:, :, number].flatten()
        known = wanted != UNKNOWN
        if bool(known.any()):
            total = total + head.weight * cross_entropy(own[known].float(), wanted[known])
    return total


def rate(step: int, steps: int, warm_up: float) -> float:
    """Return the learning rate's share of its peak: up in a line, then down to nothing."""
    warm = max(1, round(steps * warm_up))
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def optimizer(module: torch.nn.Module, learning_rate: float, decay: float) -> torch.optim.AdamW:
    """Return AdamW; biases and norms do not decay (Loshchilov & Hutter 2019)."""
    groups = [
        {"params": [p for p in module.parameters() if p.ndim > 1], "weight_decay": decay},
        {"params": [p for p in module.parameters() if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=learning_rate)
