"""Files of records → entries for a database; a line that is none is an error with file and line."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from monograph_nlp.errors import ReadError, RecordError
from monograph_nlp.read.source import line_too_long, lines
from monograph_nlp.record.validate import valid
from monograph_nlp.write.database_entries import Entry, entry

STDIN = "-"
_MOST = 256 << 20  # bytes of a line; the records of whole books have a tenth of that
_IN_FOLDER = ("records.jsonl", "records.jsonl.gz")
_EXPECTED = "a record as schemas/record/1.0.json describes it"
_DO = "Run `monograph-nlp validate` on the file to see every problem."


def read_entries(
    paths: Iterable[str | Path], on_error: Callable[[ReadError], None] | None = None
) -> Iterator[Entry]:
    """Yield the records of files in order, each validated.

    Args:
        paths: JSONL files, also with ``.gz``; folders that hold ``records.jsonl``; ``-`` is
            standard input.
        on_error: takes what cannot be read: a line, the rest of a file, or a file.

    Raises:
        ReadError: something cannot be read, and there is no ``on_error``.
    """
    for path in paths:
        for found in _entries(path):
            if isinstance(found, Entry):
                yield found
            elif on_error is None:
                raise found
            else:
                on_error(found)


def _entries(path: str | Path) -> Iterator[Entry | ReadError]:
    try:
        with _opened(path) as (stream, name):
            for number, line in enumerate(lines(stream.readline, _MOST), 1):
                where = f"{name}:{number}"
                if line is None:
                    yield line_too_long(where, _MOST)
                elif line.strip():
                    yield _entry(line, where)
    except ReadError as error:
        yield error


def _entry(line: bytes, where: str) -> Entry | ReadError:
    try:
        return entry(valid(line), line.strip())
    except RecordError as error:
        return ReadError(f"{where}: {error.path}", error.problem, _EXPECTED, _DO)


@contextmanager
def _opened(path: str | Path) -> Iterator[tuple[IO[bytes], str]]:
    """Open a file, and give what to call it; ``ReadError`` where it cannot be read to its end."""
    if str(path) == STDIN:
        yield sys.stdin.buffer, "standard input"
        return
    file = _file(Path(path))
    try:
        with file.open("rb") as stored:
            packed = file.name.lower().endswith(".gz")
            stream = cast(IO[bytes], gzip.GzipFile(fileobj=stored)) if packed else stored
            yield stream, str(file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
        what = f"the gzip data are damaged ({cause})"
        raise ReadError(str(file), what, "a whole .gz file", "Copy the file again.") from cause
    except OSError as cause:
        what = f"cannot be read ({cause.strerror or cause})"
        raise ReadError(str(file), what, "a readable file", "Check the path.") from cause


def _file(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in _IN_FOLDER:
        if (path / name).is_file():
            return path / name
    raise ReadError(
        str(path),
        "the folder holds no records",
        f"a file {_IN_FOLDER[0]} in it, as `monograph-nlp extract` writes",
        "Name the files of records.",
    )
