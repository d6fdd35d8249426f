"""Train the accurate profile: the pretrained encoder, on all corpora first, then on the labels.

    python -m training.fit_accurate .training/examples.pickle .training/mlm/step-001500 -o .training/all
    python -m training.fit_accurate .training/examples.pickle .training/all -o .training/accurate-0 --labels --without-fold 0

The first stage learns what abstracts mark, once for all folds, from everything but the labels. The second goes on
with the labels and a share of the rest. Writes ``network.pt`` (weights alone), ``config.json``, ``vocab.txt`` and
``settings.json``. The same seed, corpora and number of threads give the same weights.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from monograph_nlp.tagging import features
from monograph_nlp.tagging.accurate import VOCABULARY, laid
from monograph_nlp.tagging.pieces import Pieces
from training.cutting import Course, Cut, cut, plan
from training.examples import UNKNOWN, Example
from training.heads import Head, read_heads
from training.losses import descend, head_loss, optimizer
from training.piece_network import PieceNetwork
from training.prepare import chosen

_LABELS = "tac/labels"


@dataclass(frozen=True, slots=True)
class Settings(Course):
    """What fixes the result of a run; the defaults are those of the shipped network."""

    epochs: int = 4
    words: int = 1600  # of a batch
    room: int = 320  # pieces of a window, borders included
    margin: int = 40  # of a window that is read
    overlap: int = 8  # of two windows that are learned from
    learning_rate: float = 2e-4
    heads_rate: float = 2e-3  # of what is not pretrained
    warm_up: float = 0.06
    weight_decay: float = 0.01
    hidden_names: float = 0.15  # share of words that are not told of names of the lexicon
    share: float = 0.3  # of the other parts in an epoch
    often: tuple[str, ...] = ("bc5cdr/train",)  # parts that each epoch has whole
    seed: int = 20263


def main() -> None:
    """Parse the arguments and train one stage."""
    parser = argparse.ArgumentParser(description="train the accurate profile")
    parser.add_argument("examples", type=Path, help="file that prepare wrote")
    parser.add_argument("base", type=Path, help="a pretrained encoder, or the first stage")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the network")
    parser.add_argument("--labels", action="store_true", help="last stage: with the labels")
    parser.add_argument("--often", nargs="+", help="parts that each epoch has whole")
    parser.add_argument("--without-fold", type=int, help="fold of the labels to leave out")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--share", type=float, default=Settings().share)
    parser.add_argument("--learning-rate", type=float, default=Settings().learning_rate)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    settings = Settings(
        epochs=options.epochs, share=options.share, learning_rate=options.learning_rate
    )
    if options.often:
        settings = replace(settings, often=tuple(options.often))
    heads = read_heads()
    examples = chosen(options.examples, without_fold=options.without_fold)
    if not options.labels:
        examples = [one for one in examples if one.part != _LABELS]
    network = fit(_begun(options.base, heads), examples, heads, options.base, settings)
    _save(network, options.base, options.output, {"fold": options.without_fold, **asdict(settings)})


def _begun(base: Path, heads: Sequence[Head]) -> PieceNetwork:
    torch.manual_seed(Settings().seed)
    if not (base / "network.pt").exists():
        return PieceNetwork.begun(base, heads)
    network = PieceNetwork.empty(base / "config.json", heads)
    weights = torch.load(base / "network.pt", weights_only=True)
    own = network.state_dict()
    for name in ("leave.weight", "leave.bias"):  # heads that were added since begin anew
        weights[name] = torch.cat([weights[name], own[name][len(weights[name]) :]])
    network.load_state_dict(weights)
    return network


def _save(network: PieceNetwork, base: Path, output: Path, settings: dict[str, object]) -> None:
    output.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), output / "network.pt")
    network.encoder.config.to_json_file(output / "config.json")
    shutil.copy(base / VOCABULARY, output / VOCABULARY)
    (output / "settings.json").write_text(json.dumps(settings, indent=1) + "\n")


def fit(
    network: PieceNetwork,
    examples: Sequence[Example],
    heads: Sequence[Head],
    base: Path,
    settings: Settings,
) -> PieceNetwork:
    """Return the network, trained on the examples."""
    torch.manual_seed(settings.seed)
    pieces = Pieces.read(base / VOCABULARY)
    costs = _Costs(pieces)
    cuts = cut(examples, costs, settings.room - 2, settings.overlap)
    batches = plan(cuts, settings)
    peaks = {"encoder.": settings.learning_rate, "": settings.heads_rate}
    learner = optimizer(network.train(), peaks, settings.weight_decay)
    losses = [
        partial(_loss, network, batch, heads, pieces, settings, step)
        for step, batch in enumerate(batches)
    ]
    descend(network, learner, losses, warm_up=settings.warm_up)
    network.eval()
    return network


class _Costs:
    """How many pieces each word of an example has."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces

    def __call__(self, example: Example) -> list[int]:
        return [len(one) for one in self._pieces.cut(example.forms(0, len(example.words)))]


def _loss(
    network: PieceNetwork,
    batch: Sequence[Cut],
    heads: Sequence[Head],
    pieces: Pieces,
    settings: Settings,
    step: int,
) -> torch.Tensor:
    rng = np.random.default_rng((settings.seed, 1, step))
    numbers, told, attended, tags = arrays(batch, len(heads), pieces, settings.hidden_names, rng)
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(*map(torch.from_numpy, (numbers, told, attended)))
    return head_loss(scores.float(), torch.from_numpy(tags), heads)


def arrays(
    batch: Sequence[Cut], heads: int, pieces: Pieces, hidden: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return pieces, features, attention and tags of a batch; tags stand at words' first pieces."""
    rows = []
    for example, start, end in batch:
        told = example.features[start:end].copy()
        told[:, : features.LINE] *= rng.random((len(told), 1)) >= hidden
        rows.append(laid(pieces.cut(example.forms(start, end)), told, pieces))
    width = max(len(row[0]) for row in rows)
    numbers = np.full((len(rows), width), pieces.pad, dtype=np.int64)
    told = np.zeros((len(rows), width, features.SIZE), dtype=np.float32)
    attended = np.zeros((len(rows), width), dtype=np.int64)
    tags = np.full((len(rows), width, heads), UNKNOWN, dtype=np.int64)
    for place, (row, one) in enumerate(zip(rows, batch, strict=True)):
        length = len(row[0])
        numbers[place, :length], told[place, :length] = row[0], row[1]
        attended[place, :length] = 1
        tags[place, row[2]] = one.example.tags[one.start : one.end]
    return numbers, told, attended, tags


if __name__ == "__main__":
    main()
