"""Files of records → checked records, each with its text where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from monograph_nlp.errors import ReadError
from monograph_nlp.export.texts import text_file, text_of
from monograph_nlp.record.codec import decode, to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Record


def read_records(
    paths: Iterable[Path], text_dir: Path | None, on_error: Callable[[ReadError], None]
) -> Iterator[Record]:
    """Yield the records of the files, in order, each id once.

    Args:
        paths: JSONL files with a record a line.
        text_dir: where the text of a record without one lies, in UTF-8, as ``<document id>.txt``;
            a record whose text is not there comes without.
        on_error: takes a line that is no valid record, and a text that is not the record's.
    """
    seen: set[str] = set()
    for where, line in _lines(paths):
        try:
            record = _checked(line, where)
            if record.id in seen:
                raise _refused(where, f"record {record.id} comes twice")
        except ReadError as error:
            on_error(error)
            continue
        seen.add(record.id)
        try:
            yield _with_text(record, text_dir)
        except ReadError as error:
            on_error(error)
            yield record


def _lines(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield f"{path}:{number}", line


def _checked(line: bytes, where: str) -> Record:
    record = decode(line, where=where)
    for problem in problems(msgspec.json.decode(line)):
        raise _refused(where, f"{problem.path}: {problem.message}")
    return record


def _with_text(record: Record, folder: Path | None) -> Record:
    if record.text is not None or folder is None:
        return record
    path = text_file(record.document.id, folder)
    if path is None:
        return record
    text = text_of(record.document.id, folder)
    if problems(to_dict(record), text):
        raise ReadError(
            str(path),
            f"not the text of record {record.id}",
            "the text as the reader saw it, in which every quotation stands",
            "Run `monograph-nlp validate --text-dir` to see what differs; "
            "the page shows the record's evidence alone.",
        )
    return replace(record, text=text)


def _refused(where: str, what: str) -> ReadError:
    return ReadError(
        where,
        what,
        "valid records, each once",
        "Run `monograph-nlp validate` on the file; the record was left out.",
    )
