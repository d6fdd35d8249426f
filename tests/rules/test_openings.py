"""A guarded alternation matches what the bare one does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.rules import read_table
from monograph_nlp.rules.openings import guarded

_COLUMNS = ("id", "label", "pattern", "example", "counterexample")
_ROWS = read_table("entities.tsv", _COLUMNS)
_PATTERNS = [row.text("pattern") for row in _ROWS]
_WORDS = " ".join(f"{row.text('example')} {row.text('counterexample')}" for row in _ROWS).split()


def _spans(pattern: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bfever",
        r"(?:a|b)?c",
        r"(?:a|b)*",
        r"[^a]b",
        r"[a-c\d]x",
        r"\wx",
        r"(?<=by )[ab]",
        r"(?<=by )\(",
        r"(?<=b)y",
        r"(?<!x)[\]^-]+",
        r"(?!a)\d|≥",
        r"(?P<one>a)?(?(one)b|c)",
        r"(?i:a)b",
        r".y",
    ],
)
def test_the_guard_holds_wherever_the_pattern_matches(pattern: str) -> None:
    text = "fever Fever by a by (c abc AB xc ]^- ≥ 3x\ny_y ac by b"
    assert _spans(guarded([pattern], pattern), text) == _spans(pattern, text)


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), max_size=40))
def test_the_entities_are_those_of_the_bare_table(words: list[str]) -> None:
    text = " ".join(words)
    whole = "|".join(f"(?:{pattern})" for pattern in _PATTERNS)
    assert _spans(guarded(_PATTERNS, whole), text) == _spans(whole, text)
