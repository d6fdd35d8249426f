"""Records that were written before: a file of lines, packed or not, a folder with one, or standard input."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from monograph_nlp.errors import ReadError
from monograph_nlp.record.codec import decode
from monograph_nlp.types import Record

STDIN = "-"
NAMES = ("records.jsonl", "records.jsonl.gz")
"""What the file of records is called in a folder."""

_MAGIC = b"\x1f\x8b"


def read_records(path: str | Path) -> Iterator[Record]:
    """Yield the records of a JSONL file (``.gz`` too), of a folder's ``records.jsonl``, or of ``-``.

    Raises:
        ReadError: there is no such file, or a line is no record; names file and line.
    """
    name = "standard input" if str(path) == STDIN else str(path)
    with _open(path) as stream:
        try:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield decode(line, where=f"{name}:{number}")
        except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
            raise ReadError(
                name, f"the gzip data are damaged ({cause})", "a whole file", "Copy it again."
            ) from cause


def holds_records(path: Path) -> bool:
    """Whether a path is a folder or a file of records, by its names and its first line."""
    if str(path) == STDIN:
        return True
    if path.is_dir():
        return any((path / name).is_file() for name in NAMES)
    if not path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return False
    try:
        return next(read_records(path), None) is not None
    except ReadError:
        return False


@contextmanager
def _open(path: str | Path) -> Iterator[IO[bytes]]:
    if str(path) == STDIN:
        yield sys.stdin.buffer
        return
    file = _file(Path(path))
    try:
        with file.open("rb") as stored:
            is_packed = stored.read(2) == _MAGIC
            stored.seek(0)
            yield cast(IO[bytes], gzip.GzipFile(fileobj=stored)) if is_packed else stored
    except OSError as cause:
        if isinstance(cause, gzip.BadGzipFile):
            raise
        what = cause.strerror or str(cause)
        raise ReadError(str(path), what, "a file of records", "Check the path.") from cause


def _file(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in NAMES:
        if (path / name).is_file():
            return path / name
    raise ReadError(
        str(path), f"the folder has no {NAMES[0]}", "a folder of records", "Name the file."
    )
