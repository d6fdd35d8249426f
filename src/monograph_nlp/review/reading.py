"""Files of records → checked records, each once, with its text where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.export.texts import text_file, with_text
from monograph_nlp.types import Record
from monograph_nlp.write.stored import read_lines, record_of


def read_records(
    paths: Iterable[Path], text_dir: Path | None, on_error: Callable[[ReadError], None]
) -> Iterator[Record]:
    """Yield the records of the files, in order, each id once.

    Args:
        paths: files of records, as ``write.stored`` reads them.
        text_dir: where the text of a record without one lies, in UTF-8, as ``<document id>.txt``;
            a record whose text is not there comes without.
        on_error: takes a line that is no valid record, and a text that is not the record's.
    """
    seen: set[str] = set()

    def once(line: bytes, where: str) -> Record:
        record = record_of(line, where)
        if record.id in seen:
            what = f"record {record.id} comes twice"
            raise ReadError(where, what, "each record once", "The second one was left out.")
        seen.add(record.id)
        return record

    for record in read_lines(paths, once, on_error):
        try:
            yield _with_text(record, text_dir)
        except ReadError as error:
            on_error(error)
            yield record


def _with_text(record: Record, folder: Path | None) -> Record:
    if record.text is not None or folder is None:
        return record
    is_there = text_file(record.document.id, folder) is not None
    return with_text(record, folder) if is_there else record
