"""Raw document → ``Monograph``: one reader for each format, chosen by the file's suffix.

Readers know formats, and know no language processing. A format's module, and the library behind
it, is imported when the first file of that format is read.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.read.source import Limits, Source, sha256
from monograph_nlp.types import Monograph

__all__ = ["SUFFIXES", "Limits", "read", "read_each", "read_text"]

_MODULES = {
    ".csv": "tables",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".json": "openfda",
    ".jsonl": "jsonl",
    ".markdown": "plain",
    ".md": "plain",
    ".ndjson": "jsonl",
    ".parquet": "tables",
    ".pdf": "pdf",
    ".tsv": "tables",
    ".txt": "plain",
    ".xml": "spl",
}
_PACKED = ".gz"
_DEFAULT_LIMITS = Limits()

SUFFIXES: tuple[str, ...] = (*_MODULES, *(suffix + _PACKED for suffix in _MODULES))
"""The suffixes that ``read`` knows, in lower case; the case of a file's suffix does not count."""


def read(
    path: str | Path,
    *,
    text_column: str = "text",
    id_column: str = "id",
    on_error: Callable[[ReadError], None] | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    name: str | None = None,
    id: str | None = None,
) -> Iterator[Monograph]:
    """Yield the documents of a file, in its order, each as soon as it is read.

    Args:
        path: a file with one of ``SUFFIXES``.
        text_column: of a table, the column that holds the texts.
        id_column: of a table, the column of the ids; where it is missing, rows are numbered.
        on_error: takes the error of a document, line or row that cannot be read; the next one
            is then read.
        limits: how large an input may be.
        name: what to call the file, and what tells its format, in place of its own name.
        id: of a document whose content gives none, in place of the name without its suffixes.

    Raises:
        ReadError: an input cannot be read, and there is no ``on_error``. Raised when the
            document is asked for, not when ``read`` is called.
    """
    items = read_each(
        path, text_column=text_column, id_column=id_column, limits=limits, name=name, id=id
    )
    for item in items:
        if isinstance(item, Monograph):
            yield item
        elif on_error is None:
            raise item
        else:
            on_error(item)


def read_each(
    path: str | Path,
    *,
    text_column: str = "text",
    id_column: str = "id",
    limits: Limits = _DEFAULT_LIMITS,
    name: str | None = None,
    id: str | None = None,
) -> Iterator[Monograph | ReadError]:
    """Yield the documents of a file as ``read`` does, and in the place of each that cannot be read, its error."""
    try:
        called = name or Path(path).name
        is_packed = called.lower().endswith(_PACKED)
        plain = Path(called[: -len(_PACKED)] if is_packed else called)
        suffix = plain.suffix.lower()
        if suffix not in _MODULES:
            raise _unknown(Path(path), called, suffix)
        stem = id or plain.stem
        source = Source(Path(path), called, stem, suffix, is_packed, limits, text_column, id_column)
        is_empty = True
        for item in import_module(f"{__name__}.{_MODULES[suffix]}").read(source):
            is_empty = False
            yield item
        if is_empty:  # a header without rows: nobody should wonder where its documents are
            yield _nothing(called)
    except ReadError as error:
        yield error


def read_text(text: str, id: str) -> Monograph:
    """Return a document of a text that the caller has; taken as it is, so that offsets hold.

    Raises:
        ReadError: the text holds nothing but white space.
    """
    from monograph_nlp.read.repair import empty, whole_characters

    repaired = whole_characters(text)
    if not repaired.text.strip():
        raise empty(id)
    return Monograph(
        id=id,
        text=repaired.text,
        format="text",
        source=id,
        sha256=sha256(repaired.text.encode("utf-8")),
        damage=repaired.damage,
    )


def _nothing(name: str) -> ReadError:
    do = "Leave the file out, or look why it is empty."
    return ReadError(name, "it holds no document", "at least one row or result", do)


def _unknown(path: Path, name: str, suffix: str) -> ReadError:
    if path.is_dir():
        what, do = "it is a directory", "Give the files in it, one by one."
    else:
        what = f"unknown suffix {suffix!r}" if suffix else "the name has no suffix"
        near = difflib.get_close_matches(suffix, _MODULES, n=1)
        do = f"Did you mean {near[0]}?" if near else "Rename the file by its content."
    known = ", ".join(_MODULES)
    return ReadError(name, what, f"one of {known}, each also with {_PACKED}", do)
