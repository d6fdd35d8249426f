"""The schema is the public contract: the types match it, and a released file never changes."""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from monograph_nlp import types as nouns
from monograph_nlp.record.validate import VERSION, schema_text, versions

FOLDER = Path(__file__).parents[2] / "schemas" / "record"
SCHEMA = json.loads(schema_text())
TYPES = {
    "concept": nouns.Concept,
    "document": nouns.Document,
    "subject": nouns.Subject,
    "section": nouns.Section,
    "mention": nouns.Mention,
    "evidence": nouns.Evidence,
    "argument": nouns.Argument,
    "fact": nouns.Fact,
    "issue": nouns.Issue,
    "coverage": nouns.Coverage,
    "provenance": nouns.Provenance,
    "record": nouns.Record,
}
OBJECTS = {**SCHEMA["$defs"], "record": SCHEMA}
JSON_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def resolved(node: dict) -> dict:
    return SCHEMA["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def shape(node: dict) -> object:
    """What a schema node says about the JSON type, in a form to compare."""
    if "anyOf" in node:
        return frozenset(shape(branch) for branch in node["anyOf"])
    if node.get("$ref", "").rpartition("/")[2] in {*TYPES, "qualifiers"}:
        return node["$ref"].rpartition("/")[2]
    node = resolved(node)
    if isinstance(node.get("type"), list):
        return frozenset(node["type"])
    if node.get("type") == "array":
        return ("array", shape(node["items"]))
    return node["type"] if "type" in node else JSON_NAMES[type(node["const"])]


def expected(annotation: object) -> object:
    """The same form, from a type annotation."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return "string"
    if origin is types.UnionType:
        return frozenset(expected(argument) for argument in arguments)
    if origin is tuple:
        return ("array", expected(arguments[0]))
    if annotation is type(None):
        return "null"
    names = {value: key for key, value in TYPES.items()}
    if dataclasses.is_dataclass(annotation):
        return names[annotation]
    return JSON_NAMES.get(annotation, "qualifiers")


def nodes(node: object) -> Iterator[dict]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


@pytest.mark.parametrize("name", TYPES)
def test_fields_are_properties_and_back(name):
    fields = [field.name for field in dataclasses.fields(TYPES[name])]
    assert fields == list(OBJECTS[name]["properties"])


@pytest.mark.parametrize("name", TYPES)
def test_field_types_match(name):
    hints = typing.get_type_hints(TYPES[name])
    properties = OBJECTS[name]["properties"]
    wanted = {key: expected(hint) for key, hint in hints.items()}
    wanted |= {"text": "string"} if name == "record" else {}  # left out rather than null
    assert {key: shape(node) for key, node in properties.items()} == wanted


@pytest.mark.parametrize("name", TYPES)
def test_literals_are_enums(name):
    for key, hint in typing.get_type_hints(TYPES[name]).items():
        if typing.get_origin(hint) is typing.Literal:
            assert resolved(OBJECTS[name]["properties"][key])["enum"] == list(typing.get_args(hint))


@pytest.mark.parametrize("name", TYPES)
def test_every_property_is_required_but_the_text(name):
    optional = set(OBJECTS[name]["properties"]) - set(OBJECTS[name]["required"])
    assert optional == ({"text"} if name == "record" else set())


def test_every_type_of_a_record_is_compared():
    described = {name for name, node in OBJECTS.items() if node.get("type") == "object"}
    assert described == {*TYPES, "qualifiers"}


def test_objects_are_closed_and_everything_is_described():
    for node in nodes(SCHEMA):
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False
            assert node["title"]
            for key, child in node["properties"].items():
                assert resolved(child).get("description"), key


def test_schema_is_valid_and_names_its_version():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == f"https://schemas.monograph-nlp.org/record/{VERSION}.json"
    assert SCHEMA["properties"]["schema_version"]["const"] == VERSION


def test_released_files_never_change():
    lines = (FOLDER / "HASHES").read_text(encoding="utf-8").splitlines()
    released = {name: digest for digest, name in (line.split() for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.json")
    }
    assert found == released, "a change is a new file: add it to HASHES, and keep the old ones"
    assert {f"{version}.json" for version in versions()} == set(found)
