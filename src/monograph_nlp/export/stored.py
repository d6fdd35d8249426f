"""Records that were written to files before: read line by line, and checked."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

import msgspec

from monograph_nlp.errors import ReadError
from monograph_nlp.export.texts import text_of
from monograph_nlp.read.source import Limits, line_too_long, lines
from monograph_nlp.record.codec import from_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Record

FILE = "records.jsonl"  # of a folder that is named in the place of a file
STDIN = Path("-")
_GZIP = b"\x1f\x8b"
_LIMIT = Limits().max_unpacked_bytes  # of one line: a record with a text of any size


def read_records(
    path: Path, *, text_dir: Path | None = None, on_error: Callable[[ReadError], None] | None = None
) -> Iterator[Record]:
    """Yield the records of a file, one line in memory at a time.

    Args:
        path: a JSONL file of records, plain or compressed by gzip; a folder that holds
            ``records.jsonl``; or ``-``, standard input.
        text_dir: where the texts of the documents are; each goes into its record.
        on_error: takes the error of a line that holds no valid record; the others go on.

    Raises:
        ReadError: the file cannot be read, or a line is wrong and there is no ``on_error``.
    """
    with _opened(path) as (stream, name):
        for number, line in enumerate(lines(stream.readline, _LIMIT), 1):
            if line is not None and not line.strip():
                continue
            try:
                yield _record(line, f"{name}:{number}", text_dir)
            except ReadError as error:
                if on_error is None:
                    raise
                on_error(error)


def _record(line: bytes | None, where: str, text_dir: Path | None) -> Record:
    if line is None:
        raise line_too_long(where, _LIMIT)
    try:
        found = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as cause:
        raise _wrong(where, f"not JSON: {cause}") from cause
    for problem in problems(found):
        raise _wrong(where, f"{problem.path}: {problem.message}")
    record = from_dict(found, where=where)
    if text_dir is None:
        return record
    text = text_of(record.document.id, text_dir)
    for problem in problems(found, text):
        raise _wrong(where, f"{problem.path}: {problem.message}")
    return replace(record, text=text)


def _wrong(where: str, what: str) -> ReadError:
    return ReadError(
        where,
        what,
        "a record as schemas/record/1.0.json describes it",
        "Run `monograph-nlp validate` on the file to see every problem.",
    )


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BufferedReader, str]]:
    """Open the bytes of the file, unpacked if need be; give them with the file's name."""
    file = path / FILE if path.is_dir() else path
    name = "standard input" if path == STDIN else str(file)
    try:
        with _binary(file) as stored:
            is_packed = stored.peek(len(_GZIP)).startswith(_GZIP)
            stream = gzip.GzipFile(fileobj=stored) if is_packed else stored
            yield cast(BufferedReader, stream), name
    except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
        raise ReadError(
            name,
            f"the gzip data are damaged ({cause})",
            "a whole .gz file",
            "Copy the file again.",
        ) from cause
    except OSError as cause:
        raise ReadError(
            name,
            cause.strerror or str(cause),
            f"a file of records, or a folder with {FILE}",
            "Check the path and its permissions.",
        ) from cause


@contextmanager
def _binary(file: Path) -> Iterator[BufferedReader]:
    if file == STDIN:
        shared = BufferedReader(cast(RawIOBase, sys.stdin.buffer))
        yield cast(BufferedReader, shared)
        shared.detach()  # it would close standard input
    else:
        with file.open("rb") as stream:
            yield stream


def all_records(
    paths: Iterable[Path],
    *,
    text_dir: Path | None = None,
    on_error: Callable[[ReadError], None] | None = None,
) -> Iterator[Record]:
    """Yield the records of several files; one that cannot be read is an error like a wrong line."""
    for path in paths:
        try:
            yield from read_records(path, text_dir=text_dir, on_error=on_error)
        except ReadError as error:
            if on_error is None:
                raise
            on_error(error)
