from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.coordination import share_nothing, shared_heads

_KNOWN = {
    "liver function", "kidney function", "heart function", "renal failure", "hepatic failure",
    "blood sugar level", "blood fat level", "fever",
}  # fmt: skip
_WORDS = [
    "liver",
    "heart",
    "kidney",
    "function",
    "and",
    "or",
    ",",
    "blood",
    "fat",
    "sugar",
    "level",
]


def _shared(text: str, name: str) -> list[str]:
    start = text.index(name)
    found = shared_heads(text, start, start + len(name), _KNOWN.__contains__)
    return [f"{text[a:b]} {text[c:d]}" for (a, b), (c, d) in found]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("liver and kidney function", "kidney function", ["liver function"]),
        ("liver or kidney function", "kidney function", ["liver function"]),
        ("liver and/or kidney function", "kidney function", ["liver function"]),
        ("liver, and kidney function", "kidney function", ["liver function"]),
        (
            "heart, liver and kidney function",
            "kidney function",
            ["liver function", "heart function"],
        ),
        ("fat, liver and kidney function", "kidney function", ["liver function"]),
        ("liver, new and kidney function", "kidney function", []),
        ("liver with kidney function", "kidney function", []),
        ("kidney function", "kidney function", []),
        ("fever and fever", "fever", []),
    ],
)
def test_shared_heads(text: str, name: str, expected: list[str]) -> None:
    assert _shared(text, name) == expected


@given(st.lists(st.sampled_from(_WORDS), max_size=8))
def test_a_shared_name_is_known_and_its_parts_stand_in_order(words: list[str]) -> None:
    text = " ".join([*words, "and kidney function"])
    start, end = len(text) - len("kidney function"), len(text)
    for (a, b), (c, d) in shared_heads(text, start, end, _KNOWN.__contains__):
        assert f"{text[a:b]} {text[c:d]}" in _KNOWN
        assert 0 <= a < b <= start < c < d == end


@pytest.mark.parametrize(
    ("text", "parts", "names", "expected"),
    [
        ("scab and skin erosion", ["scab", "erosion"], ["scab", "skin erosion"], True),
        ("acute rash or joint pain", ["acute rash", "joint"], ["rash", "joint pain"], True),
        ("edema, swelling, pain", ["edema", "pain"], ["edema", "swelling", "pain"], True),
        ("renal and hepatic failure", ["renal", "failure"], ["hepatic failure"], False),
        ("liver pain and failure", ["liver", "failure"], ["liver pain"], False),
        ("pain in arms and legs", ["pain in", "legs"], ["pain"], False),
    ],
)
def test_parts_of_two_names_share_nothing(text, parts, names, expected):
    def places(words):
        return [(text.index(word), text.index(word) + len(word)) for word in words]

    assert share_nothing(places(parts), places(names)) is expected
