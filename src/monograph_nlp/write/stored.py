"""Records that were written before: the lines of files, packed or not, of folders and of standard input, and what they hold."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TypeVar, cast

from monograph_nlp.errors import ReadError, RecordError
from monograph_nlp.read.source import line_too_long, lines
from monograph_nlp.record.validate import valid
from monograph_nlp.types import Record

STDIN = "-"
NAMES = ("records.jsonl", "records.jsonl.gz")
"""What the file of records is called in a folder."""

_MAGIC = b"\x1f\x8b"
_MOST = 256 << 20  # bytes of a line; the records of whole books have a tenth of that
_Made = TypeVar("_Made")


def read_records(
    paths: Iterable[str | Path], on_error: Callable[[ReadError], None] | None = None
) -> Iterator[Record]:
    """Yield the records of files in order, each validated; takes and raises what ``read_lines`` does."""
    return read_lines(paths, record_of, on_error)


def record_of(line: bytes, where: str) -> Record:
    """Return the record that a line holds.

    Raises:
        ReadError: it holds no valid record; names ``where``, the line's file and number, and the JSON path.
    """
    try:
        return valid(line)
    except RecordError as error:
        raise ReadError(
            f"{where}: {error.path}",
            error.problem,
            "a record as schemas/record/1.0.json describes it",
            "Run `monograph-nlp validate` on the file to see every problem.",
        ) from error


def read_lines(
    paths: Iterable[str | Path],
    make: Callable[[bytes, str], _Made],
    on_error: Callable[[ReadError], None] | None = None,
) -> Iterator[_Made]:
    """Yield what is made of each line of files, one line in memory at a time.

    Args:
        paths: JSONL files, also packed by gzip; folders that hold one of ``NAMES``; ``-`` is standard
            input.
        make: takes a line and what to call it (``records.jsonl:3``); may raise ``ReadError``.
        on_error: takes what cannot be read, a line, the rest of a file, or a file; the next goes on.

    Raises:
        ReadError: something cannot be read, and there is no ``on_error``.
    """
    for path in paths:
        for found in _each(path, make):
            if not isinstance(found, ReadError):
                yield found
            elif on_error is None:
                raise found
            else:
                on_error(found)


def stored_lines(path: str | Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield ``(file:line, bytes)`` of each line that is not blank; None for one that is too long.

    Raises:
        ReadError: there is no such file, or it cannot be read to its end.
    """
    with _opened(path) as (stream, name):
        for number, line in enumerate(lines(stream.readline, _MOST), 1):
            if line is None or line.strip():
                yield f"{name}:{number}", line


def holds_records(path: Path) -> bool:
    """Whether a path is a folder or a file of records, by its names and its first line."""
    if str(path) == STDIN:
        return True
    if path.is_dir():
        return any((path / name).is_file() for name in NAMES)
    if not path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return False
    try:
        return next(read_records([path]), None) is not None
    except ReadError:
        return False


def _each(path: str | Path, make: Callable[[bytes, str], _Made]) -> Iterator[_Made | ReadError]:
    try:
        for where, line in stored_lines(path):
            yield line_too_long(where, _MOST) if line is None else _made(line, where, make)
    except ReadError as error:
        yield error


def _made(line: bytes, where: str, make: Callable[[bytes, str], _Made]) -> _Made | ReadError:
    try:
        return make(line, where)
    except ReadError as error:
        return error


@contextmanager
def _opened(path: str | Path) -> Iterator[tuple[IO[bytes], str]]:
    """Open a file, unpacked if need be, and give what to call it."""
    name = "standard input" if str(path) == STDIN else str(_file(Path(path)))
    try:
        with _binary(path) as stored:
            is_packed = name.lower().endswith(".gz") or stored.peek(2).startswith(_MAGIC)
            yield cast(IO[bytes], gzip.GzipFile(fileobj=stored)) if is_packed else stored, name
    except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
        what = f"the gzip data are damaged ({cause})"
        raise ReadError(name, what, "a whole .gz file", "Copy the file again.") from cause
    except OSError as cause:
        what = f"cannot be read ({cause.strerror or cause})"
        raise ReadError(name, what, "a readable file", "Check the path.") from cause


@contextmanager
def _binary(path: str | Path) -> Iterator[BufferedReader]:
    if str(path) == STDIN:
        shared = BufferedReader(cast(RawIOBase, sys.stdin.buffer))
        try:
            yield cast(BufferedReader, shared)
        finally:
            shared.detach()  # it would close standard input
    else:
        with _file(Path(path)).open("rb") as stream:
            yield stream


def _file(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in NAMES:
        if (path / name).is_file():
            return path / name
    raise ReadError(
        str(path),
        f"the folder has no {NAMES[0]}",
        "a folder of records, as `monograph-nlp extract` and `batch` write",
        "Name the files of records.",
    )
