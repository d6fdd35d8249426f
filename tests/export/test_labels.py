"""Every label has a name and a colour of its own in brat."""

from __future__ import annotations

import re

import pytest
from tests.export.made import LABELS

from monograph_nlp.export.brat import COLUMNS, TABLE
from monograph_nlp.rules import Row, read_table

ROWS = read_table(TABLE, COLUMNS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text("label"))
def test_a_row_is_what_brat_takes(row: Row) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", row.text("color"))
    assert len(row.text("name")) <= 10
    assert row.text("example")


def test_every_label_has_one_row() -> None:
    assert tuple(row.text("label") for row in ROWS) == LABELS
    assert len({row.text("color") for row in ROWS}) == len({r.text("name") for r in ROWS}) == 16
