"""Records → one JSONL file: a record a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from monograph_nlp.errors import RecordError
from monograph_nlp.types import Record
from monograph_nlp.write.checked import checked
from monograph_nlp.write.replace import replacing


def write_jsonl(
    records: Iterable[Record],
    path: str | Path,
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> int:
    """Write one JSONL file and return the number of lines; the arguments are those of ``write``."""
    with replacing(path) as part, part.open("wb") as stream:
        return write_lines(records, stream, on_error=on_error, on_record=on_record)


def write_lines(
    records: Iterable[Record],
    stream: BinaryIO,
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> int:
    """Write the same lines to an open binary stream, such as standard output."""
    count = 0
    for _, line in checked(records, on_error, on_record):
        stream.write(line + b"\n")
        count += 1
    return count
