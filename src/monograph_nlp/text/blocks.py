"""Lines of a text → blocks: paragraphs, list items and table rows, and the header over each.

Readers render the structure of every format in one plain way (``read/render.py``), so structure is
found here once, from the text alone: a list item is a line that begins with a bullet or a number, a
table row is a line of cells. A header is the block that governs what follows: the line before a
list, the first row of a table. Offsets count code points of the text that is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monograph_nlp.text.cells import BORDER
from monograph_nlp.text.lines import Kind, Line, lines_of
from monograph_nlp.text.table_lines import (
    SIZES,
    WIDE,
    is_data,
    is_group,
    is_title,
    may_head,
    names_columns,
)

_GLUED = re.compile(r"[.:]\s+[A-Z][^.]*$")
_OPEN_END = re.compile(r"[\w,;(/'-]$")
_WRAP_AT_LEAST = 45  # code points; a shorter line ends where its writer ended it
_LONGEST_ITEM = 600  # code points of one without a bullet
_LISTED = re.compile(  # what lists names alone, with capitals or not
    r"\bfollowing (?:[\w-]+ ){0,4}(?:diseases|conditions|disorders|infections|cancers|tumou?rs|illnesses)\W*:\W*$"
)
_LONGEST_NAME = 90  # code points of an item that is a name with a capital
_SENTENCE = re.compile(r"[.?!](?:\s|$)|:\s*$")
_NEAR = 250  # code points from a header row to the first row of figures
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


def split_blocks(text: str) -> tuple[Block, ...]:
    """Split a text into blocks, in order; every character that is not white space, a bullet or a
    ruler of a plain-text table stands in exactly one block.

    >>> [b.kind for b in split_blocks("Common:\\n• fever\\n• rash")]
    ['paragraph', 'item', 'item']
    """
    lines = list(lines_of(text))
    merged = _joined(text, lines, is_wrapped=_is_wrapped(text, lines))
    return tuple(_with_headers(text, _with_names(text, list(_unmarked(text, merged)))))


def cells(text: str, block: Block) -> tuple[tuple[int, int], ...]:
    """Return the character ranges of a row's cells; empty cells are empty ranges."""
    found = []
    start = block.start
    for border in BORDER.finditer(text, block.start, block.end):
        if border.start() > block.start:
            found.append((start, border.start()))
        start = border.end()
    if start < block.end:
        found.append((start, block.end))
    return tuple(found)


def is_header(line: str) -> bool:
    """Say whether a line announces what follows it: it ends with a colon, or never ends."""
    line = line.rstrip(" *_")
    return line.endswith(":") or (len(line) <= 160 and not line.endswith((".", "!", "?", ";", ",")))


def _is_wrapped(text: str, lines: list[Line]) -> bool:
    """Say whether the writer broke lines by their length: many go on in small letters."""
    following = [
        b for a, b in pairwise(lines) if not b.after_blank and a.kind == b.kind == "paragraph"
    ]
    small = sum(text[line.start].islower() for line in following)
    return small >= 3 and small / len(following) >= _WRAPPED


def _joined(text: str, lines: list[Line], *, is_wrapped: bool) -> Iterator[Block]:
    """Join the lines of a hard-wrapped paragraph or list item."""
    held: Block | None = None
    last: Line | None = None
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


def _continues(text: str, held: Block, last: Line, line: Line, is_wrapped: bool) -> bool:
    if line.after_blank or line.kind != "paragraph" or held.kind == "row":
        return False
    names = any(p.search(text, line.start, line.end) for p in (WIDE, SIZES))
    if names and is_title(held.text_of(text)):
        return False
    first = text[line.start]
    if held.kind == "item" and first.islower():
        return True
    if last.end - last.start < _WRAP_AT_LEAST or last.end - last.start > 130:
        return False
    if not _OPEN_END.search(text, last.start, last.end):
        return is_wrapped
    return first.islower() or is_wrapped or text[last.end - 1] in ",(/-"


def _belongs(held: Block, line: Line) -> bool:
    """Say whether a line without a bullet is a further line of a list item: it is set in below it."""
    inside = line.indent >= 2 * (held.level + 1)
    return held.kind == "item" and line.kind == "paragraph" and inside and not line.after_blank


