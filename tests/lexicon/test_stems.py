from __future__ import annotations

import re

import pytest

from monograph_nlp.lexicon.stems import stem_class, stem_pattern
from monograph_nlp.rules import read_table

STEMS = read_table(
    "stems.tsv", ("stem", "position", "label", "class", "min_length", "except", "example")
)


@pytest.mark.parametrize("row", STEMS, ids=lambda row: row.text("stem"))
def test_each_stem_finds_its_example(row):
    words = re.findall(r"[a-z]+", row.text("example").lower())
    bare = row.text("stem").strip("-")
    assert any(bare in word and stem_class(word) for word in words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nilotinib", "tyrosine kinase inhibitor"),
        ("rituximab", "chimeric monoclonal antibody"),
        ("protein", None),
        ("tinib", None),
        ("nilotinib tablets", None),
        ("", None),
    ],
)
def test_a_stem_is_the_end_of_a_whole_word(name, expected):
    assert stem_class(name) == expected


def test_an_exception_holds_for_the_row_that_makes_it():
    """Aripiprazole is no -prazole, and is a -piprazole."""
    excepted = {word for _, words in stem_pattern()[1].values() for word in words}
    assert "aripiprazole" in excepted
    assert stem_class("aripiprazole") == "antipsychotic"
    assert stem_class("omeprazole") == "proton pump inhibitor"
    rows = [row for row in STEMS if row.texts("except")]
    assert rows
    for row in rows:
        for word in row.texts("except"):
            assert stem_class(word) != row.text("class")
