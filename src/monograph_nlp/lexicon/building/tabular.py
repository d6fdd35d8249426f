"""Rows of a source's tables, with errors that name file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from monograph_nlp.errors import LexiconError

Shape = TypeVar("Shape")


def tsv_rows(data: bytes, where: str, least: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of a table that tabs separate; no quoting.

    Raises:
        LexiconError: a line has fewer than ``least`` cells, or the bytes are not UTF-8.
    """
    for number, line in enumerate(decode(data, where).split("\n"), 1):
        line = line.rstrip("\r")
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) < least:
            raise _too_few(where, number, len(cells), least)
        yield number, cells


def csv_rows(data: bytes, where: str, columns: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a comma-separated table with a header that has at least ``columns``.

    Raises:
        LexiconError: a column is missing, a row is short, or the bytes are not UTF-8.
    """
    reader = csv.DictReader(decode(data, where).splitlines(), restval=None)
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise LexiconError(
            f"{where}:1: no column {missing[0]!r}; expected the columns {', '.join(columns)}. "
            "Download the pinned version of the package."
        )
    width = len(reader.fieldnames or ())
    for row in reader:
        cells = sum(value is not None for value in row.values())
        if cells < width:
            raise _too_few(where, reader.line_num, cells, width)
        yield row


def json_value(data: bytes, where: str, shape: type[Shape]) -> Shape:
    """Return JSON of the given shape; fields that the shape does not name are passed over.

    Raises:
        LexiconError: not JSON, or of another shape; names the JSON path.
    """
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise LexiconError(
            f"{where}: {cause}; expected the layout of the pinned version. "
            "Download the pinned version of the package."
        ) from cause


def decode(data: bytes, where: str) -> str:
    """Return the text of UTF-8 bytes, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = data.count(b"\n", 0, cause.start) + 1
        raise LexiconError(
            f"{where}:{line}: not UTF-8; expected a text table. Download the package again."
        ) from cause


def _too_few(where: str, line: int, found: int, least: int) -> LexiconError:
    return LexiconError(
        f"{where}:{line}: {found} cells; expected at least {least}. "
        "Download the pinned version of the package."
    )
