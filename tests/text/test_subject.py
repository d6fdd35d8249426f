from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.subject import SubjectNames, find_subject

_KNOWN = {
    "examplinib": 1.0, "otherol": 1.0, "newumab": 0.5, "examplin": 1.0, "examplin alfa": 1.0,
    "examplin ii": 1.0,
}  # fmt: skip
_PRODUCTS = {
    "knownbrand": "examplinib",
    "knownbrand plus": "examplinib / otherol",
    "otherol fumarate dihydrate": "otherol",
    "brand12": "newumab",
    "brand": "otherol",
}
_WORDS = st.sampled_from(
    ["Examplinib ", "(Zynovia) ", "is a ", "kinase inhibitor. ", "Otherol ", "Zynovia ", "\n",
     "contains the active substance ", "and ", "What Zynovia is and what it is used for\n", "x "]
)  # fmt: skip


def _found(text: str, title: str = "", **given_: tuple[str, ...]) -> SubjectNames | None:
    return find_subject(
        text,
        title,
        drug_score=lambda name: _KNOWN.get(name, 0.0),
        substance_of=lambda name: "otherol" if name == "Wordly" else _PRODUCTS.get(name.lower()),
        **given_,
    )


def _names(text: str, title: str = "", **given_: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    found = _found(text, title, **given_)
    assert found is not None
    return found.name, found.brands


@given(st.lists(_WORDS, max_size=12).map("".join), st.sampled_from(["", "Otherol", "Zynovia"]))
def test_a_name_is_in_small_letters_and_stands_in_the_document(text: str, title: str) -> None:
    found = _found(text, title)
    if found is not None:
        assert found.name == (" / ".join(found.parts) or found.brands[0].lower())
        assert found.name == found.name.lower()
        assert 0 < found.score <= 1
        document = f"{title} {text}".lower().replace("\n", " ")
        assert all(name.lower() in document for name in (*found.parts, *found.brands))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Examplinib (Zynovia) is a kinase inhibitor.", ("examplinib", ("Zynovia",))),
        ("Zynovia (examplinib) is a kinase inhibitor.", ("examplinib", ("Zynovia",))),
        ("Zynovia contains the active substance examplinib.", ("examplinib", ("Zynovia",))),
        ("The active substances in Duo are examplinib and otherol.",
         ("examplinib / otherol", ("Duo",))),
        ("The active substance in Zynovia is nobodyknowsit.", ("nobodyknowsit", ("Zynovia",))),
        ("ZYNOVIA (newumab-abcd) injection, for oral use", ("newumab", ("ZYNOVIA",))),
        ("Zynovia® (examplinib) tablets, for oral use. Zynovia is red. Zynovia is hot.",
         ("examplinib", ("Zynovia",))),
        ("What Zynovia is and what it is used for\nIt helps.", ("zynovia", ("Zynovia",))),
    ],
)  # fmt: skip
def test_a_sentence_introduces_the_subject(
    text: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert _names(text) == expected


def test_a_sentence_that_may_mean_anything_needs_a_known_drug() -> None:
    assert _found("Aspirinol is a drug for many things.") is None
    assert _found("It was a fine day.") is None
    assert _found("") is None


def test_a_known_drug_in_the_title_is_the_subject() -> None:
    assert _names("It helps.", "Examplinib 5 mg tablets") == ("examplinib", ())


def test_what_the_metadata_states_comes_first() -> None:
    text = "Otherol (Betanol) is a kinase inhibitor."
    found = _found(text, "Otherol", drug_names=("EXAMPLINIB",), brand_names=("Zynovia",))
    assert found == SubjectNames("examplinib", ("examplinib",), ("Zynovia",), 1.0, "metadata")


def test_of_two_drugs_the_more_frequent_is_the_subject() -> None:
    text = "Otherol is a diuretic agent. Examplinib is a diuretic agent. " + "Examplinib. " * 9
    assert _names(text)[0] == "examplinib"


def test_a_title_weighs_more_than_a_mention() -> None:
    text = "Otherol is a diuretic agent. Examplinib is a diuretic agent."
    assert _names(text)[0] == "otherol"
    assert _names(text, "All about examplinib")[0] == "examplinib"


def test_a_known_product_names_its_substance() -> None:
    assert _names("It helps.", brand_names=("Knownbrand",)) == ("examplinib", ("Knownbrand",))


def test_a_brand_is_written_as_the_text_writes_it_most() -> None:
    text = "ZYNOVIA (examplinib) is a kinase inhibitor. Zynovia is red. Zynovia is hot."
    assert _names(text) == ("examplinib", ("Zynovia",))


def test_a_number_cut_into_the_text_does_not_hide_the_subject() -> None:
    text = "A" * 500 + "\nExamplinib (Zynovia) is a kinase inhibitor."
    assert _names(text) == ("examplinib", ("Zynovia",))


def test_of_the_metadata_only_substances_that_the_text_speaks_of_count() -> None:
    text = "Humexa holds adalimumab. Clean the skin with the swab."
    found = _found(text, drug_names=("Adalimumab", "isopropyl alcohol"))
    assert found is not None
    assert found.name == "adalimumab"


def test_the_drug_that_is_named_most_is_a_last_resort() -> None:
    named = Counter({"imatinib": 6, "warfarin": 2})
    found = find_subject(
        "x", "", drug_score=lambda _: 0, substance_of=lambda _: None, mentioned=named
    )
    assert found == SubjectNames("imatinib", ("imatinib",), (), 0.5, "most-named")
    named["warfarin"] = 3
    assert (
        find_subject("x", "", drug_score=lambda _: 0, substance_of=lambda _: None, mentioned=named)
        is None
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zynovia contains the active substance examplinib, this works well.", "examplinib"),
        ("Zynovia contains the active substance examplinib, otherol-like sequence.", "examplinib"),
        ("Zynovia is made up of the active substances examplinib and otherol .",
         "examplinib / otherol"),
        ("Duo contains two different active substances: examplinib and otherol fumarate dihydrate.",
         "examplinib / otherol"),
        ("Duo contains three active substances (examplinib, otherol and newumab) in a tablet.",
         "examplinib / otherol / newumab"),
        ("Duo contains the active substances examplinib otherol and newumab.\n"
         "The active substances are examplinib, otherol and newumab.",
         "examplinib / otherol / newumab"),
        ("The active substances of Duo are examplinib (as examplinib mesilate), otherol and newumab.",
         "examplinib / otherol / newumab"),
        ("Zynovia contains the active substance examplin II, a hormone.", "examplin ii"),
        ("What examplin is and what it is used for\nThe active substance is examplin alfa.",
         "examplin alfa"),
    ],
)  # fmt: skip
def test_all_substances_are_named_and_no_more(text: str, expected: str) -> None:
    assert _names(text)[0] == expected


