"""Each row of list_scopes.tsv on its example, and what goes on with a list."""

from __future__ import annotations

import pytest

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text import list_scopes as module
from monograph_nlp.text.list_scopes import COLUMNS, TABLE, is_listed, scope_opened

_ROWS = read_table(TABLE, COLUMNS)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.text("example"))
def test_each_row_opens_the_scope_that_it_names(row: Row) -> None:
    assert scope_opened(row.text("example")) == row.text("assertion")


@pytest.mark.parametrize(
    "line",
    [
        "Adverse reactions in adults are:",
        "It was not studied in patients taking other diuretics.",
        "Call your doctor after an overdose.",
    ],
)
def test_other_lines_open_none(line: str) -> None:
    assert scope_opened(line) is None


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("rash, itching", "paragraph", True),
        ("Skin: rash, itching.", "paragraph", True),
        ("Rash was seen in adults.", "paragraph", False),
        ("Rash was seen in adults.", "item", True),
    ],
)
def test_what_goes_on_with_a_list(text: str, kind: str, wanted: bool) -> None:
    assert is_listed(text, kind) is wanted


def test_a_text_that_may_lead_to_such_a_list_is_told_from_others() -> None:
    assert module.may_open("It was like the reactions reported with other antibiotics")
    assert not module.may_open("Nausea and vomiting.")
