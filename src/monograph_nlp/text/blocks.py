"""Lines of a text → blocks: paragraphs, list items and table rows, and the header over each.

Readers render the structure of every format in one plain way (``read/render.py``), so structure is
found here once, from the text alone: a list item is a line that begins with a bullet or a number, a
table row is a line of cells. A header is the block that governs what follows: the line before a
list, the first row of a table. Offsets count code points of the text that is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Kind = Literal["paragraph", "item", "row"]

_BULLET = re.compile(
    r"(?P<indent>[ ]*)(?:[•◦▪‣●■►](?=[^\W\d_])|(?:[•◦▪‣·●○■□►✓*–—-]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z])[.)])[ ]+(?=\S))"
)
_HAS_BULLET = re.compile(r"[•◦▪‣●■►·]")
_INLINE = re.compile(r"(?<=\S)[ \t]+(?=[•◦▪‣●■►][ ]*[^\W_]|·[ ]+[^\W\d_])")  # a list in one line
_RULER = re.compile(r"[\s|:=_*+.-]*")
_GAP = re.compile(r"[^\s(\[][ ]{3,}(?=[^\s)\]])")
_CELL_BORDER = re.compile(r"[ ]*\|[ ]*|[ ]{3,}")
_NUMERIC = re.compile(r"\s[<≥≤>~]?\d[\d.,]*\s*(?:%|\(|$|\s{2})|\s-{1,2}(?:\s|$)")
_GLUED = re.compile(r"[.:]\s+[A-Z][^.]*$")
_COLUMN_NAMES = re.compile(
    r"%|\bper ?cent|n\s?=\s?\d|grades?(?![a-z])|\b(?:placebo|comparator|control|vehicle)|\d\s?mg\b",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\bgrades?\s?\d(?:\s?(?:[-–/]|or|and)\s?\d)?", re.IGNORECASE)
_VALUE = re.compile(  # all of a cell; "Week 52" is a name
    r"(?:[<≥≤>~]=?\s?)?\d[\d.,]*\s?%?\s?(?:\([^()]*\))?[\s*†‡a-z]{0,3}$|-{1,2}$"
)
_WIDE = re.compile(r"\S[ ]{3,}\S")  # a gap between two names of columns
_SIZE = re.compile(r"n\s?=\s?\d", re.IGNORECASE)
_PER_CENT = re.compile(  # over all columns
    r"\(?(?:%|(?:number|no\.|n)?\s?\(%\)|per ?cent(?:age)?(?:\s?\(%\))?) of (?:patients|subjects)",
    re.IGNORECASE,
)
_SIZES = re.compile(r"n\s?=\s?\d.*n\s?=\s?\d", re.IGNORECASE)  # of two arms
_TITLE = re.compile(r"\W*table\s*\d", re.IGNORECASE)  # of a table, and no row of it
_OPEN_END = re.compile(r"[\w,;(/'-]$")
_WRAP_AT_LEAST = 45  # code points; a shorter line ends where its writer ended it
_LONGEST_ITEM = 600  # code points of one without a bullet
_NEAR = 250  # code points from a header row to the first row of figures
_GROUP = 80  # code points of the name of a group of rows, which may stand between blank lines
_LONGEST_NAMES = 250  # code points of a line that names columns
_WRAPPED = 0.25  # share of lines that go on in small letters, in a hard-wrapped text


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of lines that belong together; ``start`` is past the bullet or number."""

    start: int
    end: int
    kind: Kind
    level: int = 0  # depth of a list item, 0 for the outermost
    header: int | None = None  # index of the block that governs this one

    def text_of(self, text: str) -> str:
        """Return the block's characters."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    kind: Kind
    level: int
    indent: int  # spaces before the line
    after_blank: bool


def split_blocks(text: str) -> tuple[Block, ...]:
    """Split a text into blocks, in order; every character that is not white space, a bullet or a
    ruler of a plain-text table stands in exactly one block.

    >>> [b.kind for b in split_blocks("Common:\\n• fever\\n• rash")]
    ['paragraph', 'item', 'item']
    """
    lines = list(_lines(text))
    merged = _joined(text, lines, is_wrapped=_is_wrapped(text, lines))
    return tuple(_with_headers(text, _with_names(text, list(_unmarked(text, merged)))))


def cells(text: str, block: Block) -> tuple[tuple[int, int], ...]:
    """Return the character ranges of a row's cells; empty cells are empty ranges."""
    found = []
    start = block.start
    for border in _CELL_BORDER.finditer(text, block.start, block.end):
        if border.start() > block.start:
            found.append((start, border.start()))
        start = border.end()
    if start < block.end:
        found.append((start, block.end))
    return tuple(found)


