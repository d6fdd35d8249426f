"""Pruning, masking and continued pretraining, on an encoder of a few hundred weights."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest

small_encoder = pytest.importorskip("small_encoder", reason="needs what training needs")
tokenizers = pytest.importorskip("tokenizers")
weights = pytest.importorskip("safetensors.numpy")
checkpoints = pytest.importorskip("training.checkpoints")
pretraining = pytest.importorskip("training.continue_pretraining")
masking = pytest.importorskip("training.masking")
pruning = pytest.importorskip("training.prune_vocabulary")
sequences = pytest.importorskip("training.sequences")

EMBEDDINGS = "embeddings.word_embeddings.weight"
SETTINGS = pretraining.Settings(steps=4, batch=2, max_length=12, watch_every=5, is_bfloat=False)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return small_encoder.make(tmp_path / "base")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.txt"
    path.write_text("the rash is the pain\npain is it\n\n" * 12, encoding="utf-8")
    return path


@pytest.fixture
def tokenizer(base: Path) -> object:
    return tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))


def test_a_piece_that_is_kept_keeps_its_vector(base: Path, texts: Path, tmp_path: Path) -> None:
    figures = pruning.prune(base, texts, tmp_path / "pruned", min_count=1)
    old = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    new = tokenizers.Tokenizer.from_file(str(tmp_path / "pruned/tokenizer.json"))
    before = weights.load_file(base / "model.safetensors")[EMBEDDINGS]
    after = weights.load_file(tmp_path / "pruned/model.safetensors")[EMBEDDINGS]
    assert figures["pieces_kept"] == len(after) == len(before) - 3  # ##its, king, throne
    assert small_encoder.config_of(tmp_path / "pruned")["vocab_size"] == len(after)
    for piece, number in new.get_vocab().items():
        assert (after[number] == before[old.token_to_id(piece)]).all()


def test_any_word_can_still_be_spelled(base: Path, texts: Path, tmp_path: Path) -> None:
    pruning.prune(base, texts, tmp_path / "pruned", min_count=1)
    pruned = tokenizers.Tokenizer.from_file(str(tmp_path / "pruned/tokenizer.json"))
    assert pruned.encode("rash").tokens == ["[CLS]", "rash", "[SEP]"]
    assert pruned.encode("throne").tokens[1:-1] == ["t", *(f"##{c}" for c in "hrone")]


def test_a_word_is_hidden_whole_or_not_at_all(tokenizer: Any) -> None:
    masker = masking.Masker.of(tokenizer, rate=0.5)
    ids = sequences.pad([np.array(tokenizer.encode("spirits rash hits the sprain").ids)] * 200)
    inputs, targets = masker.mask(ids, np.random.default_rng(3))
    chosen = targets != masking.IGNORED
    assert (targets[chosen] == ids[chosen]).all()
    assert (inputs[~chosen] == ids[~chosen]).all()
    assert not chosen[:, [0, -1]].any()  # the borders
    inside = masker.continues[ids[0]]
    for column in np.flatnonzero(inside):
        assert (chosen[:, column] == chosen[:, column - 1]).all()
    assert 0.4 < chosen[:, 1:-1].mean() < 0.6
    assert 0.7 < (inputs[chosen] == masker.mask_id).mean() < 0.9


def test_sentences_are_packed_while_they_fit(tokenizer: Any) -> None:
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    packed = sequences.pack([[5, 6], [7], [8, 9, 10, 11, 12]], tokenizer, max_length=5)
    assert [row.tolist() for row in packed] == [
        [first, 5, 6, 7, last],
        [first, 8, 9, 10, last],
        [first, 11, 12, last],
    ]


def test_an_epoch_has_every_sequence_once_and_epochs_differ() -> None:
    made = [np.arange(length) for length in range(1, 24)]
    batches = sequences.Batches(made, 4, seed=7)
    epochs = [[batches.at(step) for step in range(start, start + 6)] for start in (0, 6)]
    assert len(batches) == 6
    for epoch in epochs:
        assert sorted(chain(*epoch)) == list(range(23))
    assert epochs[0] != epochs[1]
    assert sequences.Batches(made, 4, seed=7).at(6) == epochs[1][0]


def test_documents_are_set_aside(texts: Path, tokenizer: Any) -> None:
    corpus = sequences.load(texts, tokenizer, max_length=30, watch_every=5)
    assert (len(corpus.train), len(corpus.watch)) == (9, 3)
    assert all(sequences.PAD not in sequence for sequence in corpus.train)


def test_a_run_that_was_interrupted_ends_like_one_that_was_not(
    base: Path, texts: Path, tmp_path: Path
) -> None:
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
        pretraining.run(texts, base, tmp_path / name, SETTINGS, save_minutes=0)
    last = tmp_path / "broken/step-000004"
    last.rename(tmp_path / "away")  # as if the run had been stopped after the third step
    pretraining.run(texts, base, tmp_path / "broken", SETTINGS, save_minutes=0)
    whole = weights.load_file(tmp_path / "whole/step-000004/model.safetensors")
    again = weights.load_file(last / "model.safetensors")
    assert all((whole[name] == again[name]).all() for name in whole)


def test_a_run_leaves_its_log_and_two_checkpoints(base: Path, texts: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    pretraining.run(texts, base, output, SETTINGS, save_minutes=0)
    newest = checkpoints.latest(output)
    assert newest is not None
    assert checkpoints.step_of(newest) == 4
    assert sorted(path.name for path in output.glob("step-*")) == ["step-000003", "step-000004"]
    assert (newest / "tokenizer.json").exists()
    lines = [json.loads(line) for line in (output / "log.jsonl").read_text().splitlines()]
    assert lines[-2]["loss"] > 0
    assert lines[-1]["watched_loss"] > 0
