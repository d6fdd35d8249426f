"""Lines of a text, each by how it looks: a paragraph's, an item behind a bullet or a number, a row of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from monograph_nlp.text.table_lines import NUMERIC, SIZES, is_title

Kind = Literal["paragraph", "item", "row"]

_BULLET = re.compile(
    r"(?P<indent>[ ]*)(?:[•◦▪‣●■►](?=[^\W\d_])|(?:[•◦▪‣·●○■□►✓*–—-]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z])[.)])[ ]+(?=\S))"
)
_HAS_BULLET = re.compile(r"[•◦▪‣●■►·]")
_INLINE = re.compile(r"(?<=\S)[ \t]+(?=[•◦▪‣●■►][ ]*[^\W_]|·[ ]+[^\W\d_])")  # a list in one line
_RULER = re.compile(r"[\s|:=_*+.-]*")
_GAP = re.compile(r"[^\s(\[][ ]{3,}(?=[^\s)\]])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a piece of one that a bullet begins; ``start`` is past the bullet or number."""

    start: int
    end: int
    kind: Kind
    level: int
    indent: int  # spaces before the line
    after_blank: bool


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are neither blank nor a ruler of a table, in order."""
    blank = True
    position = 0
    for raw in text.split("\n"):
        if not raw.strip():
            blank = True
        elif not (_RULER.fullmatch(raw.strip()) and len(raw.strip()) > 2):
            for start, end in _pieces(raw):
                piece = raw[start:end]
                first = position + start + len(piece) - len(piece.lstrip())
                yield _line(piece, first, first + len(piece.strip()), blank)
                blank = False
        position += len(raw) + 1


def _pieces(raw: str) -> Iterator[tuple[int, int]]:
    """Cut a line before each bullet inside it: a list that lost its line breaks; cells are no list."""
    borders = [m.end() for m in _INLINE.finditer(raw)] if _HAS_BULLET.search(raw) else []
    if " | " in raw:
        borders = []
    yield from pairwise([0, *borders, len(raw)])


def _line(raw: str, start: int, end: int, blank: bool) -> Line:
    indent = len(raw) - len(raw.lstrip())
    bullet = _BULLET.match(raw)
    if bullet and end - start > len(bullet.group().strip()):
        level = min(len(bullet["indent"]) // 2, 5)
        return Line(start - indent + bullet.end(), end, "item", level, indent, blank)
    kind: Kind = "row" if _is_row(raw) else "paragraph"
    return Line(start, end, kind, 0, indent, blank)


def _is_row(raw: str) -> bool:
    line = raw.strip()
    if " | " in line or (line.startswith("|") and line.endswith("|")):
        return True
    if is_title(line):
        return False
    gaps = len(_GAP.findall(line))
    return gaps >= 2 or (gaps == 1 and bool(NUMERIC.search(line) or SIZES.search(line)))
