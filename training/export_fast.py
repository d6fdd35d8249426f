"""Export the fast profile: an ONNX network and tables, both in bytes, and the card that names both.

python -m training.export_fast .training/fast -o src/monograph_nlp/data/tagger_fast
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from monograph_nlp.tagging import features
from monograph_nlp.tagging.fast import EMBEDDING, NETWORK
from training.cards import write_card
from training.heads import fast_heads
from training.networks import FastNetwork, FastShape
from training.onnx_files import write_network

_ROOM = 640  # words of a window: any number reads the same words, and more at once is faster


def main() -> None:
    """Parse the arguments and write the folder of the tagger."""
    parser = argparse.ArgumentParser(description="export the fast profile")
    parser.add_argument("trained", type=Path, help="folder that fit_fast wrote")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the tagger")
    parser.add_argument("--float32", action="store_true", help="floats, to measure what bytes cost")
    options = parser.parse_args()
    network = FastNetwork(FastShape(), fast_heads())
    network.load_state_dict(torch.load(options.trained / "network.pt", weights_only=True))
    options.output.mkdir(parents=True, exist_ok=True)
    _write_network(network.eval(), options.output / NETWORK, in_bytes=not options.float32)
    _write_tables(network, options.output / EMBEDDING)
    files = (NETWORK, EMBEDDING)
    windows = _ROOM, FastShape().reach
    write_card(
        options.output, fast_heads(), windows=windows, name="fast", kind="hashed", files=files
    )


def _write_network(network: FastNetwork, path: Path, *, in_bytes: bool) -> None:
    inputs = {"words": torch.zeros(1, 8, 2 * FastShape().width + features.SIZE)}
    axes = {name: {0: "texts", 1: "words"} for name in ("words", "scores")}
    write_network(_OneInput(network.reader), path, inputs, axes, in_bytes=in_bytes)


class _OneInput(torch.nn.Module):
    """The reader with vectors and features in one array."""

    def __init__(self, reader: torch.nn.Module) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        at = 2 * FastShape().width
        out: torch.Tensor = self.reader(words[:, :, :at], words[:, :, at:])
        return out


def _write_tables(network: FastNetwork, path: Path) -> None:
    tables: dict[str, np.ndarray] = {}
    for name, weight in (
        ("own", network.embedding.own.weight),
        ("grams", network.embedding.grams.weight),
    ):
        rows = weight.detach().numpy()
        scale = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127
        tables[name] = np.round(rows / scale[:, None]).astype(np.int8)
        tables[f"{name}_scale"] = scale.astype(np.float32)
    np.savez_compressed(path, **tables)


if __name__ == "__main__":
    main()
