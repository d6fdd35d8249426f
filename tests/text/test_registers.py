"""Texts for patients, and texts for professionals."""

from __future__ import annotations

import re

import pytest

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.registers import is_for_patients


@pytest.mark.parametrize("row", read_table("registers.tsv", ("register", "pattern", "example")))
def test_a_row_finds_its_example(row: Row) -> None:
    assert re.search(row.regex("pattern"), row.text("example"), re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tell your doctor if you notice a rash.", True),
        ("Common: rash, cough. If any of these gets serious, tell your doctor.", True),
        ("The most common reactions were rash and cough.", False),
        ("Your label. " + "Rash was seen in patients. " * 60, False),  # one word alone
        ("", False),
        ("...", False),
    ],
)
def test_a_text_for_patients_addresses_them(text: str, expected: bool) -> None:
    assert is_for_patients(text) is expected
