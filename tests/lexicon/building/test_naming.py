"""What a name is good for: each row of the policy decides on its own example."""

from __future__ import annotations

from typing import get_args

import pytest

from monograph_nlp.lexicon.building.clustering import domain
from monograph_nlp.lexicon.building.naming import COLUMNS, Policy, policy
from monograph_nlp.lexicon.building.reading import READERS
from monograph_nlp.lexicon.terms import Kind
from monograph_nlp.rules import Row, read_table

from .made import made

ROWS = read_table("name_policy.tsv", COLUMNS)
USUAL = {"labels": "DRUG", "sources": "unii", "kinds": "name"}
OTHER = {"labels": "DRUG_CLASS", "sources": "nobody", "kinds": "foreign"}


def _id(row: Row) -> str:
    return row.text("id")


def _rows(column: str) -> list[Row]:
    return [row for row in ROWS if row.text(column)]


def decided(row: Row, *, rank: int | None = None, **changed: str) -> Policy:
    """The decision on a row's example, as a name of the first label, source and kind it is for."""
    is_for = {column: next(iter(row.texts(column)), USUAL[column]) for column in USUAL} | changed
    example = row.text("example")
    entry = made("", example, source=is_for["sources"], labels=is_for["labels"])
    rank = rank or int(row.number("ordinary", 0))
    return policy(example, is_for["kinds"], entry, {example.lower(): rank} if rank else {})


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_a_row_decides_on_its_example(row):
    assert decided(row) == Policy(row.text("use"), row.text("case") or "any", row.text("id"))


@pytest.mark.parametrize("row", _rows("ordinary"), ids=_id)
def test_it_leaves_rarer_words_alone(row):
    assert decided(row, rank=int(row.number("ordinary", 0)) + 1).row != row.text("id")


@pytest.mark.parametrize("column", USUAL)
def test_it_leaves_names_of_other_labels_sources_and_kinds_alone(column):
    rows = [row for row in _rows(column) if OTHER[column] not in row.texts(column)]
    assert rows
    for row in rows:
        assert decided(row, **{column: OTHER[column]}).row != row.text("id")


def test_ids_are_unique_and_what_the_rows_name_exists():
    ids = [row.text("id") for row in ROWS]
    assert len(set(ids)) == len(ids)
    for row in ROWS:
        assert set(row.texts("sources")) <= READERS.keys()
        assert set(row.texts("kinds")) <= set(get_args(Kind))
        for label in row.texts("labels"):
            assert domain(made("", "x", labels=label))


@pytest.mark.parametrize(
    ("name", "labels", "source", "kind"),
    [
        ("examplinib", "DRUG", "unii", "name"),
        ("Zorbaxin", "DRUG", "unii", "brand"),
        ("ZX-12345", "DRUG", "unii", "code"),
        ("acute zorbosis", "CONDITION", "mondo", "synonym"),
        ("zorbase inhibitor", "DRUG_CLASS", "chebi", "name"),
    ],
)
def test_a_name_of_no_row_finds_mentions_in_any_case(name, labels, source, kind):
    entry = made("", name, source=source, labels=labels)
    assert policy(name, kind, entry, {}) == Policy("spot", "any", "")


def test_the_first_label_of_an_entry_counts():
    entry = made("", "growth", source="mesh", labels="CONDITION|MECHANISM")
    assert policy("growth", "name", entry, {"growth": 1}).row == "finding-ordinary"


def test_words_are_compared_in_small_letters():
    assert policy("Lead", "name", made("unii:A", "Lead"), {"lead": 5}).row == "substance-ordinary"
