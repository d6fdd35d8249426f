from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.abbreviating import abbreviated, is_short_form

FULL = [
    "D-penicillamine",
    "docetaxel",
    "doxorubicin",
    "sirolimus",
    "acute liver failure",
    "gamma-vinyl-GABA",
]


@pytest.mark.parametrize(
    ("short", "is_begun", "expected"),
    [
        ("DOX", True, ["doxorubicin"]),
        ("ALF", True, ["acute liver failure"]),
        ("ALFs", True, ["acute liver failure"]),
        ("Srl", True, []),
        ("Srl", False, ["sirolimus"]),
        ("DXL", False, ["docetaxel"]),
        ("GABA", False, []),  # a part of the name is no abbreviation of it
        ("Na", False, []),
        ("D", True, []),
        ("D-Pen", True, ["D-penicillamine"]),
        ("", True, []),
    ],
)
def test_the_letters_decide(short: str, is_begun: bool, expected: list[str]) -> None:
    assert abbreviated(short, FULL, is_begun=is_begun) == expected


@pytest.mark.parametrize("name", ["MI", "5-FU", "TNSs", "Li", "na", "ALF"])
def test_short_forms(name: str) -> None:
    assert is_short_form(name)


@pytest.mark.parametrize("name", ["", "gout", "Aspirin", "HYPERTENSION", "a b", "12", "Pain"])
def test_words(name: str) -> None:
    assert not is_short_form(name)


@given(st.text(max_size=12), st.lists(st.text(max_size=20), max_size=5), st.booleans())
def test_only_names_that_were_given_come_back(short: str, names: list[str], begun: bool) -> None:
    assert set(abbreviated(short, names, is_begun=begun)) <= set(names)
