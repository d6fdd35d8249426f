"""Record ⇄ JSON bytes: the field names of the types are those of the public contract.

Nothing is validated here beyond the types; ``record.validate`` does that.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from monograph_nlp.errors import ReadError, RecordError
from monograph_nlp.types import Record

_NO_TEXT = b',"text":null}'  # ``text`` is the last field, and is left out where it is not given


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"a {type(value).__name__} has no place in a record")


_encoder = msgspec.json.Encoder(enc_hook=_plain, order="deterministic")
_decoder = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """Return the record as one line of UTF-8 JSON without the newline; equal records, equal bytes.

    Raises:
        RecordError: a string holds half a surrogate pair, which no UTF-8 file can hold.
    """
    try:
        line = _encoder.encode(record)
    except UnicodeEncodeError as cause:
        raise RecordError(record.id, "$", f"a string is not valid Unicode ({cause})") from cause
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
    except (msgspec.MsgspecError, UnicodeError) as cause:
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


def _unreadable(where: str, message: str) -> ReadError:
    what, _, path = message.partition(" - at `")
    return ReadError(
        f"{where}: {path.rstrip('`') or '$'}",
        what,
        "a record as schemas/record/1.0.json describes it",
        "Run `monograph-nlp validate` on the file to see every problem.",
    )
