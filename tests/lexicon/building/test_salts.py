from __future__ import annotations

import pytest

from monograph_nlp.lexicon.building.salts import COLUMNS, base_names, is_salt
from monograph_nlp.rules import read_table

ROWS = read_table("salts.tsv", COLUMNS)


@pytest.mark.parametrize("row", ROWS, ids=[row.text("value") for row in ROWS])
def test_every_row_does_what_its_example_says(row):
    base = row.text("base")
    expected = base if row.text("kind") != "ending" else row.text("example").split("ATE ")[0] + base
    assert expected in base_names(row.text("example"))


@pytest.mark.parametrize(
    "name", ["SODIUM CHLORIDE", "CALCIUM CARBONATE", "ibrutinib", "", "hydrate", "beta-carotene"]
)
def test_what_is_no_salt_of_something_has_no_base(name):
    assert base_names(name) == ()


def test_a_counter_ion_in_front_is_taken_off_too():
    assert base_names("sodium valproate") == ("VALPROATE", "VALPROIC ACID")


def test_several_salt_words_go_at_once():
    assert base_names("minocycline hydrochloride dihydrate") == ("MINOCYCLINE",)


def test_a_biologic_suffix_makes_no_salt():
    assert not is_salt("filgrastim-sndz", "filgrastim")
    assert is_salt("Fenoterol hydrobromide", "fenoterol")
