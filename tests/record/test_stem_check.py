"""Each row of antibody_sources.tsv on its example: the text and the name say the same there."""

from __future__ import annotations

import pytest

from monograph_nlp.record.stem_check import COLUMNS, TABLE, source_conflicts
from monograph_nlp.rules import Row, read_table

_ROWS = read_table(TABLE, COLUMNS)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.text("source"))
def test_a_name_says_where_its_antibody_comes_from(row: Row) -> None:
    text = row.text("example")
    name = text.split()[0]
    assert list(source_conflicts(text, name, [name])) == []
    for other in _ROWS:
        if other is not row:
            rival = other.text("example").split()[0]
            (found,) = source_conflicts(text.replace(name, rival), rival, [rival])
            assert (found.said, found.named) == (row.text("source"), other.text("source"))


def test_names_without_an_infix_and_other_antibodies_say_nothing() -> None:
    assert not list(source_conflicts("Dostarlimab is a human antibody.", "dostarlimab", []))
    text = "Isatuximab is given with daratumumab, a human monoclonal antibody."
    assert not list(source_conflicts(text, "isatuximab", []))
