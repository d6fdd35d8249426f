"""Train the fast profile: hashed words and convolutions, on all corpora at once.

    python -m training.fit_fast .training/examples.pickle -o .training/fast [--without-fold 0]

Writes ``network.pt`` (weights alone) and ``settings.json`` into the folder. The same seed, corpora and number of
threads give the same weights.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from monograph_nlp.tagging import features
from monograph_nlp.tagging.hashing import rows
from training.cutting import Cut, batches, cut
from training.examples import UNKNOWN, Example
from training.heads import Head, read_heads
from training.losses import head_loss, optimizer, rate
from training.networks import FastNetwork, FastShape
from training.prepare import chosen

_MAX_NORM = 1.0  # of the gradient


@dataclass(frozen=True, slots=True)
class Settings:
    """What fixes the result of a run; the defaults are those of the shipped network."""

    epochs: int = 14
    words: int = 6000  # of a batch
    room: int = 320  # words of a window
    margin: int = 16
    learning_rate: float = 2e-3
    warm_up: float = 0.05
    weight_decay: float = 0.01
    hidden_words: float = 0.1  # share of words that are read as unknown ones
    hidden_names: float = 0.1  # share of words that are not told of names of the lexicon
    often: tuple[str, ...] = ("tac/labels", "bc5cdr/train")  # parts that each epoch has whole
    share: float = 0.15  # of the other parts in an epoch
    seed: int = 20262


def main() -> None:
    """Parse the arguments and train."""
    parser = argparse.ArgumentParser(description="train the fast profile")
    parser.add_argument("examples", type=Path, help="file that prepare wrote")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the network")
    parser.add_argument("--without-fold", type=int, help="fold of the labels to leave out")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    settings, heads = Settings(epochs=options.epochs), read_heads()
    examples = chosen(options.examples, without_fold=options.without_fold)
    network = fit(examples, heads, settings)
    options.output.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.output / "network.pt")
    told = {"fold": options.without_fold, **asdict(settings), **asdict(FastShape())}
    (options.output / "settings.json").write_text(json.dumps(told, indent=1) + "\n")


def fit(examples: Sequence[Example], heads: Sequence[Head], settings: Settings) -> FastNetwork:
    """Return the network, trained on the examples."""
    torch.manual_seed(settings.seed)
    network = FastNetwork(FastShape(), heads)
    cuts = cut(examples, lambda one: [1] * len(one.words), settings.room, settings.margin)
    plan = [batch for epoch in range(settings.epochs) for batch in _epoch(cuts, settings, epoch)]
    learner = optimizer(network, settings.learning_rate, settings.weight_decay)
    started, losses = time.monotonic(), []
    for step, batch in enumerate(plan):
        for group in learner.param_groups:
            group["lr"] = settings.learning_rate * rate(step, len(plan), settings.warm_up)
        losses.append(_step(network, learner, batch, heads, settings, step))
        if (step + 1) % max(1, len(plan) // settings.epochs) == 0:
            spent = time.monotonic() - started
            print(
                f"step {step + 1} of {len(plan)}, loss {np.mean(losses):.4f}, {spent:.0f} s",
                flush=True,
            )
            losses.clear()
    return network.eval()


def _epoch(cuts: Sequence[Cut], settings: Settings, epoch: int) -> list[list[Cut]]:
    rng = np.random.default_rng((settings.seed, epoch))
    lucky = rng.random(len(cuts)) < settings.share
    chosen = [
        one
        for one, is_lucky in zip(cuts, lucky, strict=True)
        if is_lucky or one.example.part in settings.often
    ]
    return batches(chosen, settings.words, rng)


def _step(
    network: FastNetwork,
    learner: torch.optim.Optimizer,
    batch: Sequence[Cut],
    heads: Sequence[Head],
    settings: Settings,
    step: int,
) -> float:
    rng = np.random.default_rng((settings.seed, 1, step))
    types, places, told, tags = arrays(batch, len(heads))
    places[rng.random(places.shape) < settings.hidden_words] = 0
    told[:, :, : features.LINE] *= rng.random((*places.shape, 1)) >= settings.hidden_names
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(types, torch.from_numpy(places), torch.from_numpy(told))
    loss = head_loss(scores, torch.from_numpy(tags), heads)
    learner.zero_grad()
    torch.autograd.backward([loss])
    torch.nn.utils.clip_grad_norm_(network.parameters(), _MAX_NORM)
    learner.step()
    return float(loss.detach())


def arrays(
    batch: Sequence[Cut], heads: int
) -> tuple[list[tuple[int, ...]], np.ndarray, np.ndarray, np.ndarray]:
    """Return the word types of a batch, and for each word its type, features and tags.

    Type 0 is the unknown word, and fills up short rows.
    """
    width = max(one.end - one.start for one in batch)
    types: dict[str, int] = {"": 0}
    places = np.zeros((len(batch), width), dtype=np.int64)
    told = np.zeros((len(batch), width, features.SIZE), dtype=np.float32)
    tags = np.full((len(batch), width, heads), UNKNOWN, dtype=np.int64)
    for row, (example, start, end) in enumerate(batch):
        forms = example.forms(start, end)
        places[row, : end - start] = [types.setdefault(form, len(types)) for form in forms]
        told[row, : end - start] = example.features[start:end]
        tags[row, : end - start] = example.tags[start:end]
    return [rows(form, FastShape().buckets) for form in types], places, told, tags


if __name__ == "__main__":
    main()
