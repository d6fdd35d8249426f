from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.card import FILE, HeadCard, digest_of, read_card
from monograph_nlp.tagging.scheme import PLAIN_TAGS
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


_CURVES = st.lists(st.floats(0, 1), min_size=1, max_size=4).map(
    lambda rights: ((0.0, 0.0), *((n / 5, r) for n, r in enumerate(sorted(rights), 1)), (1.0, 1.0))
)


@given(_CURVES, _CURVES, st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_no_mention_that_counts_is_below_the_least_raw_score(curve, known, least, raw, is_known):
    head = HeadCard("X", PLAIN_TAGS, least, curve, known)
    if head.shares_right([raw], [is_known])[0] >= least:
        assert raw >= head.least_raw


def test_where_no_score_is_enough_the_least_raw_score_is_out_of_reach():
    low = ((0.0, 0.0), (1.0, 0.4))
    assert HeadCard("X", PLAIN_TAGS, 0.5, low, low).least_raw > 1
