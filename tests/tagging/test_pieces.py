from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging.accurate import laid
from monograph_nlp.tagging.pieces import Pieces

VOCABULARY = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "neutro", "##penia", "##pen", "rash", *"abcdefghijklmnopqrstuvwxyz",
    *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
)  # fmt: skip
PIECES = Pieces(VOCABULARY)


def _named(word: str) -> list[str]:
    return [VOCABULARY[number] for number in PIECES.cut([word])[0]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Neutropenia", ["neutro", "##penia"]),
        ("neutropenias", ["neutro", "##penia", "##s"]),
        ("Räsh", ["rash"]),
        ("rashx", ["rash", "##x"]),
        ("5", ["[UNK]"]),
        ("ab5", ["[UNK]"]),  # as BERT does it: a word that cannot be spelled is unknown
    ],
)
def test_the_longest_piece_comes_first(word, expected):
    assert _named(word) == expected


@given(st.text(min_size=1, max_size=90))
def test_every_word_has_a_piece_and_always_the_same(word):
    first = PIECES.cut([word])
    assert len(first[0]) >= 1
    assert first == Pieces(VOCABULARY).cut([word])


@given(st.lists(st.text("abcrshpneu", min_size=1, max_size=12), min_size=1, max_size=30))
def test_the_first_piece_of_each_word_is_found_again(words):
    cut = PIECES.cut(words)
    told = np.arange(1, len(words) + 1, dtype=np.float32)[:, None]
    pieces, spread, firsts = laid(cut, told, PIECES)
    assert pieces[0] == PIECES.first
    assert pieces[-1] == PIECES.last
    assert len(pieces) == len(spread) == sum(map(len, cut)) + 2
    assert [pieces[at] for at in firsts] == [one[0] for one in cut]
    assert [spread[at, 0] for at in firsts] == told[:, 0].tolist()
    assert spread[0, 0] == spread[-1, 0] == 0
