"""A tree of nodes as text, by the conventions that the later stages rely on.

Blocks stand apart by a blank line; a heading is a line; a list item is a line with a bullet or
its number, two spaces in for each level; a table row is a line with bars between its cells. A
list follows the paragraph that announces it (with a colon) on the next line, and what an item
holds beyond its first line stands below, two spaces in. Footnotes follow their block.
"""

from __future__ import annotations

from dataclasses import dataclass

from monograph_nlp.read.grid import Cell, table_lines
from monograph_nlp.read.inline import Inline
from monograph_nlp.read.outline import Outline
from monograph_nlp.read.structure import Node, Role, find, walk
from monograph_nlp.types import SourceSection

_RUNNING: frozenset[Role] = frozenset({"break", "inline", "sub", "sup"})
_OPAQUE: frozenset[Role] = frozenset({"caption", "footnote", "heading", "table", "title"})
_BULLET = "•"


@dataclass(slots=True)
class _Marker:
    """What stands before the first line of a list item."""

    text: str  # empty once it is written
    is_caption: bool = False  # it is text of the source, and must not be lost


@dataclass(frozen=True, slots=True)
class Rendering:
    """The text, and the sections in it; offsets are code points of ``text``."""

    text: str
    sections: tuple[SourceSection, ...]


def render(root: Node) -> Rendering:
    """Render what stands below ``root``."""
    renderer = _Renderer()
    renderer.run(root)
    return renderer.finish()


def pieces(node: Node, footnotes: list[str]) -> list[str]:
    """Return the texts of the blocks below ``node``, each one line; footnotes go to the list."""
    inline = Inline()
    found: list[str] = []

    def end_piece() -> None:
        text = " ".join(inline.take().split("\n"))
        if text and text != _BULLET:
            found.append(" ".join(text.split(" ")))

    for event in walk(node, ("footnote",)):
        item = event[1]
        if isinstance(item, str) or item.role in _RUNNING:
            inline.feed(event)
        elif item.role == "footnote":
            footnotes.append(" ".join(pieces(item, footnotes)))
        else:
            end_piece()
            if item.role == "item" and event[0] == "enter":
                inline.feed(("text", f"{_BULLET} "))
    end_piece()
    return found


def join_cell(parts: list[str]) -> str:
    """Join the blocks of one cell; a semicolon keeps apart those that look like entries.

    >>> join_cell(["Neutropenia", "Anaemia", "(all grades)"])
    'Neutropenia; Anaemia (all grades)'
    """
    text = ""
    for part in parts:
        is_entry = text[-1:].isalnum() and part[:1].isupper()
        text += ("; " if is_entry else " " if text else "") + part
    return text


class _Renderer:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._outline = Outline()
        self._inline = Inline()
        self._lists: list[int | None] = []  # the next number of each open list; None: bullets
        self._markers: list[_Marker] = []  # of each open item
        self._footnotes: list[str] = []
        self._last: Role | None = None  # what the last block was
        self._announces = False  # the last block ends with a colon

    def run(self, root: Node) -> None:
        for event in walk(root, _OPAQUE):
            item = event[1]
            if isinstance(item, str) or item.role in _RUNNING:
                self._inline.feed(event)
                continue
            if item.role == "footnote":
                self._footnotes.append(" ".join(pieces(item, self._footnotes)))
                continue
            self._end_block()
            if item.role == "preformatted":
                self._inline.feed(event)
            elif event[0] == "enter":
                self._enter(item)
            else:
                self._leave(item)

    def finish(self) -> Rendering:
        self._end_block()
        self._outline.close(0, self._length)
        return Rendering("".join(self._parts), self._outline.sections())

    def _enter(self, node: Node) -> None:
        match node.role:
            case "section":
                self._outline.open(self._outline.depth + 1, id=node.id, loinc=node.loinc)
            case "heading" | "title":
                self._heading(node)
            case "list":
                self._open_list(node)
            case "item":
                self._markers.append(_Marker(self._marker(node)))
            case "caption":
                self._caption(node)
            case "table":
                self._table(node)

    def _leave(self, node: Node) -> None:
        match node.role:
            case "section":
                self._outline.close(self._outline.depth, self._length)
            case "list":
                self._lists.pop()
            case "item":
                self._write_caption()
                self._markers.pop()

    def _open_list(self, node: Node) -> None:
        self._write_caption()
        if not self._lists and self._last == "item":
            self._last = "list"  # a second list stands apart from the first
        self._lists.append(node.number)

    def _heading(self, node: Node) -> None:
        title = " ".join(pieces(node, self._footnotes))
        if not title:
            return
        if node.role == "heading":
            self._outline.close(node.level, self._length)
            self._outline.open(node.level)
        self._append(title, "heading")
        self._outline.name(title, self._length - len(title), self._length)

    def _marker(self, node: Node) -> str:
        if not self._lists or self._lists[-1] is None:
            return _BULLET
        number = self._lists[-1] if node.number is None else node.number
        self._lists[-1] = number + 1
        return f"{number}."

    def _caption(self, node: Node) -> None:
        text = " ".join(pieces(node, self._footnotes))
        if text and self._markers and self._markers[-1].text:
            self._write_caption()
            self._markers[-1] = _Marker(text, is_caption=True)
        elif text:
            self._block(text, "block")

    def _write_caption(self) -> None:
        """Write the label of an item that has no text of its own before what follows."""
        if self._markers and self._markers[-1].is_caption and self._markers[-1].text:
            self._block("", "block")

    def _table(self, node: Node) -> None:
        notes: list[str] = []
        captions = [join_cell(pieces(caption, notes)) for caption in find(node, ("caption",))]
        rows = [
            [
                Cell(join_cell(pieces(cell, notes)), cell.row_span, cell.column_span)
                for cell in find(row, ("cell",))
            ]
            for row in find(node, ("row",))
        ]
        lines = [line for line in [*captions, *table_lines(rows), *notes] if line]
        if lines:
            self._block("\n".join(lines), "table")

    def _end_block(self) -> None:
        text = self._inline.take()
        if text:
            self._block(text, "block")
        notes, self._footnotes = self._footnotes, []
        for note in filter(None, notes):
            self._block(note, "footnote")

    def _block(self, text: str, role: Role) -> None:
        if not self._markers:
            self._append(text, role)
            return
        indent = "  " * (max(len(self._lists), 1) - 1)
        marker, self._markers[-1] = self._markers[-1].text, _Marker("")
        lines = [line for line in text.split("\n") if line]
        first = f"{indent}{marker}" if marker else f"{indent} "
        self._append(first + " " * bool(lines) + f"\n{indent}  ".join(lines), "item")

    def _append(self, text: str, role: Role) -> None:
        if self._parts:
            follows = role == "item" and (self._last == "item" or self._announces)
            separator = "\n" if follows else "\n\n"
            self._parts.append(separator)
            self._length += len(separator)
        self._outline.reached(self._length)
        self._parts.append(text)
        self._length += len(text)
        self._last, self._announces = role, role == "block" and text.endswith(":")
