"""Checkpoints of a training run: enough to go on from, and an encoder that can be used at once.

A checkpoint is a folder ``step-000120`` with weights (safetensors), configuration, tokenizer and
optimizer. It is written beside its place and then moved there, so a run that is stopped at any
moment leaves whole checkpoints only.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import torch
from transformers import BertForMaskedLM

_OPTIMIZER = "optimizer.pt"
_TOKENIZER_FILES = ("tokenizer.json", "vocab.txt")
_KEPT = 2


def latest(folder: Path) -> Path | None:
    """Return the newest checkpoint of a folder, or None where there is none."""
    found = sorted(folder.glob("step-[0-9]*"))
    return found[-1] if found else None


def step_of(checkpoint: Path) -> int:
    """Return how many steps were done when the checkpoint was written."""
    return int(checkpoint.name.removeprefix("step-"))


def save(
    folder: Path,
    step: int,
    model: BertForMaskedLM,
    optimizer: torch.optim.Optimizer,
    tokenizer_from: Path,
) -> None:
    """Write a checkpoint, and delete all but the last two."""
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    model.save_pretrained(unfinished)
    for name in _TOKENIZER_FILES:
        shutil.copy(tokenizer_from / name, unfinished / name)
    torch.save(optimizer.state_dict(), unfinished / _OPTIMIZER)
    place = folder / f"step-{step:06d}"
    shutil.rmtree(place, ignore_errors=True)
    unfinished.rename(place)
    for old in sorted(folder.glob("step-[0-9]*"))[:-_KEPT]:
        shutil.rmtree(old)


def restore(checkpoint: Path, optimizer: torch.optim.Optimizer) -> None:
    """Load the optimizer's state; the model is loaded from the folder itself."""
    optimizer.load_state_dict(torch.load(checkpoint / _OPTIMIZER, weights_only=True))
