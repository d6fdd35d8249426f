from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st


def sentences(doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It treats asthma. It is given daily.", ["It treats asthma.", "It is given daily."]),
        ("Take 0.5 mg, e.g. at night. Stop.", ["Take 0.5 mg, e.g. at night.", "Stop."]),
        ("Adverse reactions\n\nNausea occurs.", ["Adverse reactions", "Nausea occurs."]),
        ("Side effects:\n• nausea\n• rash", ["Side effects:", "• nausea", "• rash"]),
        ("1. Take it. Rest.\n2. Stop.", ["1. Take it.", "Rest.", "2. Stop."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(alone, text, expected):
    assert sentences(alone(text, "sentences")) == expected


def test_a_unit_is_the_statement_without_its_bullet(alone):
    text = "Side effects:\n• nausea\n• rash. It itches."
    doc = alone(text, "sentences")
    units = [text[start:end] for start, end, _ in doc._.units]
    assert units == ["Side effects:", "nausea", "rash.", "It itches."]


def test_the_sentences_of_a_table_are_its_cells(alone):
    text = "Event | Drug | Placebo\nNausea | 12 | 3\nRash | 4 | 1"
    doc = alone(text, "sentences")
    assert {"Nausea", "12", "Rash"} <= {text[start:end] for start, end, _ in doc._.units}


def test_what_is_set_aside_is_one_unit(alone):
    text = "Nausea occurs.\n\nAll rights reserved. Do not copy. Ask us.\n\nRash occurs."
    doc = alone(text, "set_aside", "sentences")
    units = [text[start:end] for start, end, _ in doc._.units]
    assert units == text.split("\n\n")


@given(st.text(alphabet="ab. \n•|1", max_size=60))
def test_units_are_in_order_and_apart_and_sentences_cover_the_document(alone, text):
    doc = alone(text, "sentences")
    units = [(start, end) for start, end, _ in doc._.units]
    assert all(0 <= start < end <= len(text) for start, end in units)
    assert all(before[1] <= after[0] for before, after in pairwise(units))
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)
