"""The string layer takes linear time, and no input makes a regular expression backtrack badly."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.headings import find_headings
from monograph_nlp.text.language import language_of
from monograph_nlp.text.normalize import normalize
from monograph_nlp.text.sectioning import find_sections
from monograph_nlp.text.sentences import split_units
from monograph_nlp.text.set_aside import find_set_aside
from monograph_nlp.text.subject import find_subject

_PAGE = """4.{} Undesirable effects

Zynovia\u00a0(examplinib) is a selective kinase inhibitor.It binds tightly to cells, e.g. B cells.

Common: fever and \u201cchills\u201d were seen in 12.5% of patients.
• nausea
  - mild vomiting
• headache (up to 1 in 10 people)

Event | Drug | Placebo
Fever | 12% | 3%

WARNINGS
The recommended dose is 10 mg once daily. It may be stopped; see Dr. Smith. So it was in 2019.
Die Behandlung ist nicht für Kinder und wird nur von der Ärztin begonnen.

"""
_HOSTILE = {
    "spaces": " " * 100_000,
    "space inside": "a" + " " * 100_000 + "b",
    "one word": "a" * 100_000,
    "capitals": "A" * 100_000,
    "hyphens": "a-" * 50_000,
    "brackets": "(" * 50_000,
    "opened words": "(a " * 20_000,
    "slashes": "12/" * 20_000,
    "digits": "1" * 50_000,
    "numbers": "1, " * 20_000,
    "full stops": "." * 100_000,
    "numbered": "1. " * 4_000,
    "quoted": 'a." ' * 4_000,
    "quotation marks": '"a ' * 20_000,
    "bars": "|" * 100_000,
    "cells": "a | " * 20_000,
    "tags": "<div " * 20_000,
    "braces": "{{" * 50_000,
    "images": "![](a" * 10_000,
    "crumbs": "Home > " * 10_000,
    "telephones": "Tel " * 20_000,
    "line ends": "\n" * 100_000,
    "short lines": "a\n" * 10_000,
    "headings": "ABC DEF\n\n" * 8_000,
    "numbered headings": "".join(f"{i % 9}.{i % 7} Foo bar\n\nText.\n\n" for i in range(4_000)),
    "items": "• item\n" * 10_000,
    "one long line": "fever and rash, " * 12_000,
    "names": "Zyn is a Zyn (" * 5_000,
    "one sentence": "Wae. " * 4_000,
    "zero-width": "\u200b" * 50_000,
    "other script": "药" * 50_000,
}


def _functions(text: str) -> dict[str, Callable[[], object]]:
    blocks = split_blocks(text)
    barred = [(zone.start, zone.end) for zone in find_set_aside(text)]
    return {
        "normalize": lambda: normalize(text),
        "split_blocks": lambda: split_blocks(text),
        "find_headings": lambda: find_headings(text, run_in=True),
        "find_sections": lambda: find_sections(text, (), blocks, barred),
        "find_set_aside": lambda: find_set_aside(text),
        "language_of": lambda: language_of(text),
        "split_units": lambda: list(split_units(text, blocks)),
        "find_subject": lambda: find_subject(
            text,
            text[:100],
            drug_score=lambda name: float(name == "examplinib"),
            substance_of=lambda name: None,
        ),
    }


def _seconds(call: Callable[[], object]) -> float:
    start = process_time()
    call()
    return process_time() - start


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
def test_no_input_takes_long(text: str) -> None:
    taken = {name: _seconds(call) for name, call in _functions(text).items()}
    assert {name: seconds for name, seconds in taken.items() if seconds > 2} == {}


def test_time_grows_with_the_length_and_no_faster() -> None:
    pages = [_PAGE.format(number % 10) for number in range(400)]
    short, long = _functions("".join(pages[:100])), _functions("".join(pages))
    for name, call in short.items():
        call()  # compiles the tables
        least = min(_seconds(call) for _ in range(3))
        most = min(_seconds(long[name]) for _ in range(2))
        assert most < 8 * least + 0.02, name
