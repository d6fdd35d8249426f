"""Record ⇄ JSON bytes: the field names of the types are those of the public contract.

Nothing is validated here beyond the types; ``record.validate`` does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import msgspec

from monograph_nlp.errors import ReadError, RecordError
from monograph_nlp.types import Record

_NO_TEXT = b',"text":null}'  # ``text`` is the last field, and is left out where it is not given


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a value of type {type(value).__name__} has no place in a record")


_encoder = msgspec.json.Encoder(enc_hook=_plain, order="deterministic")
_decoder = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """Return the record as one line of UTF-8 JSON without the newline; equal records, equal bytes.

    Raises:
        RecordError: a string holds half a surrogate pair, which no UTF-8 file can hold.
        TypeError: a field holds what JSON cannot; names the record and the JSON path.
    """
    try:
        line = _encoder.encode(record)
    except UnicodeEncodeError as cause:
        raise RecordError(record.id, "$", f"a string is not valid Unicode ({cause})") from cause
    except TypeError as cause:
        raise TypeError(
            f"record {record.id}: {_place(record)}: {cause}; expected text, a number, a boolean, None, "
            "a list of these or a mapping from str to these. "
            "Give the field the type that monograph_nlp.types says."
        ) from cause
    return line.removesuffix(_NO_TEXT) + b"}" if record.text is None else line


def decode(line: bytes | str, *, where: str = "record") -> Record:
    """Return the record that one line of JSON holds; unknown keys are passed over.

    Args:
        line: one JSON object, UTF-8 where it is bytes.
        where: what to call the line in an error, such as ``records.jsonl:3``.

    Raises:
        ReadError: the line is not JSON, or a field has the wrong type; names the JSON path.
    """
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as cause:
        raise _unreadable(where, str(cause)) from cause


def to_dict(record: Record) -> dict[str, object]:
    """Return the record as its JSON object: dicts, lists, strings, numbers, booleans, nulls."""
    return msgspec.json.decode(encode(record), type=dict[str, object])


def from_dict(record: Mapping[str, object], *, where: str = "record") -> Record:
    """Return the record that a JSON object holds; raises as ``decode`` does."""
    try:
        return msgspec.convert(record, Record)
    except msgspec.MsgspecError as cause:
        raise _unreadable(where, str(cause)) from cause


def _place(part: object, path: str = "$") -> str:
    """Return the JSON path of the first value in ``part`` that stops the encoder."""
    for step, value in _parts(part):
        try:
            _encoder.encode(value)
        except UnicodeEncodeError:  # the encoder sorts keys, and met the strange value before
            continue
        except TypeError:
            return _place(value, path + step)
    return path


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(value):
        yield from ((f".{field.name}", getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from ((f".{key}", part) for key, part in value.items())
    elif isinstance(value, (list, tuple)):
        yield from ((f"[{place}]", part) for place, part in enumerate(value))


def _unreadable(where: str, message: str) -> ReadError:
    what, _, path = message.partition(" - at `")
    return ReadError(
        f"{where}: {path.rstrip('`') or '$'}",
        what,
        "a record as schemas/record/1.0.json describes it",
        "Run `monograph-nlp validate` on the file to see every problem.",
    )
