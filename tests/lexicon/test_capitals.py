from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.capitals import COLUMNS, TABLE, Capitals
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.terms import Surface, Term
from monograph_nlp.rules import read_table

UNITS = read_table(TABLE, COLUMNS)


def proves(text, name):
    start = text.index(name)
    return Capitals(text).prove(start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A child with ALL.", "ALL", True),
        ("ALL PATIENTS RECEIVED IBUPROFEN.", "ALL", False),
        ("WHO HAD MIGRAINE BEFORE", "HAD", False),
        ("FOR ALL PATIENTS", "ALL", True),  # too few words to tell
        ("FOR ALL OF US", "ALL", True),  # short words alone may all be short forms
        ("AML, ALL, CLL, CML, MDS", "ALL", True),
        ("TAKE 5 mg/kg FOR ALL MONTHS", "ALL", False),  # small letters of a unit
        ("Take it: FOR ALL PATIENTS AS BEFORE", "ALL", True),
        ("The study\nFOR ALL PATIENTS AS BEFORE\nof it", "ALL", False),
        ("HAEMORRHAGE OF NSAID USERS", "NSAID", True),  # five letters are no ordinary word
        ("PATIENTS WITH CD20 CELLS BEFORE", "CD20", True),  # a figure makes it none
        ("Patients were all well before", "all", True),  # it has no capitals
        ("All PATIENTS RECEIVED IBUPROFEN.", "All", True),
        ("", "", True),
    ],
)
def test_when_capitals_are_evidence(text, name, expected):
    assert proves(text, name) is expected


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row.text("id"))
def test_a_figure_makes_a_unit_of_a_word(row):
    def unproven(text):
        words = [(i, j) for i in range(len(text)) for j in range(i + 1, len(text) + 1)]
        capitals = Capitals(text)
        return {text[i:j] for i, j in words if not capitals.prove(i, j)}

    assert unproven(row.text("example"))
    assert not unproven(row.text("counterexample"))


def test_each_line_is_judged_by_itself_in_any_order():
    text = "ALL PATIENTS RECEIVED IBUPROFEN\nA child with ALL\nFOR ALL WHO SUFFER"
    places = [text.index("ALL"), text.index("ALL\n"), text.rindex("ALL")]
    capitals = Capitals(text)
    for order in (places, places[::-1]):
        assert {at: capitals.prove(at, at + 3) for at in order} == dict(
            zip(places, (False, True, False), strict=True)
        )


LEUKAEMIA = Term(("CONDITION",), "acute lymphoblastic leukaemia", "x:1", (), ())
BRAND = Term(("DRUG",), "sample", "x:2", (), ("Rest",))
FLU = Term(("CONDITION",), "flu", "x:3", (), ())
INDEX = Index.of(
    [
        Surface("ALL", LEUKAEMIA, "synonym", "exact"),
        Surface("B-cell ALL", LEUKAEMIA, "synonym", "exact"),
        Surface("Rest", BRAND, "brand", "capital"),
        Surface("flu", FLU, "name"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALL PATIENTS HAD FLU BEFORE", ["FLU"]),
        ("WITH B-CELL ALL AND FLU BEFORE", ["FLU"]),
        ("All had flu and Rest, one had ALL", ["flu", "Rest", "ALL"]),
        ("REST IN THE EVENING AFTER FLU", ["FLU"]),
        ("Take 5 ALL", ["ALL"]),
    ],
)
def test_a_name_that_needs_its_capitals_is_not_found_where_they_prove_nothing(text, expected):
    bounds, at = [], 0
    for word in text.replace(",", "").split():
        at = text.index(word, at)
        bounds.append((at, at + len(word)))
        at += len(word)
    assert [text[place.start : place.end] for place in INDEX.places(text, bounds)] == expected


def test_it_is_linked_all_the_same():
    assert INDEX.find("ALL").term == LEUKAEMIA


@given(st.text(alphabet="AL l\n5M.", max_size=30))
def test_a_text_in_small_letters_or_without_lines_of_capitals_is_left_alone(text):
    capitals = Capitals(text.lower())
    assert all(capitals.prove(at, at + 3) for at in range(len(text)))


def test_a_long_line_is_looked_at_once():
    text = "ALL patients " * 50_000
    capitals = Capitals(text)
    began = time.perf_counter()
    assert all(capitals.prove(at, at + 3) for at in range(0, len(text), 13))
    assert time.perf_counter() - began < 5  # quadratic: minutes
