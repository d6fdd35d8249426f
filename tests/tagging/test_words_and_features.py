from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging import features
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.hashing import rows
from monograph_nlp.tagging.words import words


@given(st.text(max_size=200))
def test_words_hold_every_character_that_is_not_white_space(text):
    found = words(text)
    held = "".join(text[start:end] for start, end in found)
    assert held == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(found))


def test_a_hit_marks_its_first_word_and_the_others():
    text = "Rash or hepatic failure"
    told = features.features(text, words(text), [Hit(8, 23, "ADVERSE_EVENT|CONDITION")])
    assert told[:, :2].tolist() == [[0, 0], [0, 0], [1, 0], [0, 1]]
    assert told[:, 2 : features.LINE].sum() == 0


@pytest.mark.parametrize(("label", "column"), [("DRUG", 2), ("TARGET", 8), ("ROUTE", 12)])
def test_each_kind_of_name_has_its_place(label, column):
    told = features.features("x", [(0, 1)], [Hit(0, 1, label)])
    assert np.flatnonzero(told[0, : features.LINE]).tolist() == [column]


def test_lines_cells_and_capitals_are_told():
    text = "Rash   5 %\nAST up"
    told = features.features(text, words(text), [])[:, features.LINE :]
    assert told.tolist() == [
        [1, 0, 1, 0],  # Rash
        [0, 1, 0, 0],  # 5, behind a wide gap
        [0, 0, 0, 0],
        [1, 0, 1, 1],  # AST, on a new line
        [0, 0, 0, 0],
    ]


@given(st.text(alphabet="aB5\n \t.", max_size=60))
def test_the_place_of_each_word_is_told_as_the_text_before_it_has_it(text):
    found, before = words(text), 0
    told = features.features(text, found, [])[:, features.LINE :].tolist()
    for (start, end), (line, cell, title, capitals) in zip(found, told, strict=True):
        gap, word = text[before:start], text[start:end]
        assert line == ("\n" in gap or before == 0)
        assert cell == (len(gap) > 1 and "\n" not in gap)
        assert (title, capitals) == (word[0].isupper(), len(word) > 1 and word.isupper())
        before = end


@given(st.text(min_size=1, max_size=80), st.integers(1, 5000))
def test_rows_are_in_the_table_and_do_not_change(word, buckets):
    found = rows(word, buckets)
    assert all(0 <= row < buckets for row in found)
    assert found == rows(word, buckets)
    assert len(found) >= 1


def test_words_of_one_stem_share_rows():
    shared = set(rows("neutropenia", 10**6)) & set(rows("neutropenic", 10**6))
    strange = set(rows("neutropenia", 10**6)) & set(rows("dizzy", 10**6))
    assert len(shared) > 10 > len(strange)
