"""How lines of a table look: figures, headers, names of groups."""

from __future__ import annotations

import pytest

from monograph_nlp.text.table_lines import (
    is_data,
    is_group,
    leads_to_shares,
    may_head,
    names_columns,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Rash | 5% | 2%", True),
        ("Rash    12 (4.1)    3 (1.0)", True),
        ("Reaction | Drug (n = 120) | Placebo (n = 118)", False),
        ("Visit | Week 52 | Week 104", False),
    ],
)
def test_a_row_of_figures_has_a_cell_of_nothing_else(line: str, expected: bool) -> None:
    assert is_data(line) is expected


def test_a_header_without_bars_has_a_gap_or_sizes() -> None:
    assert may_head("Adverse reaction     Placebo %")
    assert not may_head("Placebo was given to 20% of them.")
    assert not may_head("Table 2. Adverse reactions     Placebo %")
    assert names_columns("Grade 3 or 4")
    assert not names_columns("Vomiting")


def test_the_name_of_a_group_is_short_and_no_sentence() -> None:
    assert is_group("Gastrointestinal disorders")
    assert not is_group("It was seen in adults.")
    assert not is_group("Table 3")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Reactions in a trial, per cent of patients:", True),
        ("Reactions (%):", True),
        ("Reactions in a trial:", False),
        ("Rash was seen in 5% of patients.", False),
    ],
)
def test_a_line_that_leads_to_a_table_of_shares(line: str, expected: bool) -> None:
    assert leads_to_shares(line) is expected
