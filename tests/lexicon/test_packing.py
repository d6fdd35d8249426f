"""The parts of a lexicon file: blocks of rows, planes of numbers, identifiers, postings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.blocks import Rows, pack_rows
from monograph_nlp.lexicon.identifiers import Identifiers, pack_identifiers
from monograph_nlp.lexicon.planes import pack_numbers, unpack_numbers
from monograph_nlp.lexicon.postings import (
    MOST_SOURCES,
    MOST_TERMS,
    Posting,
    in_any_case,
    pack_posting,
    unpack_posting,
)
from monograph_nlp.lexicon.terms import Case, Kind


@dataclass(frozen=True)
class Example:
    number: int
    name: str
    more: tuple[str, ...]
    by: dict[str, str]


@pytest.mark.parametrize("count", [0, 1, 256, 257, 700])
def test_rows_come_back(count):
    rows = [Example(n, f"name {n}", ("x",) * (n % 3), {str(n): "y"}) for n in range(count)]
    packed = pack_rows(rows, Example)
    read = Rows(memoryview(packed), Example)
    assert [read[n] for n in range(count)] == rows
    assert pack_rows(rows, Example) == packed


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_come_back(numbers):
    assert unpack_numbers(memoryview(pack_numbers(numbers))).tolist() == numbers


def test_numbers_that_are_alike_take_little_room():
    assert len(pack_numbers([7 + (n % 50) for n in range(10_000)])) < 500


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, MOST_TERMS - 1)), max_size=50))
def test_an_identifier_leads_to_its_terms(pairs):
    counts, cells = pack_identifiers(pairs)
    table = Identifiers(memoryview(counts), memoryview(cells))
    for curie, number in pairs:
        assert number in list(table.numbers(curie))


def test_an_unknown_identifier_leads_to_few_terms():
    counts, cells = pack_identifiers((f"mesh:D{n:06}", n) for n in range(20_000))
    table = Identifiers(memoryview(counts), memoryview(cells))
    assert sum(len(list(table.numbers(f"doid:{n}"))) for n in range(1000)) < 100


POSTINGS = st.builds(
    Posting,
    st.integers(0, MOST_TERMS - 1),
    st.sampled_from(get_args(Kind)),
    st.sampled_from(get_args(Case)),
    st.booleans(),
    st.integers(0, MOST_SOURCES - 1),
    st.booleans(),
)


@given(POSTINGS)
def test_a_posting_comes_back(posting):
    packed = pack_posting(posting)
    assert 0 <= packed < 2**32
    assert unpack_posting(packed) == posting
    assert in_any_case(np.array([packed], dtype="<u4")).tolist() == [posting.case == "any"]
