"""Rows of the user's own: checked on their examples, written all or none, and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monograph_nlp.errors import RuleError
from monograph_nlp.pipeline import extract, load
from monograph_nlp.rulebook.adding import _value, add_rows, read_sheet
from monograph_nlp.rules import Row
from monograph_nlp.text.relation_rules import read_rows

GOOD = {
    "id": "our-disables",
    "predicate": "has_target",
    "object": "TARGET",
    "trigger": r"{subject} disables\b",
    "direction": "after",
    "example": "{Examplinib} disables <o>CD38</o>.",
    "counterexample": "{Examplinib} is for <o>CD38</o>-positive myeloma.",
}


def test_a_row_is_appended_and_states_facts(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    assert add_rows(own, [GOOD]) == 1
    assert add_rows(own, [GOOD | {"id": "our-other"}]) == 1
    assert len(own.read_text().splitlines()) == 2
    config = tmp_path / "own.cfg"
    config.write_text(f'[components.relations]\nmore = "{own.as_posix()}"\n')
    text = tmp_path / "daratumumab.txt"
    text.write_text("Daratumumab\n\nMechanism of action\nDaratumumab disables CD38.\n")
    (record,) = extract(text, nlp=load(config, profile="lexicon"))
    assert [fact.object.text for fact in record.facts if fact.rule == "our-disables"] == ["CD38"]


def test_a_row_behind_a_last_line_without_an_end_has_a_line_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    add_rows(own, [GOOD])
    own.write_text(own.read_text().removesuffix("\n"))
    add_rows(own, [GOOD | {"id": "our-other"}])
    assert [row.text("id") for row in read_rows(str(own))] == ["our-disables", "our-other"]


def test_a_file_that_is_no_utf_8_is_told_and_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_bytes(b"# \xfc\n")
    with pytest.raises(RuleError, match=r"own\.jsonl: not UTF-8"):
        add_rows(own, [GOOD])
    assert own.read_bytes() == b"# \xfc\n"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": ""}, "id is empty"),
        ({"id": "class-is"}, "another row has this id"),
        ({"predicate": "has_taget"}, "predicate 'has_taget'; expected one of"),
        ({"object": "TARGETS"}, "object 'TARGETS'"),
        ({"sections": "NOWHERE"}, "sections 'NOWHERE'"),
        ({"trigger": "{subject} hits"}, "in its example it finds nothing"),
        ({"trigger": "("}, "no regular expression"),
        ({"counterexample": "{Examplinib} disables <o>CD20</o>."}, "fires on its counterexample"),
        ({"counterexample": "No marks."}, "marks no mention"),
        ({"example": "{Examplinib} disables CD38."}, "marks 0 objects"),
        ({"score": "high"}, "score 'high'"),
    ],
)
def test_a_bad_row_is_refused_and_nothing_is_written(
    tmp_path: Path, changed: dict[str, str], message: str
) -> None:
    own = tmp_path / "own.jsonl"
    with pytest.raises(RuleError) as told:
        add_rows(own, [GOOD, GOOD | {"id": "our-second"} | changed])
    assert message in str(told.value)
    assert str(told.value).startswith("row 2 (")
    assert not own.exists()


def test_a_spreadsheet_is_rows(tmp_path: Path) -> None:
    sheet = tmp_path / "rows.csv"
    keys = list(GOOD)
    cells = [f'"{GOOD[key]}"' for key in keys]
    sheet.write_text("﻿" + ",".join(keys) + ",sections\n" + ",".join(cells) + ",\n", "utf-8")
    assert read_sheet(sheet) == [GOOD]
    assert add_rows(tmp_path / "own.jsonl", read_sheet(sheet)) == 1


def test_an_unknown_column_is_told(tmp_path: Path) -> None:
    sheet = tmp_path / "rows.tsv"
    sheet.write_text("id\tword\nx\ty\n")
    with pytest.raises(RuleError, match="'word'; expected columns among id, "):
        read_sheet(sheet)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "rows.csv",
            b"id,object\na,TARGET\nb,TARGET,more, \n",
            r"rows\.csv:3: 'more' beyond the last",
        ),
        ("rows.csv", b"id,object,id\na,TARGET,b\n", r"rows\.csv:1: 'id'; expected .*, each once"),
        ("rows.csv", "id,object\nä,TARGET\n".encode("latin-1"), r"rows\.csv: not UTF-8"),
        ("rows.csv", "id,object\nä,TARGET\n".encode("utf-16"), r"rows\.csv: not UTF-8"),
        ("rows.csv", b'id,object\na,"TAR"GET\n', r"rows\.csv:2: .* quotes in pairs"),
        ("rows.tsv", b'id\tobject\n"a\tTARGET\n', r"rows\.tsv:2: .* quotes in pairs"),
        ("rows.csv", b"", r"rows\.csv:1: no header"),
    ],
)
def test_a_sheet_that_is_no_such_table_is_refused_with_its_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    sheet = tmp_path / name
    sheet.write_bytes(content)
    with pytest.raises(RuleError, match=message):
        read_sheet(sheet)


def test_empty_cells_beyond_the_header_are_none(tmp_path: Path) -> None:
    sheet = tmp_path / "rows.csv"
    sheet.write_text("id,object\na,TARGET,,\nb\n")
    assert read_sheet(sheet) == [{"id": "a", "object": "TARGET"}, {"id": "b"}]


@pytest.mark.parametrize("row", read_rows(), ids=lambda row: row.text("id"))
def test_a_cell_of_a_sheet_is_read_as_what_the_table_holds(row: Row) -> None:
    for key, value in row.values.items():
        cell = "|".join(value) if isinstance(value, list) else value
        told = json.dumps(cell) if isinstance(cell, bool | dict) else str(cell)
        read = _value(key, told, row.where)
        assert isinstance(read, type(value)) or (isinstance(value, int) and read == value)


def test_a_cell_of_another_type_is_told() -> None:
    with pytest.raises(RuleError, match="row 1: guard 'maybe'; expected true or false"):
        _value("guard", "maybe", "row 1")
    with pytest.raises(RuleError, match=r"qualifiers '.1.'; expected a JSON object"):
        _value("qualifiers", "[1]", "row 1")
