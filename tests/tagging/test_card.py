from __future__ import annotations

import json
from pathlib import Path

import pytest

from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.card import FILE, digest_of, read_card
from monograph_nlp.tagging.tagger import open_tagger


def _card(folder: Path, **changes: object) -> Path:
    (folder / "network.onnx").write_bytes(b"a network")
    card = {
        "name": "tiny",
        "version": "1",
        "kind": "hashed",
        "heads": [{"name": "DRUG", "tags": ["O", "B", "I"]}],
        "room": 20,
        "margin": 2,
        "files": {"network.onnx": digest_of(folder / "network.onnx")},
        **changes,
    }
    (folder / FILE).write_text(json.dumps(card))
    return folder


def test_a_card_names_its_heads(tmp_path):
    card = read_card(_card(tmp_path))
    assert [head.name for head in card.heads] == ["DRUG"]
    assert card.heads[0].least == 0.0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / FILE).unlink(), r"no card\.json"),
        (lambda folder: (folder / FILE).write_text("{"), "not the card of a tagger"),
        (lambda folder: (folder / "network.onnx").unlink(), "missing; the tagger's card names it"),
        (lambda folder: (folder / "network.onnx").write_bytes(b"else"), "damaged, or not the one"),
    ],
)
def test_a_damaged_tagger_is_refused_with_what_to_do(tmp_path, spoil, message):
    spoil(_card(tmp_path))
    with pytest.raises(ConfigError, match=message):
        read_card(tmp_path)


def test_an_unknown_kind_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="kind 'spoken'; expected one of"):
        open_tagger(_card(tmp_path, kind="spoken"))
