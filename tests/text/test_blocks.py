from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.blocks import Block, cells, is_header, split_blocks

_PARTS = st.sampled_from(
    ["Common:", "fever and rash", "• ", "  - ", "1. ", "(a) ", " | ", "   ", "12%", "\n", "\n\n",
     "---", "=====", "x", ".", "Word " * 12, "small words that go on", " ", "|", "*", "2) "]
)  # fmt: skip
_TEXTS = st.one_of(st.lists(_PARTS, max_size=14).map("".join), st.text(max_size=80))
# what may stand outside of blocks: white space, bullets, numbers of items, rulers
_OUTSIDE = re.compile(r"[\s•◦▪‣·●○■□►✓*–—|:=_+.-]*(?:\(?[a-z\d]{1,4}[.)])?[\s|:=_*+.-]*")


def _shown(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text_of(text)) for block in split_blocks(text)]


@given(_TEXTS)
def test_blocks_are_in_order_and_hold_every_letter(text: str) -> None:
    done = 0
    for number, block in enumerate(split_blocks(text)):
        assert done <= block.start < block.end <= len(text)
        assert all(_OUTSIDE.fullmatch(line) for line in text[done : block.start].split("\n"))
        assert block.text_of(text) == block.text_of(text).strip()
        assert block.header is None or block.header < number
        assert block.kind != "row" or "\n" not in block.text_of(text)
        done = block.end
    assert all(_OUTSIDE.fullmatch(line) for line in text[done:].split("\n"))


@given(_TEXTS)
def test_cells_are_in_order_inside_their_row_and_hold_every_letter(text: str) -> None:
    for block in split_blocks(text):
        if block.kind == "row":
            done = block.start
            for start, end in cells(text, block):
                assert done <= start <= end <= block.end
                assert not text[done:start].strip(" |")
                done = end
            assert not text[done : block.end].strip(" |")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("One.\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("• a\n◦ b\n- c", [("item", "a"), ("item", "b"), ("item", "c")]),
        ("1. one\n2) two\n(a) three", [("item", "one"), ("item", "two"), ("item", "three")]),
        ("• Fever and\n  chills", [("item", "Fever and\n  chills")]),
        ("• Fever and\nchills", [("item", "Fever and\nchills")]),
        ("• Fever\n\nand more", [("item", "Fever"), ("paragraph", "and more")]),
        ("• Fever\n  Chills", [("item", "Fever"), ("item", "Chills")]),
        ("-5 degrees", [("paragraph", "-5 degrees")]),
        ("12. 5 mg is one", [("item", "5 mg is one")]),
        ("Event | Drug\n--- | ---\nRash | 5", [("row", "Event | Drug"), ("row", "Rash | 5")]),
        ("Rash   5%   2%", [("row", "Rash   5%   2%")]),
        ("Rash   12%", [("row", "Rash   12%")]),
        ("A sentence.   Another one.", [("paragraph", "A sentence.   Another one.")]),
        ("=======\nText", [("paragraph", "Text")]),
    ],
)
def test_split_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert _shown(text) == expected


def test_a_hard_wrapped_paragraph_is_one_block() -> None:
    lines = [
        "The drug is taken once daily with food, and it is swallowed whole",
        "because the coating protects the stomach from the substance, which",
        "irritates it. Patients who forget a dose take it when they remember",
        "and go on as before.",
    ]
    text = "\n".join(lines)
    assert _shown(text) == [("paragraph", text)]


def test_short_lines_are_blocks_of_their_own() -> None:
    assert len(split_blocks("Fever\nRash\nHeadache")) == 3


def _headers(text: str) -> list[tuple[str, str | None]]:
    blocks = split_blocks(text)
    return [
        (b.text_of(text), None if b.header is None else blocks[b.header].text_of(text))
        for b in blocks
    ]


def test_the_line_before_a_list_governs_it() -> None:
    assert _headers("Common:\n• fever\n• rash\n\nEnd.") == [
        ("Common:", None),
        ("fever", "Common:"),
        ("rash", "Common:"),
        ("End.", None),
    ]


def test_a_sentence_before_a_list_does_not_govern_it() -> None:
    assert _headers("It is over.\n• fever") == [("It is over.", None), ("fever", None)]


def test_an_item_governs_the_items_set_in_below_it() -> None:
    assert _headers("Tell us:\n• blood:\n  ◦ anaemia\n• skin") == [
        ("Tell us:", None),
        ("blood:", "Tell us:"),
        ("anaemia", "blood:"),
        ("skin", "Tell us:"),
    ]


def test_a_table_ends_what_a_line_governs() -> None:
    assert _headers("Rare:\n• fever\nRash | 5\n• itch")[-1] == ("itch", None)


