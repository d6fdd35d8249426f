"""Step 3: go on training the pruned encoder to guess hidden words of drug labels and leaflets.

    python -m training.continue_pretraining .training/texts.txt .training/pruned -o .training/mlm

Started again with the same arguments, the run goes on from its last checkpoint. What a step sees
and hides depends on the seed and the step's number alone, so a run that was interrupted ends as
one that was not. ``log.jsonl`` in the output folder has a line for every few steps.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import BertForMaskedLM

from training import checkpoints
from training.masking import IGNORED, Masker
from training.sequences import PAD, Batches, Corpus, Ids, load, pad

_LOG_EVERY = 20  # steps
_MAX_NORM = 1.0  # of the gradient


@dataclass(frozen=True, slots=True)
class Settings:
    """What fixes the result of a run; the defaults are those of the shipped encoder."""

    steps: int = 2800
    until: int | None = None  # the last step that is done; the rate sinks as if all were
    batch: int = 32  # sequences
    max_length: int = 160  # pieces
    watch_every: int = 200  # documents, one of which is set aside
    rate: float = 0.2  # share of words that are hidden
    learning_rate: float = 4e-4  # at its peak
    warm_up: float = 0.06  # share of the steps
    weight_decay: float = 0.01
    seed: int = 20261
    is_bfloat: bool = True  # products in bfloat16; weights stay float32


def main() -> None:
    """Parse the arguments and run to the last step."""
    parser = argparse.ArgumentParser(description="continue masked-language training")
    parser.add_argument("texts", type=Path, help="texts, one sentence a line")
    parser.add_argument("base", type=Path, help="folder of the encoder to begin with")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--steps", type=int, default=Settings().steps)
    parser.add_argument("--until", type=int, help="stop after this step of the plan")
    parser.add_argument("--save-minutes", type=float, default=15.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--float32", action="store_true", help="no bfloat16")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.output.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        steps=options.steps,
        until=options.until,
        is_bfloat=not options.float32,
    )
    run(options.texts, options.base, options.output, settings, options.save_minutes)


def run(texts: Path, base: Path, output: Path, settings: Settings, save_minutes: float) -> None:
    """Train from the last checkpoint in ``output``, else from ``base``, to the last step."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    corpus = load(texts, tokenizer, settings.max_length, settings.watch_every)
    if not corpus.train or not corpus.watch:
        raise SystemExit(f"{texts}: one document or none; expected more. Gather the texts again.")
    checkpoint = checkpoints.latest(output)
    torch.manual_seed(settings.seed)  # the head that guesses is new
    model = BertForMaskedLM.from_pretrained(checkpoint or base)
    trainer = Trainer(model, tokenizer, settings, corpus)
    done = checkpoints.step_of(checkpoint) if checkpoint else 0
    if checkpoint:
        checkpoints.restore(checkpoint, trainer.optimizer)
    log = _Log(output / "log.jsonl", done, settings.steps)
    saved = time.monotonic()
    last = min(settings.until or settings.steps, settings.steps)
    for step in range(done + 1, last + 1):
        log.add(step, *trainer.step(step - 1))
        if time.monotonic() - saved > 60 * save_minutes or step == last:
            log.write(step=step, watched_loss=trainer.watch())
            checkpoints.save(output, step, model, trainer.optimizer, base)
            saved = time.monotonic()


def _optimizer(model: BertForMaskedLM, settings: Settings) -> torch.optim.AdamW:
    """Weights decay; biases and norms do not (Loshchilov & Hutter 2019, as BERT does it)."""
    named = list(model.named_parameters())
    decayed = [weight for _, weight in named if weight.ndim > 1]
    free = [weight for _, weight in named if weight.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": free, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, betas=(0.9, 0.98), eps=1e-6)


class Trainer:
    """A model that learns to guess hidden words, one step after another."""

    def __init__(
        self, model: BertForMaskedLM, tokenizer: Tokenizer, settings: Settings, corpus: Corpus
    ) -> None:
        self.model = model.train(False)  # no dropout: the run sees a text twice at most
        self.optimizer = _optimizer(model, settings)
        self._settings = settings
        self._masker = Masker.of(tokenizer, settings.rate)
        self._corpus = corpus
        self._batches = Batches(corpus.train, settings.batch, settings.seed)

    def step(self, number: int) -> tuple[float, int]:
        """Do a step, counted from 0; return its loss and how many pieces it read."""
        for group in self.optimizer.param_groups:
            group["lr"] = self._settings.learning_rate * self._share(number)
        ids = pad([self._corpus.train[index] for index in self._batches.at(number)])
        loss = self._loss(ids, np.random.default_rng((self._settings.seed, number)))
        self.optimizer.zero_grad()
        torch.autograd.backward([loss])
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), _MAX_NORM)
        self.optimizer.step()
        return float(loss.detach()), int(np.count_nonzero(ids != PAD))

    def watch(self) -> float:
        """Return the mean loss on the documents set aside, always with the same words hidden."""
        sequences, size = self._corpus.watch, self._settings.batch
        order = Batches(sequences, size, self._settings.seed)
        rng = np.random.default_rng(self._settings.seed)
        with torch.no_grad():
            found = [
                float(self._loss(pad([sequences[index] for index in order.at(number)]), rng))
                for number in range(len(order))
            ]
        return float(np.mean(found))

    def _share(self, number: int) -> float:
        """Return the learning rate's share of its peak: up in a line, then down to nothing."""
        steps = self._settings.steps
        warm = max(1, round(steps * self._settings.warm_up))
        return min((number + 1) / warm, (steps - number) / max(1, steps - warm))

    def _loss(self, ids: Ids, rng: np.random.Generator) -> torch.Tensor:
        """Guess at the hidden places only: the product with the vocabulary is the dearest."""
        inputs, targets = (torch.from_numpy(array) for array in self._masker.mask(ids, rng))
        places = targets != IGNORED
        attended = torch.from_numpy(ids != PAD).long()
        with torch.autocast("cpu", torch.bfloat16, enabled=self._settings.is_bfloat):
            states = self.model.bert(inputs, attention_mask=attended).last_hidden_state
            guesses = self.model.cls(states[places])
        total = cross_entropy(guesses.float(), targets[places], reduction="sum")
        return total / max(1, len(guesses))  # a small batch may have no hidden word


class _Log:
    """Lines of figures: the mean loss since the last line, the speed, and the time that is left."""

    def __init__(self, path: Path, done: int, steps: int) -> None:
        self._path = path
        self._done, self._steps = done, steps
        self._started = time.monotonic()
        self._tokens = 0
        self._losses: list[float] = []

    def add(self, step: int, loss: float, tokens: int) -> None:
        """Take a step's figures; ``step`` is the number of steps done."""
        self._tokens += tokens
        self._losses.append(loss)
        if step % _LOG_EVERY and step != self._steps:
            return
        seconds = time.monotonic() - self._started
        self.write(
            step=step,
            loss=float(np.mean(self._losses)),
            tokens_a_second=self._tokens / seconds,
            minutes_left=(self._steps - step) / (step - self._done) * seconds / 60,
        )
        self._losses.clear()

    def write(self, **figures: float) -> None:
        """Append a line."""
        rounded = {name: round(value, 4) for name, value in figures.items()}
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(rounded) + "\n")


if __name__ == "__main__":
    main()
