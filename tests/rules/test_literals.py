"""Literals that a pattern needs: never one that a match can do without."""

from __future__ import annotations

import re
import sys

import pytest

from monograph_nlp.rules.literals import in_small_letters, literals


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bfever\b", {"fever"}),
        (r"FEVER", {"fever"}),
        (r"(?:acts?|works?|working) by", {"act", "work"}),  # "working" holds "work"
        (r"mechanisms? of action", {"mechanism"}),  # the longest, and no blank
        (r"(?:rash|itch)+", {"rash", "itch"}),
        (r"(?P<drug>[a-z]+) tablets?", {"tablet"}),
        (r"(?<=by )blocking", {"blocking"}),
        (r"(?=.*cookies).*", {"cookies"}),
        (r"≥\s?1", {"≥"}),
        (r"(?:fever)?", set()),
        (r"(?:fever)*", set()),
        (r"fever|\d+", set()),
        (r"(?!fever)\w+", set()),
        (r"(?<!no )\d", set()),
        (r"[a-z]+", set()),
        (r"(\()?(?(1)fever|rash)", set()),
        (r"ü", set()),  # its capital is not ASCII: no promise
        ("", set()),
    ],
)
def test_what_every_match_holds(pattern: str, expected: set[str]) -> None:
    assert literals(pattern) == expected


def test_any_sign_that_a_literal_matches_becomes_its_small_letter() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        alike = re.compile(letter, re.IGNORECASE)
        for code in range(sys.maxunicode + 1):
            if (sign := chr(code)).isalpha() and alike.match(sign):
                assert letter in in_small_letters(f"x{sign}y"), hex(code)


def test_small_letters_of_plain_text() -> None:
    assert in_small_letters("NO Rashes") == "no rashes"