def test_the_first_row_of_a_table_governs_the_others() -> None:
    assert _headers("Event | Drug\nRash | 5\n\nTest | Day\nBlood | 1") == [
        ("Event | Drug", None),
        ("Rash | 5", "Event | Drug"),
        ("Test | Day", None),
        ("Blood | 1", "Test | Day"),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a | b | c", ["a", "b", "c"]),
        ("a |  | c", ["a", "", "c"]),
        ("a   b", ["a", "b"]),
        ("one", ["one"]),
    ],
)
def test_cells(row: str, expected: list[str]) -> None:
    found = cells(row, Block(0, len(row), "row"))
    assert [row[start:end] for start, end in found] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Common:", True), ("**Common:**", True), ("Side effects", True), ("It is so.", False),
     ("one,", False), ("word " * 40, False), ("word " * 40 + ":", True)],
)  # fmt: skip
def test_is_header(line: str, expected: bool) -> None:
    assert is_header(line) is expected


def test_a_row_of_figures_heads_no_table() -> None:
    text = "Nausea | 12% | 3%\nRash | 4% | 1%"
    assert [block.header for block in split_blocks(text)] == [None, None]


def test_items_that_lost_their_bullets_follow_a_colon() -> None:
    text = (
        "Signs include:\n\nfever, chills\n\nfits. Common side effects\n\nheadache\n\nCall a doctor."
    )
    blocks = split_blocks(text)
    assert [block.kind for block in blocks] == ["paragraph", "item", "item", "item", "paragraph"]
    assert [block.header for block in blocks] == [None, 0, 0, 2, None]


def test_paragraphs_behind_a_colon_that_begin_anew_are_no_items() -> None:
    assert [block.kind for block in split_blocks("It says:\n\nFever is common.")] == [
        "paragraph",
        "paragraph",
    ]


def test_two_header_rows_and_a_blank_line_stand_over_a_table() -> None:
    text = "Drug n=229   Other n=111\nEvent   All grades   Grade 3\n\nRash   31   0\nPain   2   1"
    assert [block.header for block in split_blocks(text)] == [None, 0, 1, 1]


def test_a_header_far_above_heads_no_table() -> None:
    text = f"Event   Drug   Placebo\n\n{'It says much. ' * 30}\n\nRash   31   0"
    assert [block.header for block in split_blocks(text)] == [None, None, None]


def test_a_list_in_one_line_is_a_list() -> None:
    text = "It relieves:    •itching    • pain with:    • fever\nOther  • words | in a cell"
    blocks = split_blocks(text)
    assert _shown(text)[:4] == [
        ("paragraph", "It relieves:"),
        ("item", "itching"),
        ("item", "pain with:"),
        ("item", "fever"),
    ]
    assert [block.header for block in blocks[:4]] == [None, 0, 0, 2]
    assert blocks[4].kind == "row"


def test_lines_that_name_columns_stand_over_a_table_whatever_their_gaps() -> None:
    text = (
        "Table 1: Reactions of patients in the two studies\n"
        "   Examplinib (N=791) Placebo (N=394)\n"
        "Term    All grades (%)    Grade 3 or 4 (%)\n\n"
        "  Rash    5    2\n"
    )
    blocks = split_blocks(text)
    assert [block.kind for block in blocks] == ["paragraph", "row", "row", "row"]
    assert [block.header for block in blocks] == [None, None, 1, 2]


def test_a_table_goes_on_behind_the_name_of_a_group_between_blank_lines() -> None:
    text = "Term    Drug (%)\nSkin\n  Rash    5\n\nEyes\n  Pain    2\n\nThis is the end of it.\n  Other    9\n"
    blocks = [block for block in split_blocks(text) if block.kind == "row"]
    assert [block.header for block in blocks] == [None, 0, 0, None]


def test_a_number_in_the_name_of_a_column_is_no_figure() -> None:
    text = "Term    To Week 52 To Week 100\n    Drug (N=5)    Placebo (N=6)\nRash    5%    2%"
    assert [block.header for block in split_blocks(text)] == [None, 0, 1]


def test_names_with_a_capital_are_items_behind_a_line_that_announces_them() -> None:
    text = "It treats the following inflammatory diseases:\n\nPsoriasis\n\nGout - in adults\n\nIt works well. So it is."
    assert [(b.kind, b.header) for b in split_blocks(text)] == [
        ("paragraph", None), ("item", 0), ("item", 0), ("paragraph", None)
    ]  # fmt: skip
    assert {b.kind for b in split_blocks(text.replace("following", "many"))} == {"paragraph"}
