"""Both profiles learn, are exported and read again: a few words, a few steps."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

small_encoder = pytest.importorskip("small_encoder", reason="needs what training needs")
torch = pytest.importorskip("torch")
fit_fast = pytest.importorskip("training.fit_fast")
fit_accurate = pytest.importorskip("training.fit_accurate")
losses = pytest.importorskip("training.losses")

from training.corpora.document import Document, Span  # noqa: E402
from training.examples import UNKNOWN, examples  # noqa: E402
from training.heads import fast_heads, read_heads  # noqa: E402

HEADS = read_heads()
TEXT = "the rash is the pain . pain is it"
SPAN = Span("1", "AdverseReaction", ((4, 8),), ("ADVERSE_EVENT",))
KNOWN = frozenset({"ADVERSE_EVENT"})
MADE = list(examples([Document("d", "g", TEXT, (SPAN,), known=KNOWN)] * 8, HEADS, "tac/labels"))


def _guess(scores: np.ndarray) -> list[int]:
    return scores[: len(MADE[0].words), : len(HEADS[0].tags)].argmax(axis=1).tolist()


def test_the_fast_network_learns_by_heart_and_the_same_each_time():
    settings = fit_fast.Settings(epochs=60, words=40, hidden_words=0.0, hidden_names=0.0)
    first, second = (fit_fast.fit(MADE, HEADS, settings) for _ in range(2))
    types, places, told, tags, _ = fit_fast.arrays([fit_fast.Cut(MADE[0], 0, 9)], HEADS)
    with torch.no_grad():
        scores = first(types, torch.from_numpy(places), torch.from_numpy(told))[0].numpy()
    assert _guess(scores) == tags[0, :, 0].tolist()
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(one, other)


def test_the_fast_network_learns_the_shares_of_a_teacher():
    heads = fast_heads()
    shares = np.zeros((len(MADE[0].words), sum(len(head.tags) for head in heads)))
    first = 0
    for head in heads:
        shares[:, first] = np.where(np.arange(len(shares)) % 2, 0.25, 1)
        shares[1::2, first + 1] = 0.75
        first += len(head.tags)
    tags = np.full((len(shares), len(heads)), UNKNOWN)
    taught = dataclasses.replace(
        MADE[0], part="taught", tags=tags, shares=shares.astype(np.float16)
    )
    settings = fit_fast.Settings(
        epochs=80, words=40, hidden_words=0.0, hidden_names=0.0, often=("taught",)
    )
    network = fit_fast.fit([taught] * 8, heads, settings)
    batch = [fit_fast.Cut(taught, 0, len(shares))]
    types, places, told, _, wanted = fit_fast.arrays(batch, heads)
    with torch.no_grad():
        scores = network(types, torch.from_numpy(places), torch.from_numpy(told))
    found = torch.softmax(scores[:, :, : len(heads[0].tags)], dim=2).numpy()
    assert np.abs(found - wanted[:, :, : len(heads[0].tags)]).max() < 0.1


def test_the_accurate_network_learns_by_heart(tmp_path: Path):
    base = small_encoder.make(tmp_path / "base")
    settings = dataclasses.replace(
        fit_accurate.Settings(), epochs=150, words=60, room=32, overlap=2, learning_rate=1e-2, heads_rate=1e-2,
        hidden_names=0.0, often=("tac/labels",),
    )  # fmt: skip
    network = fit_accurate.PieceNetwork.begun(base, HEADS)
    fit_accurate.fit(network, MADE, HEADS, base, settings)
    pieces = fit_accurate.Pieces.read(base / "vocab.txt")
    batch = [fit_accurate.Cut(MADE[0], 0, len(MADE[0].words))]
    arrays = fit_accurate.arrays(batch, len(HEADS), pieces, 0.0, np.random.default_rng(1))
    with torch.no_grad():
        scores = network(*map(torch.from_numpy, arrays[:3]))[0].numpy()
    tags = arrays[3][0, :, 0]
    known = tags != UNKNOWN
    guess = scores[:, : len(HEADS[0].tags)].argmax(axis=1)
    assert guess[known].tolist() == tags[known].tolist()


def test_what_is_unknown_teaches_nothing():
    scores = torch.zeros(1, 4, sum(len(head.tags) for head in HEADS), requires_grad=True)
    tags = torch.full((1, 4, len(HEADS)), UNKNOWN)
    tags[0, 0, 0] = 1
    torch.autograd.backward([losses.head_loss(scores, tags, HEADS)])
    moved = scores.grad.abs().sum(dim=(0, 2)).tolist()
    assert moved[0] > 0
    assert moved[1:] == [0, 0, 0]
