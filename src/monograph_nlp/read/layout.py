"""Tables that only arrange a page: their cells become blocks like any other."""

from __future__ import annotations

from collections.abc import Iterable

from monograph_nlp.read.structure import Node, Role, find, walk

_TABLE_ROLES: frozenset[Role] = frozenset({"caption", "cell", "row", "table"})


def unfold_frames(tables: Iterable[Node]) -> None:
    """Turn those tables into plain blocks that hold a heading or a table, or have one column.

    Such a table is a frame around text: its lists and paragraphs must not run into one line.
    """
    for table in tables:
        if table.is_frame or not _has_columns(table):
            table.role = "block"
            for event, node in walk(table, ("table",)):
                if event == "enter" and isinstance(node, Node) and node.role in _TABLE_ROLES:
                    node.role = node.role if node.role == "table" else "block"


def _has_columns(table: Node) -> bool:
    return any(len(list(find(row, ("cell",)))) > 1 for row in find(table, ("row",)))