def is_title(line: str) -> bool:
    """Say whether a line is the title of a table: "Table 1. Adverse reactions"."""
    return bool(_TITLE.match(line))


def is_header(line: str) -> bool:
    """Say whether a line announces what follows it: it ends with a colon, or never ends."""
    line = line.rstrip(" *_")
    return line.endswith(":") or (len(line) <= 160 and not line.endswith((".", "!", "?", ";", ",")))


def _lines(text: str) -> Iterator[_Line]:
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


def _line(raw: str, start: int, end: int, blank: bool) -> _Line:
    indent = len(raw) - len(raw.lstrip())
    bullet = _BULLET.match(raw)
    if bullet and end - start > len(bullet.group().strip()):
        level = min(len(bullet["indent"]) // 2, 5)
        return _Line(start - indent + bullet.end(), end, "item", level, indent, blank)
    kind: Kind = "row" if _is_row(raw) else "paragraph"
    return _Line(start, end, kind, 0, indent, blank)


def _is_row(raw: str) -> bool:
    line = raw.strip()
    if " | " in line or (line.startswith("|") and line.endswith("|")):
        return True
    if _TITLE.match(line):
        return False
    gaps = len(_GAP.findall(line))
    return gaps >= 2 or (gaps == 1 and bool(_NUMERIC.search(line) or _SIZES.search(line)))


def _is_wrapped(text: str, lines: list[_Line]) -> bool:
    """Say whether the writer broke lines by their length: many go on in small letters."""
    following = [
        b for a, b in pairwise(lines) if not b.after_blank and a.kind == b.kind == "paragraph"
    ]
    small = sum(text[line.start].islower() for line in following)
    return small >= 3 and small / len(following) >= _WRAPPED


def _joined(text: str, lines: list[_Line], *, is_wrapped: bool) -> Iterator[Block]:
    """Join the lines of a hard-wrapped paragraph or list item."""
    held: Block | None = None
    last: _Line | None = None
    for line in lines:
        if held and last and _continues(text, held, last, line, is_wrapped):
            held = replace(held, end=line.end)
        elif held and _belongs(held, line):
            yield held
            held = Block(line.start, line.end, "item", held.level)
        else:
            if held:
                yield held
            held = Block(line.start, line.end, line.kind, line.level)
        last = line
    if held:
        yield held


def _continues(text: str, held: Block, last: _Line, line: _Line, is_wrapped: bool) -> bool:
    if line.after_blank or line.kind != "paragraph" or held.kind == "row":
        return False
    names = any(p.search(text, line.start, line.end) for p in (_WIDE, _SIZES))
    if names and _TITLE.match(text, held.start, held.end):
        return False
    first = text[line.start]
    if held.kind == "item" and first.islower():
        return True
    if last.end - last.start < _WRAP_AT_LEAST or last.end - last.start > 130:
        return False
    if not _OPEN_END.search(text, last.start, last.end):
        return is_wrapped
    return first.islower() or is_wrapped or text[last.end - 1] in ",(/-"


def _belongs(held: Block, line: _Line) -> bool:
    """Say whether a line without a bullet is a further line of a list item: it is set in below it."""
    inside = line.indent >= 2 * (held.level + 1)
    return held.kind == "item" and line.kind == "paragraph" and inside and not line.after_blank


def _unmarked(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Make items of paragraphs that lost their bullets: behind a colon, they go on in small letters."""
    is_open = False
    for block in blocks:
        piece = block.text_of(text)
        if block.kind != "paragraph":
            is_open = False
        elif is_open and piece[0].islower() and len(piece) <= _LONGEST_ITEM:
            block = replace(block, kind="item")
        else:
            is_open = piece.rstrip(" *_").endswith(":")
        yield block


def _with_names(text: str, blocks: list[Block]) -> list[Block]:
    """Make rows of the lines over a row that name its columns: they may hold one gap, or none.

    The name of a group of rows, or of a study, may stand between them.
    """
    found = list(blocks)
    for index in range(len(found) - 2, -1, -1):
        below = next(
            (one for one in found[index + 1 : index + 4] if not _is_group(text, one)), found[index]
        )
        is_near = found[index].kind == "paragraph" and below.kind == "row"
        if is_near and _names_columns(text, found[index], below):
            found[index] = replace(found[index], kind="row")
    return found


def _is_group(text: str, block: Block) -> bool:
    line = block.text_of(text).rstrip()
    is_short = block.kind == "paragraph" and len(line) <= _GROUP
    return is_short and line[-1:] not in (".", ":", ";") and not _TITLE.match(line)


def _names_columns(text: str, block: Block, below: Block) -> bool:
    line = block.text_of(text).rstrip()
    is_line = len(line) <= _LONGEST_NAMES and "\n" not in line and line[-1:] not in (".", ":", ";")
    if not is_line or _TITLE.match(line) or not _COLUMN_NAMES.search(line):
        return False
    if not (_WIDE.search(line) or _SIZE.search(line) or _PER_CENT.search(line)):
        return False
    return not _blank_between(text, block, below) or _is_data(below.text_of(text))


def _is_data(line: str) -> bool:
    """Whether a row has figures: a cell that is nothing else, and no sizes of arms."""
    piece = _GRADE.sub("", line)
    if not _NUMERIC.search(piece) or _SIZES.search(piece):
        return False
    inside = piece.strip().strip("|").strip()
    return any(_VALUE.match(cell.strip()) for cell in _CELL_BORDER.split(inside)[1:])


def _with_headers(text: str, blocks: list[Block]) -> Iterator[Block]:
    governing: dict[int, int] = {}  # level of a list → the block that governs it
    heads: list[int] = []  # the header rows of the table that is open
    has_data = False  # whether rows of it follow already
    row: Block | None = None  # its last row; a line of one cell may stand between two rows
    for index, block in enumerate(blocks):
        previous = blocks[index - 1] if index else None
        if block.kind == "item":
            if previous is None or previous.kind == "row":
                governing.clear()
            elif previous.kind == "paragraph":
                governing = {block.level: index - 1} if is_header(previous.text_of(text)) else {}
            elif (
                block.level > previous.level
                or _leads_on(text, previous)
                or _announces_in_line(text, previous, block)
            ):
                governing[block.level] = index - 1
            yield replace(block, header=governing.get(block.level, governing.get(0)))
        elif block.kind == "row":
            is_data = _is_data(block.text_of(text))
            is_parted = row is None or _blank_between(text, row, block)
            if heads and is_data and row and _goes_on(text[row.end : block.start], has_data):
                is_parted = False
            if is_parted:
                heads = [] if is_data else [index]  # a row of figures heads no table
                has_data = False
                yield block
            elif (
                heads and not has_data and _COLUMN_NAMES.search(block.text_of(text)) and not is_data
            ):
                heads.append(index)
                yield replace(block, header=heads[-2])
            else:
                has_data = True
                yield replace(block, header=heads[-1] if heads else None)
            row = block
        else:
            yield block


def _goes_on(between: str, has_data: bool) -> bool:
    """Whether a table goes on behind a blank line: behind its header, or the name of a group of rows."""
    name = " ".join(between.split())
    if not has_data:
        return len(name) <= _NEAR
    return len(name) <= _GROUP and not _TITLE.match(name) and name[-1:] not in (".", ":")


def _leads_on(text: str, item: Block) -> bool:
    """Say whether the line of the next list stands glued to the end of an item: "… or fits. Common side effects"."""
    return bool(_GLUED.search(text, item.start, item.end))


def _announces_in_line(text: str, item: Block, after: Block) -> bool:
    """Say whether an item governs the next one of its line, where all levels look the same."""
    return text[item.end - 1] == ":" and "\n" not in text[item.end : after.start]


def _blank_between(text: str, first: Block, second: Block) -> bool:
    return "\n\n" in text[first.end : second.start].replace(" ", "")
