from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.introductions import Candidate
from monograph_nlp.text.product_names import bare_name, product_names, without_pieces

_BEST = Candidate(("examplinib",), None, 0.9, "active-substance-is")


def _named(text: str, *brands: tuple[str, str], parts: tuple[str, ...] = ("examplinib",)) -> list:
    best = Candidate(parts, None, 0.9, "active-substance-is")
    found = [Candidate(parts, brand, 0.9, how) for brand, how in brands]
    return list(product_names(best, found, (), text, lambda name: float(name == "otherol")))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zynovia®", "Zynovia"),
        ("ZYNOVIA 0.1 mg/ml", "ZYNOVIA"),
        ("Zynovia Zynovia", "Zynovia"),
        ("Zynovia-", "Zynovia"),
        ("Zynovia-f", "Zynovia-f"),
        ("Zynovia Pen", "Zynovia Pen"),
    ],
)
def test_a_bare_name_has_no_mark_and_no_strength(name: str, expected: str) -> None:
    assert bare_name(name) == expected


@given(st.lists(st.text("AB /-", min_size=1, max_size=8)))
def test_no_name_that_is_kept_ends_another(names: list[str]) -> None:
    kept = without_pieces(names)
    assert set(kept) <= set(names)
    assert len(set(kept)) == len(kept)
    assert not any(one != other and other.endswith(f" {one}") for one in kept for other in kept)


def test_pieces_of_a_longer_name_are_no_names() -> None:
    text = "What Examplinib/Otherol Company is."
    brands = (("Company", "brand-drug-brackets"), ("Examplinib/Otherol Company", "leaflet-heading"))
    assert _named(text, *brands) == ["Examplinib/Otherol Company"]


def test_the_first_words_and_the_run_together_names_of_substances_are_no_products() -> None:
    parts = ("exampleic acid", "otherol")
    brands = [(name, "title") for name in ("Exampleic", "exampleicacidotherol", "Duo")]
    assert _named("", *brands, parts=parts) == ["Duo"]


def test_a_word_in_small_letters_is_no_product_but_a_heading_names_one() -> None:
    text = "Medicine contains it. This medicine is a medicine."
    assert _named(text, ("Medicine", "active-substance-called")) == []
    assert _named("What zynovia is. Take zynovia.", ("zynovia", "leaflet-heading")) == ["zynovia"]


def test_a_product_of_another_substance_is_not_the_subjects() -> None:
    other = Candidate(("otherib",), "Otherbrand", 0.85, "brand-drug-brackets")
    assert product_names(_BEST, [other], (), "", lambda _: 0) == ()


def test_the_heading_of_a_combination_names_its_product() -> None:
    best = Candidate(("examplinib", "otherol"), None, 0.95, "active-substance-is")
    heading = Candidate(("examplinib and otherol",), "Duo", 0.85, "leaflet-heading")
    assert product_names(best, [heading], (), "Duo", lambda _: 0) == ("Duo",)


def test_a_row_that_names_products_alone_may_know_the_substance_by_fewer_words() -> None:
    best = Candidate(("recombinant examplin vaccine",), None, 0.9, "drug-is-a")
    text = "The trade name is Zynovia."

    def named(substance: str, how: str) -> tuple[str, ...]:
        found = [Candidate((substance,), "Zynovia", 0.7, how)]
        return product_names(best, found, (), text, lambda name: 0.0)

    assert named("examplin vaccine", "brand-names-are") == ("Zynovia",)
    assert named("otherin vaccine", "brand-names-are") == ()
    assert named("examplin vaccine", "active-substance-is") == ()
