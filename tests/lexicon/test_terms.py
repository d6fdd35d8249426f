from __future__ import annotations

from monograph_nlp.lexicon.terms import read_terms


def test_every_name_says_what_it_is_and_which_case_it_needs():
    surfaces = read_terms()
    assert {surface.kind for surface in surfaces} == {"name", "synonym", "brand"}
    assert all(surface.text and not surface.text.startswith("=") for surface in surfaces)
    assert all(surface.term.labels for surface in surfaces)
    assert read_terms() is surfaces


def test_a_row_that_asks_for_the_case_gets_it():
    exact = {surface.text for surface in read_terms() if surface.case == "exact"}
    assert "ASA" in exact
    assert "ibuprofen" not in exact
