"""The neutral tree between a document format and its rendering.

HTML, SPL and DOCX differ in their tags, not in what a reader sees. Each format's module turns
its own tree into ``Node`` objects; ``render`` turns those into text, by one set of rules.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "block",  # stands apart from its neighbours: a paragraph, a division
    "break",  # a line break inside a block
    "caption",  # the title line of a table, or the label of a list item
    "cell",
    "footnote",  # printed below the block that refers to it
    "heading",  # opens a section of its level, which lasts until the next one as high
    "inline",  # runs on in its line
    "item",
    "list",
    "preformatted",  # its line ends count
    "row",
    "section",  # a section that the source delimits itself
    "sub",
    "sup",
    "table",
    "title",  # the heading line of the section around it
]
Event: TypeAlias = tuple[Literal["enter", "leave", "text"], "Node | str"]


@dataclass(slots=True)
class Node:
    """One element; ``children`` are nodes and strings in reading order."""

    role: Role
    children: list[Node | str] = field(default_factory=list)
    level: int = 0  # of a heading: 1 is the highest
    number: int | None = None  # of the first item of a numbered list, or of an item
    row_span: int = 1
    column_span: int = 1
    is_frame: bool = False  # a table that holds a heading or another table
    id: str | None = None  # of a section
    loinc: str | None = None  # of a section


def walk(root: Node, opaque: Container[Role] = ()) -> Iterator[Event]:
    """Yield the events below ``root`` in reading order; opaque nodes are entered, never opened.

    It keeps its own stack: a document may nest deeper than Python's.
    """
    stack: list[tuple[Node, Iterator[Node | str]]] = [(root, iter(root.children))]
    while stack:
        node, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            if stack:
                yield "leave", node
        elif isinstance(child, str):
            yield "text", child
        else:
            yield "enter", child
            if child.role not in opaque:
                stack.append((child, iter(child.children)))


def find(root: Node, roles: Container[Role]) -> Iterator[Node]:
    """Yield the nodes below ``root`` that have one of the roles, and none inside those."""
    for event, node in walk(root, roles):
        if event == "enter" and isinstance(node, Node) and node.role in roles:
            yield node
