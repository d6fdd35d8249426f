"""Train the fast profile: hashed words and convolutions, on all corpora at once.

    python -m training.fit_fast .training/examples.pickle .training/taught-0.pickle -o .training/fast-0 --without-fold 0

The second file has texts without annotations as the accurate tagger of the same fold reads them (``teach``). Writes ``network.pt`` (weights alone) and ``settings.json`` into the folder. The same seed, corpora and number of
threads give the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
import torch

from monograph_nlp.tagging import features
from monograph_nlp.tagging.hashing import rows
from training.cutting import Course, Cut, cut, plan
from training.examples import UNKNOWN, Example
from training.heads import Head, fast_heads, read_heads
from training.losses import descend, head_loss, optimizer
from training.networks import FastNetwork, FastShape
from training.prepare import chosen


@dataclass(frozen=True, slots=True)
class Settings(Course):
    """What fixes the result of a run; the defaults are those of the shipped network."""

    epochs: int = 10
    words: int = 6000  # of a batch
    room: int = 320  # words of a window
    margin: int = 16
    learning_rate: float = 2e-3
    warm_up: float = 0.05
    weight_decay: float = 0.01
    hidden_words: float = 0.1  # share of words that are read as unknown ones
    hidden_names: float = 0.1  # share of words that are not told of names of the lexicon
    often: tuple[str, ...] = ("tac/labels", "bc5cdr/train")  # parts that each epoch has whole
    share: float = 0.3  # of the other parts in an epoch
    seed: int = 20262


def main() -> None:
    """Parse the arguments and train."""
    parser = argparse.ArgumentParser(description="train the fast profile")
    parser.add_argument("examples", type=Path, help="file that prepare wrote")
    parser.add_argument("taught", type=Path, help="file that teach wrote")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the network")
    parser.add_argument("--without-fold", type=int, help="fold of the labels to leave out")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    settings = Settings(epochs=options.epochs)
    examples = [
        *chosen(options.examples, without_fold=options.without_fold),
        *chosen(options.taught, without_fold=None),
    ]
    network = fit(_for_fast_heads(examples), fast_heads(), settings)
    options.output.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.output / "network.pt")
    told = {"fold": options.without_fold, **asdict(settings), **asdict(FastShape())}
    (options.output / "settings.json").write_text(json.dumps(told, indent=1) + "\n")


def _for_fast_heads(examples: Sequence[Example]) -> list[Example]:
    columns = [number for number, head in enumerate(read_heads()) if head.is_fast]
    return [replace(one, tags=one.tags[:, columns]) for one in examples]


def fit(examples: Sequence[Example], heads: Sequence[Head], settings: Settings) -> FastNetwork:
    """Return the network, trained on the examples."""
    torch.manual_seed(settings.seed)
    network = FastNetwork(FastShape(), heads)
    cuts = cut(examples, lambda one: [1] * len(one.words), settings.room, settings.margin)
    batches = plan(cuts, settings)
    learner = optimizer(network, {"": settings.learning_rate}, settings.weight_decay)
    losses = [
        partial(_loss, network, batch, heads, settings, step) for step, batch in enumerate(batches)
    ]
    descend(network, learner, losses, warm_up=settings.warm_up)
    network.eval()
    return network


def _loss(
    network: FastNetwork,
    batch: Sequence[Cut],
    heads: Sequence[Head],
    settings: Settings,
    step: int,
) -> torch.Tensor:
    rng = np.random.default_rng((settings.seed, 1, step))
    types, places, told, tags, shares = arrays(batch, heads)
    places[rng.random(places.shape) < settings.hidden_words] = 0
    told[:, :, : features.LINE] *= rng.random((*places.shape, 1)) >= settings.hidden_names
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(types, torch.from_numpy(places), torch.from_numpy(told))
    return head_loss(scores, torch.from_numpy(tags), heads, torch.from_numpy(shares))


def arrays(
    batch: Sequence[Cut], heads: Sequence[Head]
) -> tuple[list[tuple[int, ...]], np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the word types of a batch, and for each word its type, features, tags and taught shares.

    Type 0 is the unknown word, and fills up short rows.
    """
    width = max(one.end - one.start for one in batch)
    types: dict[str, int] = {"": 0}
    places = np.zeros((len(batch), width), dtype=np.int64)
    told = np.zeros((len(batch), width, features.SIZE), dtype=np.float32)
    tags = np.full((len(batch), width, len(heads)), UNKNOWN, dtype=np.int64)
    shares = np.zeros((len(batch), width, sum(len(head.tags) for head in heads)), dtype=np.float32)
    for row, (example, start, end) in enumerate(batch):
        forms = example.forms(start, end)
        places[row, : end - start] = [types.setdefault(form, len(types)) for form in forms]
        told[row, : end - start] = example.features[start:end]
        tags[row, : end - start] = example.tags[start:end]
        if example.shares is not None:
            shares[row, : end - start] = example.shares[start:end]
    return [_rows(form) for form in types], places, told, tags, shares


@cache
def _rows(form: str) -> tuple[int, ...]:
    return rows(form, FastShape().buckets)


if __name__ == "__main__":
    main()
