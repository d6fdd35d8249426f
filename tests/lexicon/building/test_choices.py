from __future__ import annotations

import re

import pytest

from monograph_nlp.lexicon.building.choices import (
    COLUMNS,
    KINDS,
    chosen,
    drop_reason,
    gives,
    tree_labels,
    values,
)
from monograph_nlp.lexicon.building.reading import READERS
from monograph_nlp.rules import read_table

ROWS = read_table("lexicon_choices.tsv", COLUMNS, choices={"kind": KINDS})
LABELS = {"DRUG", "DRUG_CLASS", "TARGET", "MECHANISM", "CONDITION", "ADVERSE_EVENT"}
ACTIONS = {
    "inhibitor", "antagonist", "agonist", "activator", "binder", "blocker", "modulator",
    "degrader", "substrate", "replacement",
}  # fmt: skip
PARTS = {"unii names": "unii", "unii targets": "unii"}


def _kind(kind):
    return [pytest.param(row, id=row.where) for row in ROWS if row.text("kind") == kind]


def test_every_row_belongs_to_a_reader():
    sources = {PARTS.get(row.text("source"), row.text("source")) for row in ROWS}
    assert sources <= READERS.keys()


def test_no_row_is_there_twice():
    keys = [(row.text("source"), row.text("kind"), row.text("value")) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", _kind("drop"))
def test_a_drop_row_drops_its_example(row):
    assert re.search(row.regex("value"), row.text("example"))
    assert drop_reason(row.text("source"), row.text("example"))
    assert row.text("note")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("mesh_supplement", "pembrolizumab"),
        ("mesh_supplement", "protein kinase inhibitor H 89"),
        ("mesh_supplement", "paclitaxel protein-bound"),
        ("mesh_supplement", "1-methyl-4-phenyl-1,2,3,6-tetrahydropyridine"),
        ("unii", "BOTULINUM TOXIN TYPE A"),
        ("unii", "POLYMYXIN B"),
        ("unii names", "DARZALEX FASPRO"),
        ("unii targets", "CD38"),
        ("drugbank", "Interferon Alfa-2b"),
        ("mondo", "acute kidney injury"),
        ("doid", "multiple myeloma"),
        ("icd10cm", "N17 Acute kidney failure"),
        ("hgnc", "CD38"),
        ("hgnc", "PROM1"),
        ("go", "apoptotic process"),
        ("oncology", "brentuximab vedotin"),
        ("guide_to_pharmacology", "PS-341"),
    ],
)
def test_names_that_matter_are_not_dropped(source, name):
    assert drop_reason(source, name) == ""


@pytest.mark.parametrize("row", _kind("tree"))
def test_a_tree_row_decides_over_its_example(row):
    number = row.text("example").partition(" ")[0]
    assert tree_labels(row.text("source"), [number]) == row.texts("gives")
    assert set(row.texts("gives")) <= LABELS


def test_the_deepest_tree_row_decides_and_several_trees_add_up():
    assert tree_labels("mesh", ["D12.776.543.750.670"]) == ("TARGET",)
    assert tree_labels("mesh", ["C22.131", "C14.280"]) == ("CONDITION", "ADVERSE_EVENT")
    assert tree_labels("mesh", ["Z01.107", "D27.888"]) == ()


@pytest.mark.parametrize("row", _kind("name"))
def test_a_prefix_row_shows_a_curie_of_it(row):
    given = row.texts("gives")
    if given and given[0].endswith(":"):
        assert row.text("example").startswith(given[0])
        assert given[0] == given[0].lower()


@pytest.mark.parametrize("row", _kind("action"))
def test_an_action_is_one_that_records_know(row):
    assert row.text("gives") in ACTIONS
    assert row.text("example").startswith(row.text("value"))


@pytest.mark.parametrize("row", _kind("root"))
def test_a_root_gives_labels_or_a_depth(row):
    if row.text("source") == "go":
        assert 1 <= row.number("gives", 0) <= 5
    else:
        assert set(row.texts("gives")) <= LABELS


def test_rows_are_found_by_source_and_kind():
    assert "INN" in values("unii", "tag")
    assert gives("unii", "name")["bn"] == ("brand",)
    assert chosen("unii", "tree") == ()
