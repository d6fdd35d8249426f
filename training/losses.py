"""The loss of a network with several heads that each know only a part of the corpora."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.examples import UNKNOWN
from training.heads import Head

_MAX_NORM = 1.0  # of the gradient
_TOLD_EVERY = 50  # steps


def head_loss(
    scores: Tensor, tags: Tensor, heads: Sequence[Head], shares: Tensor | None = None
) -> Tensor:
    """Return the mean loss of the words that are known or taught, each head's times its weight.

    Args:
        scores: (batch, words, all tags of all heads).
        tags: (batch, words, heads), ``UNKNOWN`` where nothing is known.
        heads: in the order of the scores.
        shares: of the same shape as the scores, what a teacher gives to each tag; 0 where nothing is taught.
    """
    total = scores.sum() * 0.0  # a batch in which nothing is known has a gradient, too
    first = 0
    for number, head in enumerate(heads):
        part = slice(first, first := first + len(head.tags))
        own, wanted = scores[:, :, part].flatten(0, 1), tags[:, :, number].flatten()
        known = wanted != UNKNOWN
        losses = [cross_entropy(own[known].float(), wanted[known], reduction="none")]
        if shares is not None:
            told = shares[:, :, part].flatten(0, 1)
            taught = told.sum(dim=1) > 0
            losses.append(cross_entropy(own[taught].float(), told[taught], reduction="none"))
        found = torch.cat(losses)
        if len(found):
            total = total + head.weight * found.mean()
    return total


def learn(module: torch.nn.Module, learner: torch.optim.Optimizer, loss: Tensor) -> float:
    """Take one step down a loss, with a bounded gradient, and return the loss."""
    learner.zero_grad()
    torch.autograd.backward([loss])
    torch.nn.utils.clip_grad_norm_(module.parameters(), _MAX_NORM)
    learner.step()
    return float(loss.detach())


def descend(
    module: torch.nn.Module,
    learner: torch.optim.Optimizer,
    losses: Sequence[Callable[[], Tensor]],
    *,
    warm_up: float,
) -> None:
    """Take one step down each loss, at a rate that warms up and sinks, and print how it goes.

    Args:
        module: what is trained.
        learner: its optimizer.
        losses: one a batch; each is computed when its turn comes.
        warm_up: share of the steps before it.
    """
    started, seen = time.monotonic(), []
    for step, loss in enumerate(losses):
        for group in learner.param_groups:
            group["lr"] = group["peak"] * rate(step, len(losses), warm_up)
        seen.append(learn(module, learner, loss()))
        if (step + 1) % _TOLD_EVERY == 0 or step + 1 == len(losses):
            left = (time.monotonic() - started) / (step + 1) * (len(losses) - step - 1) / 60
            mean = sum(seen) / len(seen)
            print(
                f"step {step + 1} of {len(losses)}, loss {mean:.4f}, {left:.0f} min left",
                flush=True,
            )
            seen.clear()


def rate(step: int, steps: int, warm_up: float) -> float:
    """Return the learning rate's share of its peak: up in a line, then down to nothing."""
    warm = max(1, round(steps * warm_up))
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def optimizer(
    module: torch.nn.Module, peaks: Mapping[str, float], decay: float
) -> torch.optim.AdamW:
    """Return AdamW; biases and norms do not decay (Loshchilov & Hutter 2019).

    Args:
        module: what is trained.
        peaks: the highest learning rate of the parameters whose names begin so; the first that fits.
        decay: the weight decay.
    """
    groups = []
    taken: set[str] = set()
    for start, peak in peaks.items():
        own = {n: p for n, p in module.named_parameters() if n.startswith(start) and n not in taken}
        taken |= set(own)
        for has_decay in (True, False):
            chosen = [p for p in own.values() if (p.ndim > 1) == has_decay]
            groups.append(
                {"params": chosen, "weight_decay": decay if has_decay else 0.0, "peak": peak}
            )
    return torch.optim.AdamW([group for group in groups if group["params"]])
