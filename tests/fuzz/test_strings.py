"""Any text: offsets come back, and functions over strings give what they promise or nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.mutating import LONGEST, MUTATIONS, mutated

from monograph_nlp.text.cells import cell_texts, is_fenced
from monograph_nlp.text.frequencies import announces, begins_anew, frequency_in, is_statement, opens
from monograph_nlp.text.normalize import normalize
from monograph_nlp.text.prose_rates import rates_in_prose

_alphabet = st.sampled_from(
    [
        *"aZ0195%/.,;:()[]<>≥≤±-–—|•\n\t §",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "ﬁ",
        "µ",
        "½",
        "e\u0301",
        "\U0001f9ec",
    ]
)
_texts = st.text(max_size=200) | st.lists(_alphabet, max_size=200).map("".join)
_words = [
    "common",
    "1 in 10",
    "12.5%",
    "vs",
    "placebo",
    "(n=7)",
    "may",
    "affect",
    "up to",
    "people",
    "5/100",
]
_sentences = st.lists(st.sampled_from(_words) | _alphabet, max_size=40).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(text=_texts, data=st.data())
def test_a_range_of_the_normalized_text_comes_back_inside_the_text(text, data):
    normalized = normalize(text)
    start = data.draw(st.integers(0, len(normalized.text)))
    end = data.draw(st.integers(start, len(normalized.text)))
    first, last = normalized.to_original(start, end)
    assert 0 <= first <= last <= len(text)
    again = normalized.to_normalized(first, last)
    assert 0 <= again[0] <= again[1] <= len(normalized.text)


@settings(deadline=None, max_examples=300)
@given(text=_sentences, data=st.data())
def test_rates_are_shares(text, data):
    end = data.draw(st.integers(0, len(text)))
    for name, value in rates_in_prose(
        text, end, data.draw(st.none() | st.integers(0, end))
    ).items():
        assert name
        assert value == value  # no NaN
        assert abs(value) != float("inf")


@pytest.mark.parametrize(
    "function", [frequency_in, announces, begins_anew, opens, is_statement, cell_texts, is_fenced]
)
@settings(deadline=None, max_examples=200)
@given(text=_sentences | _texts)
def test_any_text_is_taken(function, text):
    assert function(text) == function(text)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@given(data=st.binary(max_size=60), other=st.binary(max_size=60), seed=st.integers(0, 99))
def test_a_mutation_is_the_same_by_its_seed(mutation, data, other, seed):
    first, second = (mutation(data, other, random.Random(seed)) for _ in range(2))
    assert first == second
    assert len(mutated(data, other, random.Random(seed))) <= LONGEST
