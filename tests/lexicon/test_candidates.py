from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from monograph_nlp.lexicon.candidates import SHORTEST, NearNames

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
        "salt form from lactose",
    ]
)


@pytest.mark.parametrize(
    ("name", "expected", "slips"),
    [
        ("carbamazepni", "carbamazepin", 1),
        ("non small sell carcinoma lugn", "non small cell carcinoma lung", 2),
        ("non small cell carcnma lung", "non small cell carcinoma lung", 2),  # two letters lost
        ("cetirzin", "cetirizin", 1),
        ("salt from form lactose", "salt form from lactose", 0),  # and not two slips
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


_WORDS = st.sampled_from(
    ["acid", "acids", "acdi", "of", "the", "lung", "lugn", "carcinoma", "carcinomas", "cracinoma"]
)
_TITLES = (
    st.lists(_WORDS, min_size=2, max_size=5)
    .map(" ".join)
    .filter(lambda title: sum(map(str.isalpha, title)) >= SHORTEST and len(title) <= 50)
)


def _one_by_one(names: list[str], name: str) -> set[tuple[str, int]]:
    """Return near names and their slips by looking at every name."""
    slips = {other: _slips(name, other) for other in names if other != name}
    return {(other, number) for other, number in slips.items() if number is not None}


def _slips(name: str, other: str) -> int | None:
    letters = {word[0] for word in name.split()}
    if _long_words(name) == _long_words(other) and other[0] in letters:
        return 0
    slips = OSA.distance(name, other)
    is_near = slips <= min(2, min(len(name), len(other)) // 8) and name[0] == other[0]
    return slips if is_near and _short_words(name) == _short_words(other) else None


def _long_words(name: str) -> list[str]:
    return sorted(word for word in name.split() if word not in ("of", "the"))


def _short_words(name: str) -> list[str]:
    return [word for word in name.split() if len(word) < 4]


@given(st.lists(_TITLES, max_size=12), _TITLES)
def test_no_near_name_is_passed_over(names: list[str], name: str) -> None:
    found = {(near.name, near.slips) for near in NearNames(names).near(name)}
    assert found == _one_by_one(names, name)


def test_what_was_asked_before_changes_no_answer() -> None:
    fresh = NearNames(["carbamazepin", "cetirizin"])
    asked = ["cetirzin", "carbamazepni", "CETIRZIN", "cetirzin"]
    there = [fresh.near(name) for name in asked]
    back = [fresh.near(name) for name in reversed(asked)]
    assert there == back[::-1]