def _unmarked(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Make items of paragraphs that lost their bullets: behind a colon, they go on in small letters.

    Behind "the following diseases:" names with a capital are items, too.
    """
    is_open, has_names = False, False
    for block in blocks:
        piece = block.text_of(text)
        is_name = has_names and len(piece) <= _LONGEST_NAME and not _SENTENCE.search(piece)
        if block.kind != "paragraph":
            is_open, has_names = False, False
        elif is_name or (is_open and piece[0].islower() and len(piece) <= _LONGEST_ITEM):
            block = replace(block, kind="item")
        else:
            is_open = piece.rstrip(" *_").endswith(":")
            has_names = is_open and bool(_LISTED.search(piece))
        yield block


def _with_names(text: str, blocks: list[Block]) -> list[Block]:
    """Make rows of the lines over a row that name its columns; the name of a group may stand between them."""
    found = list(blocks)
    for index in range(len(found) - 2, -1, -1):
        below = _below(text, found, index)
        line = found[index].text_of(text)
        is_near = found[index].kind == "paragraph" and below and below.kind == "row"
        if below and is_near and may_head(line):
            is_apart = _blank_between(text, found[index], below)
            if not is_apart or is_data(below.text_of(text)):
                found[index] = replace(found[index], kind="row")
    return found


def _below(text: str, blocks: Sequence[Block], index: int) -> Block | None:
    """Return the next block behind this one that is no name of a group of rows."""
    return next(
        (
            block
            for block in blocks[index + 1 : index + 4]
            if block.kind != "paragraph" or not is_group(block.text_of(text))
        ),
        None,
    )


def _with_headers(text: str, blocks: list[Block]) -> Iterator[Block]:
    lists, tables = _Lists(text), _Tables(text)
    for index, block in enumerate(blocks):
        if block.kind == "item":
            previous = blocks[index - 1] if index else None
            yield replace(block, header=lists.header_of(index, block, previous))
        elif block.kind == "row":
            yield replace(block, header=tables.header_of(index, block))
        else:
            yield block


class _Lists:
    """Which block governs each item, as the items come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._governing: dict[int, int] = {}  # level of a list → the block that governs it

    def header_of(self, index: int, item: Block, previous: Block | None) -> int | None:
        text = self._text
        if previous is None or previous.kind == "row":
            self._governing.clear()
        elif previous.kind == "paragraph":
            governs = is_header(previous.text_of(text))
            self._governing = {item.level: index - 1} if governs else {}
        elif (
            item.level > previous.level
            or _leads_on(text, previous)
            or _announces_in_line(text, previous, item)
        ):
            self._governing[item.level] = index - 1
        return self._governing.get(item.level, self._governing.get(0))


class _Tables:
    """Which header row is over each row, as the rows come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._heads: list[int] = []  # the header rows of the table that is open
        self._has_data = False  # whether rows of it follow already
        self._row: Block | None = None  # its last row; a line of one cell may stand between two

    def header_of(self, index: int, row: Block) -> int | None:
        line = row.text_of(self._text)
        has_figures = is_data(line)
        is_new = self._is_new(row, has_figures=has_figures)
        self._row = row
        if is_new:
            self._heads = [] if has_figures else [index]  # a row of figures heads no table
            self._has_data = False
            return None
        if self._heads and not self._has_data and not has_figures and names_columns(line):
            self._heads.append(index)
            return self._heads[-2]
        self._has_data = True
        return self._heads[-1] if self._heads else None

    def _is_new(self, row: Block, *, has_figures: bool) -> bool:
        """Whether a row begins a table: none is open, or a blank line stands before it that does not go on."""
        if self._row is None:
            return True
        if self._heads and has_figures:
            between = self._text[self._row.end : row.start]
            if _goes_on(between, self._has_data):
                return False
        return _blank_between(self._text, self._row, row)


def _goes_on(between: str, has_data: bool) -> bool:
    """Whether a table goes on behind a blank line: behind its header, or the name of a group of rows."""
    return is_group(between) if has_data else len(" ".join(between.split())) <= _NEAR


def _leads_on(text: str, item: Block) -> bool:
    """Say whether the line of the next list stands glued to the end of an item: "… or fits. Common side effects"."""
    return bool(_GLUED.search(text, item.start, item.end))


def _announces_in_line(text: str, item: Block, after: Block) -> bool:
    """Say whether an item governs the next one of its line, where all levels look the same."""
    return text[item.end - 1] == ":" and "\n" not in text[item.end : after.start]


def _blank_between(text: str, first: Block, second: Block) -> bool:
    return "\n\n" in text[first.end : second.start].replace(" ", "")
