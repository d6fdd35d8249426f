"""The texts of documents, as files beside their records."""

from __future__ import annotations

from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.write.names import file_stem


def text_file(document_id: str, folder: Path) -> Path | None:
    """Return the file of a document's text: ``ID.txt``, or the safe name that exports give it.

    No path outside the folder is looked at, whatever the id.
    """
    for stem in (file_stem(document_id), document_id):
        path = folder / f"{stem}.txt"
        if path.parent == folder and path.is_file():
            return path
    return None


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
