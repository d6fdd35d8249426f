from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monograph_nlp.tagging.decoding import Marked, marked
from monograph_nlp.tagging.scheme import PLAIN_TAGS, TAGS


def _rows(*likeliest: int, sure: float = 0.9, tags: int = 3) -> np.ndarray:
    made = np.full((len(likeliest), tags), (1 - sure) / (tags - 1), dtype=np.float32)
    made[np.arange(len(likeliest)), likeliest] = sure
    return made


def _marked(rows: np.ndarray, tags: tuple[str, ...]) -> list[Marked]:
    return list(marked(rows, tags, ["of"] * len(rows)))


def test_the_likeliest_tags_make_the_mentions():
    found = _marked(_rows(0, 1, 2, 0, 1), PLAIN_TAGS)
    assert [one.fragments for one in found] == [((1, 3),), ((4, 5),)]
    assert [one.score for one in found] == pytest.approx([0.9, 0.9])


def test_a_sequence_that_cannot_be_is_mended():
    rows = np.array([[0.6, 0.35, 0.05], [0.1, 0.2, 0.7]], dtype=np.float32)  # O I
    assert [one.fragments for one in _marked(rows, PLAIN_TAGS)] == [((0, 2),)]


def test_parts_of_one_mention_have_one_score():
    rows = _rows(3, 0, 3, tags=len(TAGS))
    (found,) = _marked(rows, TAGS)
    assert found == Marked(((0, 1), (2, 3)), pytest.approx(0.9))


def test_quiet_words_make_nothing():
    assert _marked(_rows(0, 0, 0, sure=0.99), PLAIN_TAGS) == []


_RAW = arrays(
    np.float32,
    st.tuples(st.integers(1, 40), st.just(len(TAGS))),
    elements=st.floats(0.015625, 1, width=32),
)


@given(_RAW)
def test_scores_are_shares_and_ranges_lie_in_the_text(raw):
    shares = raw / raw.sum(axis=1, keepdims=True)
    for one in _marked(shares, TAGS):
        assert 0 < one.score <= 1
        assert one.fragments[0][0] >= 0
        assert one.fragments[-1][1] <= len(raw)


@given(_RAW, st.floats(0, 1))
def test_a_least_score_leaves_out_what_is_below_it(raw, least):
    shares = raw / raw.sum(axis=1, keepdims=True)
    found = list(marked(shares, TAGS, ["of"] * len(raw), least))
    assert found == [one for one in _marked(shares, TAGS) if one.score >= least]
