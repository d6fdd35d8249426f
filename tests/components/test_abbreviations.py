from __future__ import annotations

import time

import pytest
import spacy

from monograph_nlp.components.abbreviations import Abbreviations


def forms(doc) -> list[tuple[str, str]]:
    return [(row["short"], row["long"]) for row in doc._.abbreviated]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The progression-free survival (PFS) was longer.",
            [("PFS", "progression-free survival")],
        ),
        ("Cases of acute kidney injury (AKI) occurred.", [("AKI", "acute kidney injury")]),
        ("It is given with lenalidomide (Lenalidomide) daily.", []),
        ("The usual dose is low (see section 4.2).", []),
        ("It lowers blood pressure (hypertension).", []),
        ("Half of them (5) stopped.", []),
        ("An empty pair () and an open one ( here.", []),
        ("(PFS) stands first.", []),
    ],
)
def test_a_bracket_is_an_abbreviation_only_where_it_shortens(alone, text, expected):
    assert forms(alone(text, "abbreviations")) == expected


def test_each_later_place_keeps_the_long_form(alone):
    text = "Median progression-free survival (PFS) rose.\n\nPFS was 9 months. No PFS data for men."
    doc = alone(text, "abbreviations")
    rows = doc._.abbreviated
    assert [row["long"] for row in rows] == ["progression-free survival"] * 3
    assert [text[row["start"] : row["end"]] for row in rows] == ["PFS"] * 3
    assert {text[row["long_start"] : row["long_end"]] for row in rows} == {
        "progression-free survival"
    }
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_two_documents_do_not_share_their_abbreviations(alone):
    alone("Cases of acute kidney injury (AKI) occurred.", "abbreviations")
    assert forms(alone("AKI was not seen.", "abbreviations")) == []


def test_a_short_form_that_is_defined_anew_has_the_last_definition_before_it(alone):
    text = (
        "MS is short. Cases of multiple sclerosis (MS) occurred. MS is chronic. "
        "Cases of mitral stenosis (MS) occurred. MS is treated."
    )
    longs = [row["long"] for row in alone(text, "abbreviations")._.abbreviated]
    assert longs == ["multiple sclerosis"] * 3 + ["mitral stenosis"] * 2


def test_brackets_cost_time_in_proportion():
    """scispaCy's own pairing of brackets took the square of their number."""
    nlp, component = spacy.blank("en"), Abbreviations()
    seconds = []
    for number in (500, 5000):
        text = "overall survival (OS) of word (5 items) " * (number // 2) + "( " * number
        doc = nlp(text)
        began = time.perf_counter()
        component(doc)
        seconds.append(time.perf_counter() - began)
        assert len(doc._.abbreviated) == number // 2
    assert seconds[1] < 40 * seconds[0] + 0.5
    assert seconds[1] < 10