def test_a_longer_product_name_of_a_heading_says_more() -> None:
    text = "What Knownbrand is and what it is used for\nWhat Knownbrand Plus is and used for\n"
    assert _names(text)[0] == "examplinib / otherol"


def test_a_known_product_outweighs_a_word_that_nobody_knows() -> None:
    text = (
        "What Knownbrand is and what it is used for\nThe active substance of Knownbrand are "
        "globules that consist of cells. Knownbrand is red."
    )
    assert _names(text) == ("examplinib", ("Knownbrand",))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("KNOWNBRAND0", "examplinib"),
        ("knownbrand_12", "examplinib"),
        ("otherol1", "otherol"),
        ("wordly", "otherol"),  # known with a capital alone: in small letters it is a word
        ("otherol 5", "otherol"),
    ],
)
def test_a_title_may_be_the_name_of_a_file(title: str, expected: str) -> None:
    assert _names("It helps.", title)[0] == expected


def test_a_number_that_belongs_to_a_name_stays() -> None:
    assert _names("It helps.", "brand12")[0] == "newumab"


def test_a_salt_alone_is_no_product() -> None:
    text = "Sodium was given. Sodium is a salt. Sodium was seen."
    names = {"drug_score": lambda name: 0.0, "substance_of": lambda name: None}
    assert find_subject(text, "SODIUM_1", **names) is None
    assert find_subject(text.replace("Sodium", "Zynovia"), "ZYNOVIA_1", **names) is not None
