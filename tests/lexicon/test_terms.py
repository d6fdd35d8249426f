from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.terms import read_terms, variants

NAMES = st.text(alphabet="abcsxyz-AZ1 é", min_size=1, max_size=15).filter(str.strip)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fever", ["fever", "fevers"]),
        ("rash", ["rash", "rashes"]),
        ("biopsy", ["biopsy", "biopsies"]),
        ("play", ["play", "plays"]),
        ("diabetes", ["diabetes"]),
        ("abscess", ["abscess", "abscesses"]),
        ("sepsis", ["sepsis"]),
        ("virus", ["virus"]),
        ("PFS", ["PFS"]),
        ("flu", ["flu"]),
        ("factor 8", ["factor 8"]),
        ("beta-blocker", ["beta-blocker", "beta blocker", "beta-blockers", "beta blockers"]),
    ],
)
def test_the_forms_that_rules_derive(name, expected):
    assert list(variants(name)) == expected


@given(NAMES)
def test_the_name_itself_comes_first_and_no_form_twice(name):
    found = list(variants(name))
    assert found[0] == name
    assert len(found) == len(set(found)) <= 4


def test_every_name_says_what_it_is_and_which_case_it_needs():
    surfaces = read_terms()
    assert {surface.kind for surface in surfaces} == {"name", "synonym", "brand"}
    assert all(surface.text and not surface.text.startswith("=") for surface in surfaces)
    assert all(surface.term.labels for surface in surfaces)
    assert read_terms() is surfaces


def test_a_row_that_asks_for_the_case_gets_it():
    exact = {surface.text for surface in read_terms() if surface.is_exact}
    assert "ASA" in exact
    assert "ibuprofen" not in exact
