from __future__ import annotations

import pytest

from monograph_nlp.lexicon.terms import read_terms, surfaces_of
from monograph_nlp.rules import Row


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


@pytest.mark.parametrize(
    ("case", "expected", "spot"),
    [
        ("", "any", True),
        ("any", "any", True),
        ("capital", "capital", True),
        ("exact", "exact", True),
        ("link", "any", False),
    ],
)
def test_the_case_of_a_row_is_that_of_its_names_but_of_those_with_a_sign(case, expected, spot):
    cells = {"label": "DRUG", "name": "a", "synonyms": "b|=c", "brands": "=d|e", "case": case}
    found = list(surfaces_of(Row("t:2", cells), "own"))
    assert [(surface.text, surface.kind, surface.case) for surface in found] == [
        ("a", "name", expected),
        ("b", "synonym", expected),
        ("c", "synonym", "exact"),
        ("d", "brand", "exact"),
        ("e", "brand", expected),
    ]
    assert {(surface.source, surface.spot) for surface in found} == {("own", spot)}


def test_a_row_needs_a_label_and_a_name_alone():
    (surface,) = surfaces_of(Row("t:2", {"label": "DRUG|CHEMICAL", "name": "a"}))
    assert (surface.text, surface.source, surface.case) == ("a", "curated", "any")
    assert (surface.term.labels, surface.term.id, surface.term.brands) == (
        ("DRUG", "CHEMICAL"), None, (),
    )  # fmt: skip
