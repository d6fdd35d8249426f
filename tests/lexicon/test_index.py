from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.index import (
    Index,
    lexicon_version,
    open_index,
    stem_class,
    stem_pattern,
)
from monograph_nlp.lexicon.terms import Surface, Term
from monograph_nlp.rules import read_table

STEMS = read_table(
    "stems.tsv", ("stem", "position", "label", "class", "min_length", "except", "example")
)
FLU = Term(("CONDITION",), "influenza", "mesh:D007251", (), ())
ASA = Term(("DRUG",), "acetylsalicylic acid", None, (), ("Bayrin",))
OTHER = Term(("DRUG",), "other acid", None, (), ())
SMALL = Index(
    (
        Surface("influenza", FLU, "name", False),
        Surface("flu-like illness", FLU, "synonym", False),
        Surface("acetylsalicylic acid", ASA, "name", False),
        Surface("ASA", ASA, "synonym", True),
        Surface("Bayrin", ASA, "brand", False),
        Surface("bayrin", OTHER, "synonym", False),
    )
)


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("influenza", "influenza", "name"),
        ("INFLUENZA", "influenza", "name"),
        ("influenzas", "influenza", "variant"),
        ("flu like illnesses", "influenza", "variant"),
        ("  acetylsalicylic \n acid ", "acetylsalicylic acid", "name"),
        ("ASA", "acetylsalicylic acid", "synonym"),
        ("BAYRIN", "acetylsalicylic acid", "brand"),
    ],
)
def test_a_name_is_found_as_texts_write_it(text, name, how):
    match = SMALL.find(text)
    assert (match.term.name, match.how) == (name, how)


@pytest.mark.parametrize("text", ["", " ", "asa", "Asa", "flu", "influenz", "acid"])
def test_what_is_no_name_is_not_found(text):
    assert SMALL.find(text) is None


def test_the_first_row_has_a_name_that_two_claim():
    assert SMALL.find("bayrin").term is ASA


def test_a_term_is_found_by_its_preferred_name_alone():
    assert SMALL.term("Influenza") is FLU
    assert SMALL.term("flu-like illness") is None


def test_the_embedded_lexicon_is_opened_once_and_quickly():
    open_index.cache_clear()
    began = time.perf_counter()
    index = open_index()
    assert time.perf_counter() - began < 5
    assert open_index() is index
    assert len(index.names(exact=False)) > 5000


def test_every_name_of_the_index_is_found_under_itself():
    index = open_index()
    for exact in (True, False):
        assert all(index.find(name) is not None for name in index.names(exact=exact))


@given(st.sampled_from(sorted(open_index().names(exact=False))))
def test_case_does_not_change_what_a_name_means(name):
    index = open_index()
    assert index.find(name.title().upper().lower()) == index.find(name)


def test_the_version_is_that_of_the_rows():
    assert re.fullmatch(r"[\w.-]+\+[0-9a-f]{12}", lexicon_version())


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
