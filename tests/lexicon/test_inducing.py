"""``rules/drug_induced.tsv``: each row names a curated finding, stands for one, and is run on its example."""

from __future__ import annotations

import pytest

from monograph_nlp.lexicon.index import open_index
from monograph_nlp.lexicon.inducing import COLUMNS, TABLE
from monograph_nlp.lexicon.linking import link
from monograph_nlp.rules import read_table

ROWS = read_table(TABLE, COLUMNS, required=COLUMNS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text("name"))
def test_an_adverse_event_carries_the_drug_induced_heading(row):
    index = open_index()
    match = link(row.text("name"), "ADVERSE_EVENT", index=index).match
    assert match is not None
    assert row.text("induced") in (match.term.id, *match.term.xrefs)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text("name"))
def test_a_condition_does_not(row):
    term = open_index().term(row.text("name"))
    match = link(row.text("name"), "CONDITION", index=open_index()).match
    assert match is not None
    assert term is not None
    assert (match.term.id, match.term.xrefs) == (term.id, term.xrefs)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text("name"))
def test_the_example_names_the_finding(row):
    text = row.text("example")
    words, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        words.append((start, start + len(word.rstrip("."))))
        start += len(word)
    names = {
        match.term.name for place in open_index().places(text, words) for match in place.matches
    }
    assert row.text("name") in names
