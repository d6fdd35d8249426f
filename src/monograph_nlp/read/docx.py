"""Word documents: paragraphs, headings, lists and tables to text.

A paragraph in a heading style opens a section. Numbered paragraphs count on within their list.
Footnotes, comments, text boxes, headers and footers are not part of the body and are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monograph_nlp.errors import ReadError
from monograph_nlp.read.extra import missing_extra
from monograph_nlp.read.layout import unfold_frames
from monograph_nlp.read.numbering import Numbering
from monograph_nlp.read.render import render
from monograph_nlp.read.repair import empty
from monograph_nlp.read.source import Source, check_kind, sha256
from monograph_nlp.read.structure import Node
from monograph_nlp.types import Monograph

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_MAGIC = b"PK\x03\x04"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


def read(source: Source) -> Iterator[Monograph]:
    """Yield the document; its title is that of its properties. Needs ``[documents]``."""
    data = source.read_bytes()
    check_kind(data, source.name, source.suffix, _MAGIC)
    document = _open(data, source)
    rendering = render(_tree(document))
    if not rendering.text:
        raise empty(source.name)
    yield Monograph(
        id=source.stem,
        text=rendering.text,
        format="docx",
        source=source.name,
        sha256=sha256(data),
        title=" ".join((document.core_properties.title or "").split()),
        sections=rendering.sections,
    )


def _open(data: bytes, source: Source) -> Document:
    try:
        import docx
    except ImportError as cause:
        raise missing_extra(source.name, "python-docx") from cause
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > source.limits.max_unpacked_bytes:
            raise ReadError(
                source.name,
                f"it unpacks to {unpacked:,} bytes",
                f"at most {source.limits.max_unpacked_bytes:,}",
                "Raise Limits.max_unpacked_bytes if the file is trusted.",
            )
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as cause:
        raise ReadError(
            source.name, f"no Word document ({cause})", "a .docx file", "Save it again as .docx."
        ) from cause


def _tree(document: Document) -> Node:
    from docx.table import Table

    top = Node("block")
    tables: list[Node] = []
    lists: list[Node] = []  # the open lists, outer first
    numbering = Numbering(document)
    for block in document.iter_inner_content():
        place = None if isinstance(block, Table) else numbering.place(block)
        if isinstance(block, Table):
            lists.clear()
            top.children.append(_table(block, tables))
        elif place is None or _level(block):
            lists.clear()
            top.children.append(_paragraph(block))
        else:
            _add_item(top, lists, block, *place)
    unfold_frames(tables)
    return top


def _add_item(
    top: Node, lists: list[Node], paragraph: Paragraph, level: int, number: int | None
) -> None:
    del lists[level + 1 :]
    if len(lists) == level + 1 and (lists[-1].number is None) != (number is None):
        lists.pop()  # bullets after numbers are a new list
    while len(lists) <= level:
        opened = Node("list", number=number)
        above = lists[-1].children[-1:] if lists else []
        holder = above[0] if above and isinstance(above[0], Node) else (lists or [top])[-1]
        holder.children.append(opened)
        lists.append(opened)
    item = Node("item", _runs(paragraph), number=number)
    lists[-1].children.append(item)


def _paragraph(paragraph: Paragraph) -> Node:
    level = _level(paragraph)
    return Node("heading" if level else "block", _runs(paragraph), level=level)


def _level(paragraph: Paragraph) -> int:
    name = (paragraph.style.name if paragraph.style is not None else None) or ""
    heading = _HEADING.match(name)
    return int(heading[1]) if heading else 0


def _runs(paragraph: Paragraph) -> list[Node | str]:
    children: list[Node | str] = []
    for part in paragraph.iter_inner_content():
        for run in getattr(part, "runs", None) or [part]:
            font, lines = getattr(run, "font", None), run.text.split("\n")
            for index, line in enumerate(lines):
                if index:
                    children.append(Node("break"))
                raised = font is not None and font.superscript
                lowered = font is not None and font.subscript
                if raised or lowered:
                    children.append(Node("sup" if raised else "sub", [line]))
                else:
                    children.append(line)
    return children


def _table(table: Table, tables: list[Node]) -> Node:
    node = Node("table")
    tables.append(node)
    for row in table.rows:
        line = Node("row", [Node("cell") for _ in range(row.grid_cols_before)])
        node.children.append(line)
        previous = None
        for cell in row.cells:  # one for each column: a merged cell comes again
            again = cell._tc is previous
            previous = cell._tc
            line.children.append(Node("cell") if again else _cell(cell, node, tables))
    return node


def _cell(cell: _Cell, around: Node, tables: list[Node]) -> Node:
    from docx.table import Table

    node = Node("cell")
    for block in cell.iter_inner_content():
        if isinstance(block, Table):
            around.is_frame = True
            node.children.append(_table(block, tables))
        else:
            node.children.append(Node("block", _runs(block)))
    return node
