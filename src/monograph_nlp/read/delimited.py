"""CSV and TSV, row by row, in bounded memory.

The standard csv module reads them: pandas drops the surplus cells of a ragged row without a word
(seen with 3.0.6, from the second chunk on), and a cell that is lost or shifted is a wrong text.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from io import BufferedReader, TextIOWrapper

from monograph_nlp.errors import ReadError
from monograph_nlp.read.columns import check_columns, not_a_table
from monograph_nlp.read.source import Source, check_kind, line_too_long, lines


def rows(source: Source) -> Iterator[tuple[int, Mapping[str, str] | ReadError]]:
    """Yield number and cells of each row, or the error in its place; blank lines do not count."""
    limit = source.limits.max_line_bytes
    with source.open() as stream:
        text = _decoded(stream, source)
        delimiter = "\t" if source.suffix == ".tsv" else ","
        reader = csv.reader(_Lines(text, source.name, limit), delimiter=delimiter, strict=True)
        header = _next(reader, source.name, limit)
        if header is None:
            raise not_a_table(source, "it is empty")
        if isinstance(header, ReadError):
            raise header
        check_columns(header, source.text_column, source.name)
        number = 1
        while (cells := _next(reader, f"{source.name}#{number}", limit)) is not None:
            yield number, _row(header, cells, f"{source.name}#{number}")
            number += 1


class _Lines:
    """Lines for a csv reader, which can go on after the error of an overlong one."""

    def __init__(self, text: TextIOWrapper, where: str, limit: int) -> None:
        self._lines = lines(text.readline, limit)
        self._where, self._limit, self._number = where, limit, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._number += 1
        line = next(self._lines)
        if line is None:
            raise line_too_long(f"{self._where}:{self._number}", self._limit)
        return line


def _decoded(stream: BufferedReader, source: Source) -> TextIOWrapper:
    """Decode as UTF-8, or UTF-16 by its mark; other bytes stay escaped, for each cell to mend."""
    head = stream.peek(16)[:16]
    check_kind(head, source.name, source.suffix)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TextIOWrapper(stream, encoding="utf-16", newline="")
    if b"\0" in head:
        raise not_a_table(source, "the content is binary")
    return TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _next(reader: Iterator[list[str]], where: str, limit: int) -> list[str] | ReadError | None:
    # The limit is a setting of the whole process, so the host program's is put back each time.
    before = csv.field_size_limit(limit)
    try:
        return next((cells for cells in reader if cells), None)
    except ReadError as error:
        return error
    except csv.Error as cause:
        return _bad_row(where, f"not a row of a table ({cause})", "cells as the header has them")
    except UnicodeDecodeError as cause:  # UTF-16 out of step: no later row can be trusted
        raise ReadError(
            where, f"damaged UTF-16 ({cause.reason})", "whole characters", "Save it as UTF-8."
        ) from cause
    finally:
        csv.field_size_limit(before)


def _row(
    header: list[str], cells: list[str] | ReadError, where: str
) -> Mapping[str, str] | ReadError:
    if isinstance(cells, ReadError):
        return cells
    if any(cells[len(header) :]):
        return _bad_row(where, f"{len(cells)} cells", f"{len(header)} cells, as in the header")
    return dict(zip(header, cells, strict=False))


def _bad_row(where: str, what: str, expected: str) -> ReadError:
    return ReadError(
        where, what, expected, "Quote cells that hold delimiters, quotes or line ends."
    )
