"""Tables with a text column: a document for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from monograph_nlp.errors import ReadError
from monograph_nlp.read import delimited, parquet
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


def _document(row: Mapping[str, object], number: int, source: Source, ids: Ids) -> Monograph:
    where = f"{source.name}#{number}"
    repaired = _text(row.get(source.text_column), where, source.text_column)
    given = row.get(source.id_column)
    name = "" if given is None else whole_characters(str(given)).text.strip()
    return Monograph(
        id=ids.take(name or f"{source.stem}-{number}"),
        text=repaired.text,
        format=source.suffix.removeprefix("."),
        source=where,
        sha256=sha256(repaired.text.encode("utf-8")),
        damage=repaired.damage,
    )


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
