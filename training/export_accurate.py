"""Export the accurate profile: an ONNX network in bytes, the vocabulary, and the card that names both.

python -m training.export_accurate .training/accurate -o src/monograph_nlp/data/tagger_accurate
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch

from monograph_nlp.tagging import features
from monograph_nlp.tagging.accurate import NETWORK, VOCABULARY
from training.cards import write_card
from training.heads import read_heads
from training.onnx_files import write_network
from training.piece_network import PieceNetwork


def main() -> None:
    """Parse the arguments and write the folder of the tagger."""
    parser = argparse.ArgumentParser(description="export the accurate profile")
    parser.add_argument("trained", type=Path, help="folder that fit_accurate wrote")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the tagger")
    parser.add_argument("--float32", action="store_true", help="floats, to measure what bytes cost")
    options = parser.parse_args()
    network = PieceNetwork.empty(options.trained / "config.json", read_heads())
    network.load_state_dict(torch.load(options.trained / "network.pt", weights_only=True))
    options.output.mkdir(parents=True, exist_ok=True)
    _write(network.eval(), options.output / NETWORK, in_bytes=not options.float32)
    shutil.copy(options.trained / VOCABULARY, options.output / VOCABULARY)
    files = (NETWORK, VOCABULARY)
    settings = json.loads((options.trained / "settings.json").read_text())
    windows = settings["room"], settings["margin"]
    write_card(
        options.output, read_heads(), windows=windows, name="accurate", kind="pieces", files=files
    )


def _write(network: PieceNetwork, path: Path, *, in_bytes: bool) -> None:
    inputs = {
        "pieces": torch.zeros(1, 8, dtype=torch.long),
        "told": torch.zeros(1, 8, features.SIZE),
    }
    axes = {name: {1: "pieces"} for name in (*inputs, "scores")}
    write_network(_Alone(network), path, inputs, axes, in_bytes=in_bytes)


class _Alone(torch.nn.Module):
    """The network for one window, where all pieces attend to all."""

    def __init__(self, network: PieceNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.network(pieces, told, torch.ones_like(pieces))
        return out


if __name__ == "__main__":
    main()
