"""The texts of documents, as files beside their records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.record.codec import to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Record
from monograph_nlp.write.names import file_stem


def text_file(document_id: str, folder: Path) -> Path | None:
    """Return the file of a document's text: the safe name that exports give it, or ``ID.txt``.

    An id with ``/`` may lie in a folder of that name. No path outside the folder is looked at,
    whatever the id.
    """
    for stem in (file_stem(document_id), document_id):
        path = folder / f"{stem}.txt"
        if _is_below(path, folder) and _is_file(path):
            return path
    return None


def _is_below(path: Path, folder: Path) -> bool:
    # An absolute id, or one with the drive of Windows, has taken the folder's place.
    return path.is_relative_to(folder) and ".." not in path.relative_to(folder).parts


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # an id that is longer than a name may be, for one
        return False


def text_of(document_id: str, folder: Path) -> str:
    """Return the text of a document, every character as it is stored.

    Raises:
        ReadError: there is no such file, or it is not UTF-8.
    """
    path = text_file(document_id, folder)
    if path is None:
        raise ReadError(
            f"document {document_id!r}",
            f"no text in {folder}",
            f"the file {file_stem(document_id)}.txt",
            "Name the folder that holds the texts of these records.",
        )
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as cause:
        raise ReadError(
            str(path), f"byte {cause.start} is not UTF-8", "a text in UTF-8", "Save it as UTF-8."
        ) from cause


def with_text(record: Record, folder: Path) -> Record:
    """Return a record with the text that lies in a folder.

    Raises:
        ReadError: there is no such text, or the record's quotations do not stand in it.
    """
    text = text_of(record.document.id, folder)
    for problem in problems(to_dict(record), text):
        raise ReadError(
            str(text_file(record.document.id, folder)),
            f"not the text of record {record.id}: {problem.path}: {problem.message}",
            "the text as the reader saw it, in which every quotation stands",
            "Run `monograph-nlp validate --text-dir` to see all that differs.",
        )
    return replace(record, text=text)
