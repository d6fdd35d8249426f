from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.candidates import NearNames

NAMES = NearNames(
    [
        "carbamazepin",
        "cetirizin",
        "non small cell carcinoma lung",
        "hydroxyzin",
        "hydralazin",
        "vitamin b 12",
        "vitamin a",
        "starling",
    ]
)


@pytest.mark.parametrize(
    ("name", "expected", "slips"),
    [
        ("carbamazepni", "carbamazepin", 1),
        ("non small sell carcinoma lugn", "non small cell carcinoma lung", 2),
        ("cetirzin", "cetirizin", 1),
        ("carcinoma of the lung, non small cell", "non small cell carcinoma lung", 0),
    ],
)
def test_slips_and_word_order_are_seen_through(name: str, expected: str, slips: int) -> None:
    near = NAMES.near(name)[0]
    assert (near.name, near.slips) == (expected, slips)
    assert (near.similarity == 1.0) == (slips == 0)


@pytest.mark.parametrize(
    "name",
    [
        "carbamazepin",  # the name itself is no near name
        "hydroxyzid alazin",
        "dostarlimab",
        "carbamezapin",  # two slips in twelve letters
        "cetirz",
        "karbamazepin",  # the first letter
        "vitamin b 6",
        "vitamin e",
        "cet",
        "",
        "a" * 500,
    ],
)
def test_another_name_is_not_near(name: str) -> None:
    assert NAMES.near(name) == ()


@given(st.text(max_size=40))
def test_near_names_are_sorted_and_few_slips_away(name: str) -> None:
    found = NAMES.near(name)
    assert [near.slips for near in found] == sorted(near.slips for near in found)
    assert all(near.slips <= 2 and 0 < near.similarity <= 1 for near in found)


def test_no_names_at_all() -> None:
    assert NearNames([]).near("carbamazepin") == ()
