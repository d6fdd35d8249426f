"""The page on the record, from its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monograph_nlp.record.validate import schema_text
from reference.cells import code, plain, table

_OBJECT = "object"
_BOUNDS = (
    ("minimum", "from"),
    ("maximum", "to"),
    ("minLength", "at least"),
    ("pattern", "matches"),
)


def page() -> str:
    """Return the page: the record's own fields, then each object in it, then the kinds of values."""
    return "\n".join(_lines(json.loads(schema_text())))


def _lines(schema: Mapping[str, Any]) -> Iterator[str]:
    parts: Mapping[str, Any] = schema["$defs"]
    yield from ("# The record", "", plain(schema["description"]), "")
    yield from (
        f"Every record is valid against the schema {code(schema['$id'])}, which",
        "`monograph-nlp schema` prints. A record is one JSON object, on one line of a JSONL file.",
        "",
    )
    yield from ("## `record`", "", *_fields(schema, parts))
    for name, part in parts.items():
        if part["type"] == _OBJECT:
            yield from (f"## `{name}` {{#{name}}}", "", plain(part.get("description", "")), "")
            yield from _fields(part, parts)
    yield from ("## Kinds of values", "")
    for name, part in parts.items():
        if part["type"] != _OBJECT:
            yield from (f"### `{name}` {{#{name}}}", "", plain(part["description"]), "")
            yield from (f"{_kind(part)}.", "")


def _fields(part: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[str]:
    required = set(part.get("required", ()))
    rows = (
        (code(name), _kind(value) + ("" if name in required else ", optional"), _said(value, parts))
        for name, value in part["properties"].items()
    )
    return table(("field", "type", "what it holds"), rows)


def _said(value: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return the description of a field, else that of what it holds."""
    part = parts.get(value.get("$ref", "").removeprefix("#/$defs/"), {})
    return plain(value.get("description") or part.get("description", ""))


def _kind(value: Mapping[str, Any]) -> str:
    """Return what a field may hold: its type with a link, its values, its bounds."""
    if "$ref" in value:
        name = value["$ref"].removeprefix("#/$defs/")
        return f"[{name}](#{name})"
    if "anyOf" in value:
        return " or ".join(_kind(one) for one in value["anyOf"])
    if "const" in value:
        return code(json.dumps(value["const"]))
    if "enum" in value:
        return ", ".join(code("null" if one is None else str(one)) for one in value["enum"])
    if value.get("type") == "array":
        return f"list of {_kind(value['items'])}" if "items" in value else _tuple(value)
    kinds = value.get("type", "any value")
    name = " or ".join(kinds) if isinstance(kinds, list) else kinds
    bounds = (f"{word} {code(str(value[key]))}" for key, word in _BOUNDS if _tells(value, key))
    return " ".join([name, *bounds])


def _tells(value: Mapping[str, Any], key: str) -> bool:
    return key in value and (key, value[key]) != ("minLength", 1)


def _tuple(value: Mapping[str, Any]) -> str:
    return f"list of {' and '.join(_kind(one) for one in value.get('prefixItems', ()))}"
