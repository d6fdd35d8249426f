from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.read.grid import Cell, table_lines

_CELLS = st.builds(Cell, st.sampled_from(["a", "b", ""]), st.integers(1, 4), st.integers(1, 3))


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([[Cell("a"), Cell(""), Cell("c")]], ["a |  | c"]),
        ([[Cell("Skin", row_span=3), Cell("x")], [Cell("y")]], ["Skin | x", "Skin | y"]),
        ([[Cell("h", column_span=2), Cell("i")], [Cell("1")]], ["h |  | i", "1"]),
        ([[Cell("wide", column_span=3)]], ["wide"]),
        ([[Cell("a"), Cell("b", row_span=2)], [Cell("c")]], ["a | b", "c | b"]),
        ([[Cell("a"), Cell("x"), Cell("b", row_span=2)], [Cell("c")]], ["a | x | b", "c |  | b"]),
        ([[Cell(""), Cell("")], []], []),
    ],
)
def test_spans(rows: list[list[Cell]], lines: list[str]) -> None:
    assert table_lines(rows) == lines


def test_a_huge_span_costs_little() -> None:
    assert len(table_lines([[Cell("a", column_span=999_999), Cell("b")]])[0]) < 400


@given(st.lists(st.lists(_CELLS, max_size=4), max_size=5))
def test_every_cell_is_written(rows: list[list[Cell]]) -> None:
    text = "".join(table_lines(rows))
    for letter in "ab":
        assert text.count(letter) >= sum(cell.text == letter for row in rows for cell in row)
