"""Is a record what the schema promises, and does it agree with itself and with its text?

The compiled validator (jsonschema-rs) decides, since it is a hundred times faster; the reference
validator (jsonschema) explains what is wrong. The cross-field checks follow, on a record whose
shape is known to be right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import msgspec

from monograph_nlp.errors import ConfigError, ReadError, RecordError
from monograph_nlp.record.codec import from_dict
from monograph_nlp.record.crosscheck import CHECKS
from monograph_nlp.record.problem import Problem
from monograph_nlp.types import Record

if TYPE_CHECKING:
    import jsonschema
    import jsonschema_rs

__all__ = ["VERSION", "Problem", "problems", "schema_text", "valid", "validate", "versions"]

VERSION = "1.0"  # of the records that this package writes
_LONGEST = 300  # characters of a message: jsonschema quotes whole objects


def schema_text(version: str = VERSION) -> str:
    """Return the JSON Schema of a version of the record, as the file holds it.

    Raises:
        ConfigError: there is no such version; names those that exist.
    """
    known = versions()
    if version not in known:
        raise ConfigError(
            f"record schema {version!r}: no such version; expected one of {', '.join(known)}. "
            "Name one of them."
        )
    return (_folder() / f"{version}.json").read_text(encoding="utf-8")


def versions() -> tuple[str, ...]:
    """Return the versions of the record whose schema this package holds, in order."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def problems(record: Mapping[str, object], text: str | None = None) -> list[Problem]:
    """Return what is wrong with a record: none if it is valid.

    Args:
        record: the JSON object of the record.
        text: ``Monograph.text``; where it is not given, the record's own ``text`` if it has one.

    A record that breaks the schema is not checked further, since its fields cannot be trusted.
    """
    return _checked(record, text)[1]


def validate(line: bytes | str, text: str | None = None) -> None:
    """Raise ``RecordError``, which names the first problem's JSON path, unless the record is valid.

    Args:
        line: the record as JSON.
        text: as for ``problems``.
    """
    valid(line, text)


def valid(line: bytes | str, text: str | None = None) -> Record:
    """Return the record that a line of JSON holds; raises and takes what ``validate`` does."""
    try:
        record = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as cause:
        raise RecordError("?", "$", f"not JSON ({cause})") from cause
    typed, found = _checked(record, text)
    if typed is None or found:
        name = record.get("id", "?") if isinstance(record, dict) else "?"
        raise RecordError(str(name), found[0].path, found[0].message)
    return typed


def _checked(record: Mapping[str, object], text: str | None) -> tuple[Record | None, list[Problem]]:
    """The record, where its shape is that of one, and what is wrong with it."""
    if not _fast().is_valid(record):
        return None, list(_explain(record))
    try:
        typed = from_dict(record)
    except ReadError as cause:  # the schema takes 3.0 for an integer; the types do not
        return None, [Problem(cause.where.removeprefix("record: "), cause.what, None)]
    text = typed.text if text is None else text
    return typed, [problem for check in CHECKS for problem in check(typed, text)]


def _explain(record: Mapping[str, object]) -> Iterator[Problem]:
    from jsonschema.exceptions import best_match

    explained = False
    for error in _reference().iter_errors(record):
        best = best_match([error])
        yield Problem(best.json_path, _shorten(best.message), best.instance)
        explained = True
    if not explained:  # the two disagree: the one that decides has the last word
        for error in _fast().iter_errors(record):
            yield Problem("$", _shorten(error.message), None)


def _shorten(message: str) -> str:
    if len(message) <= _LONGEST:
        return message
    return f"{message[: _LONGEST // 2]} … {message[-_LONGEST // 2 :]}"


def _folder() -> Traversable:
    return files("monograph_nlp") / "schemas" / "record"


@cache
def _fast() -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(json.loads(schema_text()))


@cache
def _reference() -> jsonschema.Draft202012Validator:
    import jsonschema

    return jsonschema.Draft202012Validator(json.loads(schema_text()))
