"""A screen leaves out no pattern that matches."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

_CUES = [
    row.text("cue") for row in read_table("section_cues.tsv", ("label", "weight", "cue", "example"))
]
_EXAMPLES = [
    row.text("example")
    for row in read_table("section_cues.tsv", ("label", "weight", "cue", "example"))
]


def test_patterns_are_numbered_as_given_and_in_order() -> None:
    screen = Screen(["rash", r"\d", "fever|rash"])
    assert screen.open_to("a rash") == [0, 1, 2]
    assert screen.open_to("fever") == [1, 2]
    assert screen.open_to("") == [1]


def test_whether_any_may_match_is_told_alone() -> None:
    screen = Screen(["rash", "fever|itch"])
    assert screen.may_match("an ITCH")
    assert not screen.may_match("none")
    assert Screen([r"\d"]).may_match("")


def test_short_literals_are_found_in_long_words() -> None:
    assert Screen(["mg", "°"]).open_to(f"{'x' * 100}5mg 20°C") == [0, 1]


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    screen = Screen(["rash", "itch"])
    texts = ["rash", "itch and rash", "RASH", "none", "x" * 50 + "rash"]
    first = [screen.open_to(text) for text in texts]
    assert [screen.open_to(text) for text in reversed(texts)] == first[::-1]


def test_every_cue_is_open_to_its_example() -> None:
    screen = Screen(_CUES)
    for number, example in enumerate(_EXAMPLES):
        assert number in screen.open_to(example)


@given(st.lists(st.sampled_from(" ".join(_EXAMPLES).split()) | st.text(max_size=6), max_size=30))
def test_no_cue_that_matches_is_left_out(words: list[str]) -> None:
    text = " ".join(words)
    matching = {n for n, cue in enumerate(_CUES) if re.search(cue, text, re.IGNORECASE)}
    assert matching <= set(_SCREEN.open_to(text))


_SCREEN = Screen(_CUES)
