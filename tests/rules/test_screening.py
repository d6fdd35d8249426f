"""A screen leaves out no pattern that matches."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys

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

_SCREEN = Screen(_CUES)


def test_patterns_are_numbered_as_given_and_in_order() -> None:
    screen = Screen(["rash", r"\d", "fever|rash"])
    assert screen.open_to("a rash") == (0, 1, 2)
    assert screen.open_to("fever") == (1, 2)
    assert screen.open_to("") == (1,)


def test_whether_any_may_match_is_told_alone() -> None:
    screen = Screen(["rash", "fever|itch"])
    assert screen.may_match("an ITCH")
    assert not screen.may_match("none")
    assert Screen([r"\d"]).may_match("")


def test_short_literals_are_found_in_long_words() -> None:
    assert Screen(["mg", "°"]).open_to(f"{'x' * 100}5mg 20°C") == (0, 1)


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    screen = Screen(["rash", "itch"])
    texts = ["rash", "itch and rash", "RASH", "none", "x" * 50 + "rash"]
    first = [screen.open_to(text) for text in texts]
    assert [screen.open_to(text) for text in reversed(texts)] == first[::-1]


def test_bits_of_another_process_are_not_taken_over() -> None:
    sent = pickle.dumps(Screen(["wheal", "flare"]))
    lone = "import pickle, sys; print(pickle.loads(sys.stdin.buffer.read()).open_to('a flare'))"
    done = subprocess.run([sys.executable, "-c", lone], input=sent, capture_output=True, check=True)
    assert done.stdout == b"(1,)\n"


def test_ranges_hold_the_lines_beside() -> None:
    text = "a\nb\nno rash\nc\nd\ne\nrash\n"
    (place,) = Screen(["rash"]).ranges("rash").values()
    assert place == [(0, 4)]
    ((first, second),) = Screen(["rash"]).ranges(text).values()
    assert [text[slice(*one)] for one in (first, second)] == ["b\nno rash\nc\n", "e\nrash\n"]
    assert Screen([r"\d"]).ranges("a\nb") == {0: [(0, 3)]}


@given(st.lists(st.sampled_from(_EXAMPLES) | st.text(max_size=6), max_size=9))
def test_ranges_leave_out_no_match_within_two_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    ranges = _SCREEN.ranges(text)
    for number, cue in enumerate(_CUES):
        for match in re.finditer(cue, text, re.IGNORECASE):
            if len(match.group().splitlines()) <= 2:
                assert any(a <= match.start() and match.end() <= b for a, b in ranges[number])


def test_every_cue_is_open_to_its_example() -> None:
    screen = Screen(_CUES)
    for number, example in enumerate(_EXAMPLES):
        assert number in screen.open_to(example)


@given(st.lists(st.sampled_from(" ".join(_EXAMPLES).split()) | st.text(max_size=6), max_size=30))
def test_no_cue_that_matches_is_left_out(words: list[str]) -> None:
    text = " ".join(words)
    matching = {n for n, cue in enumerate(_CUES) if re.search(cue, text, re.IGNORECASE)}
    assert matching <= set(_SCREEN.open_to(text))
