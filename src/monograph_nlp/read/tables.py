"""Tables with a text column: a document for each row; a column ``title`` is read where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from monograph_nlp.errors import ReadError
from monograph_nlp.read import delimited, parquet
from monograph_nlp.read.columns import TITLE
from monograph_nlp.read.identity import Ids
from monograph_nlp.read.repair import Repaired, decode, whole_characters
from monograph_nlp.read.source import Source, sha256
from monograph_nlp.types import Monograph

# What surrogateescape leaves of bytes that are not UTF-8.
_ESCAPED_BYTE = re.compile(r"[\udc80-\udcff]")


def read(source: Source) -> Iterator[Monograph | ReadError]:
    """Yield a document for each row, and an error in the place of each row that gives none.

    The first row below the header is row 1. Values are taken as they are, but for bytes that
    are not UTF-8, which are decoded by evidence, and for lone surrogates.
    """
    ids = Ids()
    rows = parquet.rows(source) if source.suffix == ".parquet" else delimited.rows(source)
    for number, row in rows:
        try:
            yield row if isinstance(row, ReadError) else _document(row, number, source, ids)
        except ReadError as error:
            yield error


def document_of(
    row: Mapping[str, object],
    text_column: str,
    id_column: str,
    *,
    where: str,
    otherwise: str,
    format: str,
) -> Monograph:
    """Return the document of a row.

    Args:
        row: cells by column; ``None`` stands for an empty one.
        text_column: the column of the text.
        id_column: the column of the document's id.
        where: the row, as ``labels.parquet#3``; it becomes the document's source.
        otherwise: the id of a row that has none of its own.
        format: of the table.

    Raises:
        ReadError: there is no text in the row.
    """
    repaired = _text(row.get(text_column), where, text_column)
    return Monograph(
        id=_short(row.get(id_column)) or otherwise,
        text=repaired.text,
        format=format,
        source=where,
        sha256=sha256(repaired.text.encode("utf-8")),
        title="" if text_column == TITLE else _short(row.get(TITLE)),
        damage=repaired.damage,
    )


def _document(row: Mapping[str, object], number: int, source: Source, ids: Ids) -> Monograph:
    document = document_of(
        row,
        source.text_column,
        source.id_column,
        where=f"{source.name}#{number}",
        otherwise=f"{source.stem}-{number}",
        format=source.suffix.removeprefix("."),
    )
    return replace(document, id=ids.take(document.id))


def _short(value: object) -> str:
    return "" if value is None else whole_characters(str(value)).text.strip()


def _text(value: object, where: str, column: str) -> Repaired:
    if value is not None and not isinstance(value, str):
        raise _error(where, f"the text is a {type(value).__name__}", "a string")
    text = value or ""
    damage: tuple[str, ...] = ()
    if _ESCAPED_BYTE.search(text):
        data = text.encode("utf-8", "surrogateescape")
        decoded = decode(data, where)
        text, damage = decoded.text, decoded.damage
    repaired = whole_characters(text)
    if not repaired.text.strip():
        raise _error(where, "there is no text in it", f"text in column {column!r}")
    return Repaired(repaired.text, damage + repaired.damage)


def _error(where: str, what: str, expected: str) -> ReadError:
    return ReadError(where, what, expected, "Correct the row; the others are still read.")
