"""Each row of monitoring_clauses.tsv on its example."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import found, of_kind, without

from monograph_nlp.rules import Row
from monograph_nlp.text import monitoring_clauses as room
from monograph_nlp.text.monitoring_clauses import COLUMNS, TABLE, monitoring_clauses

_of_kind = partial(of_kind, TABLE, COLUMNS)
_objects = partial(found, monitoring_clauses)


@pytest.mark.parametrize("row", _of_kind("object"), ids=lambda row: row.text("example"))
def test_what_is_to_be_checked_is_found(row: Row) -> None:
    before, wanted, after = row.text("example").split("|")
    assert _objects(before + wanted + after) == [wanted]


@pytest.mark.parametrize("row", _of_kind("end"), ids=lambda row: row.text("example"))
def test_it_ends(row: Row) -> None:
    kept, rest = row.text("example").split("|")
    assert _objects(f"Your doctor will monitor your {kept}{rest}") == [kept]


@pytest.mark.parametrize("row", _of_kind("bar"), ids=lambda row: row.text("example"))
def test_what_need_not_be_checked_is_left_out(row: Row) -> None:
    assert _objects(row.text("example")) == []
    with without(row, room):
        assert _objects(row.text("example"))


@pytest.mark.parametrize("row", _of_kind("lead"), ids=lambda row: row.text("example"))
def test_what_leads_to_a_name_is_no_part_of_it(row: Row) -> None:
    before, lead, name = row.text("example").split("|")
    assert _objects(before + lead + name) == [name]


@pytest.mark.parametrize("row", _of_kind("vague"), ids=lambda row: row.text("example"))
def test_what_says_nothing_is_left_out(row: Row) -> None:
    assert _objects(row.text("example")) == []
    with without(row, room):
        assert _objects(row.text("example"))


@given(
    st.lists(
        st.sampled_from(
            ["will check ", "your ", "weight", " (", ") ", "do a ", "blood test ", "before ", ". "]
        )
    )
)
def test_objects_lie_in_the_sentence_in_order(parts: list[str]) -> None:
    sentence, done = "".join(parts), 0
    for start, end in monitoring_clauses(sentence):
        assert done <= start < end <= len(sentence)
        done = end
