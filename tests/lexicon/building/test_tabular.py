from __future__ import annotations

import msgspec
import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.tabular import csv_rows, json_value, tsv_rows


class _Shape(msgspec.Struct):
    id: str


def test_tsv_rows_keep_line_numbers_and_pass_over_empty_lines():
    rows = list(tsv_rows(b"\xef\xbb\xbfa\tb\r\n\r\nc\td\te\n", "t.tsv", 2))
    assert rows == [(1, ["a", "b"]), (3, ["c", "d", "e"])]


def test_a_quote_is_a_letter_in_a_tsv():
    assert list(tsv_rows(b'"a\tb"\n', "t.tsv", 2)) == [(1, ['"a', 'b"'])]


def test_a_short_tsv_row_names_file_and_line():
    with pytest.raises(LexiconError, match=r"t\.tsv:2: 1 cells; expected at least 2"):
        list(tsv_rows(b"a\tb\nc\n", "t.tsv", 2))


def test_bytes_that_are_no_text_name_the_line():
    with pytest.raises(LexiconError, match=r"t\.tsv:3: not UTF-8"):
        list(tsv_rows(b"a\nb\n\xff\n", "t.tsv", 1))


def test_csv_rows_are_read_by_column():
    data = b'\xef\xbb\xbfname,note\n"a, b",x\n'
    assert [row["name"] for row in csv_rows(data, "t.csv", ["name"])] == ["a, b"]


def test_a_missing_csv_column_is_named():
    with pytest.raises(LexiconError, match=r"t\.csv:1: no column 'name'"):
        list(csv_rows(b"title,note\na,b\n", "t.csv", ["name"]))


def test_a_short_csv_row_names_file_and_line():
    with pytest.raises(LexiconError, match=r"t\.csv:3: 1 cells; expected at least 2"):
        list(csv_rows(b"name,note\na,b\nc\n", "t.csv", ["name"]))


def test_json_passes_over_fields_that_nobody_reads():
    assert json_value(b'[{"id": "a", "more": 1}]', "t.json", list[_Shape])[0].id == "a"


@pytest.mark.parametrize("data", [b"{", b'[{"id": 1}]', b"[{}]", b'[{"id": "\xff"}]'])
def test_json_of_another_shape_is_an_error(data):
    with pytest.raises(LexiconError, match=r"t\.json: "):
        json_value(data, "t.json", list[_Shape])
