"""Each row of effect_clauses.tsv on its example."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import found, of_kind, without

from monograph_nlp.rules import Row
from monograph_nlp.text import effect_clauses as room
from monograph_nlp.text.effect_clauses import COLUMNS, TABLE, effect_clauses

_of_kind = partial(of_kind, TABLE, COLUMNS)
_clauses = partial(found, effect_clauses)


@pytest.mark.parametrize("row", _of_kind("verb"), ids=lambda row: row.text("example"))
def test_a_verb_begins_a_clause(row: Row) -> None:
    assert _clauses(f"It {row.text('example')}.") == [row.text("example")]


@pytest.mark.parametrize("row", _of_kind("lead"), ids=lambda row: row.text("example"))
def test_what_leads_to_a_verb_is_no_part_of_the_clause(row: Row) -> None:
    before, verb, after = row.text("example").split("|")
    assert any(clause.startswith(verb + after) for clause in _clauses(before + verb + after))


@pytest.mark.parametrize("row", _of_kind("end"), ids=lambda row: row.text("example"))
def test_a_clause_ends(row: Row) -> None:
    kept, rest = row.text("example").split("|")
    assert kept.removeprefix("It ") in _clauses(kept + rest)


@pytest.mark.parametrize("row", _of_kind("aid"), ids=lambda row: row.text("example"))
def test_what_aids_a_verb_is_a_part_of_the_clause(row: Row) -> None:
    before, aid, after = row.text("example").split("|")
    assert _clauses(before + aid + after) == [aid + after]


@pytest.mark.parametrize("row", _of_kind("nothing"), ids=lambda row: row.text("example"))
def test_a_verb_without_an_object_says_nothing(row: Row) -> None:
    assert _clauses(row.text("example")) == []
    with without(row, room):
        assert _clauses(row.text("example"))


@pytest.mark.parametrize("row", _of_kind("bar"), ids=lambda row: row.text("example"))
def test_what_is_said_of_the_disease_or_to_the_patient_is_no_effect(row: Row) -> None:
    assert _clauses(row.text("example")) == []
    with without(row, room):
        assert _clauses(row.text("example"))


@given(
    st.lists(st.sampled_from(["It ", "blocks ", "the pain", ", ", "and ", "by ", "(", "§§ ", ". "]))
)
def test_clauses_lie_in_the_sentence_in_order(parts: list[str]) -> None:
    sentence, done = "".join(parts), 0
    for start, end in effect_clauses(sentence):
        assert done <= start < end <= len(sentence)
        assert sentence[start:end] == sentence[start:end].strip()
        done = end
