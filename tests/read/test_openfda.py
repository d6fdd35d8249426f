from __future__ import annotations

import hashlib
import json

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.read import read
from monograph_nlp.rules import Row, read_table

from .conftest import Save

_ROWS = read_table("openfda.tsv", ("field", "loinc", "title", "example"))
_LABEL = {
    "id": "abc",
    "effective_time": "20200101",
    "warnings": ["Bleeding.May be fatal.", "Second part."],
    "warnings_table": ["<table><tr><td>Bleeding</td></tr></table>"],
    "brand_new_field": ["Words."],
    "pregnancy": [],
    "openfda": {
        "generic_name": ["TESTAZOLE"],
        "substance_name": ["testazole", "Otherazole"],
        "brand_name": ["Testa"],
    },
}


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.text("field"))
def test_each_field_gives_its_section(save: Save, row: Row) -> None:
    (monograph,) = read(save("a.json", json.dumps({row.text("field"): [row.text("example")]})))
    (section,) = monograph.sections
    assert (section.loinc, section.title) == (row.text("loinc"), row.text("title"))
    assert monograph.text[section.body_start : section.end] == row.text("example")


def test_a_label_becomes_sections_in_its_order(save: Save) -> None:
    (monograph,) = read(save("a.json", json.dumps(_LABEL)))
    found = [(s.id, s.loinc, monograph.text[s.start : s.end]) for s in monograph.sections]
    assert found == [
        ("warnings", "34071-1", "Bleeding.May be fatal.\n\nSecond part."),
        ("brand_new_field", None, "Words."),
        ("pregnancy", "42228-7", ""),
    ]
    assert monograph.sections[1].title == "Brand new field"
    assert monograph.drug_names == ("TESTAZOLE", "Otherazole")
    assert (monograph.brand_names, monograph.title) == (("Testa",), "Testa")
    assert (monograph.id, monograph.source, monograph.format) == ("abc", "a.json", "openfda")


def test_a_response_yields_each_result(save: Save) -> None:
    other = {"set_id": "abc", "purpose": ["Antacid"]}
    nameless = {"purpose": ["Laxative"]}
    path = save("r.json", json.dumps({"meta": {}, "results": [_LABEL, {"a": 1}, other, nameless]}))
    errors: list[ReadError] = []
    monographs = list(read(path, on_error=errors.append))
    assert [m.id for m in monographs] == ["abc", "abc-2", "r-4"]
    assert [m.source for m in monographs] == ["r.json#1", "r.json#3", "r.json#4"]
    assert [error.where for error in errors] == ["r.json#2"]
    canonical = '{"purpose":["Antacid"],"set_id":"abc"}'
    assert monographs[1].sha256 == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_single_result_is_hashed_by_its_file(save: Save) -> None:
    data = json.dumps({"results": [_LABEL]}).encode()
    (monograph,) = read(save("r.json", data))
    assert monograph.sha256 == hashlib.sha256(data).hexdigest()


def test_a_lone_surrogate_is_replaced_and_named(save: Save) -> None:
    (monograph,) = read(save("a.json", '{"warnings": ["a\\ud83d b"]}'))
    assert monograph.text == "a\ufffd b"
    assert monograph.damage


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"name": "x", "description": "y"}', "keys: 'name', 'description'"),
        ("{}", "keys: none"),
        ("[1, 2]", "a JSON list"),
        ('"text"', "a JSON str"),
        ('{"warnings": ["x"]', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"results": []}', "no results"),
        ('{"results": [3]}', "a JSON int"),
        ('{"warnings": [" "]}', "no text"),
        ('{"error": {"code": "NOT_FOUND"}}', "keys: 'error'"),
    ],
)
def test_what_is_no_label_is_refused(save: Save, text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        list(read(save("a.json", text)))
