"""The lists of a Word document: how deep a paragraph stands, and with what number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

# Word's own list styles say their depth in the name.
_STYLE = re.compile(r"list (bullet|number)(?: ([2-9]))?$", re.IGNORECASE)
_BULLETS = frozenset({"bullet", "none"})


class Numbering:
    """Counts the numbered paragraphs of a document, in its order."""

    def __init__(self, document: Document) -> None:
        self._formats = _formats(document)
        self._counts: dict[tuple[int, int], int] = {}

    def place(self, paragraph: Paragraph) -> tuple[int, int | None] | None:
        """Return depth (0 is the outermost) and number, or None for a bullet.

        Returns no place at all for a paragraph that stands in no list.
        """
        style = paragraph.style
        named = _STYLE.match((style.name if style is not None else None) or "")
        owners = [paragraph._p, style.element] if style is not None else [paragraph._p]
        found = next(filter(None, map(_list_and_level, owners)), None)
        if found is None:
            return (_depth(named), None) if named and named[1].lower() == "bullet" else None
        list_id, level = found
        if list_id == 0:  # Word's way to take a paragraph out of a list
            return None
        depth = max(level, _depth(named))
        if self._formats.get((list_id, level), "bullet") in _BULLETS:
            return depth, None
        return depth, self._count(list_id, level)

    def _count(self, list_id: int, level: int) -> int:
        for key in [key for key in self._counts if key[0] == list_id and key[1] > level]:
            del self._counts[key]
        number = self._counts.get((list_id, level), 0) + 1
        self._counts[list_id, level] = number
        return number


def _depth(named: re.Match[str] | None) -> int:
    return int(named[2]) - 1 if named and named[2] else 0


def _list_and_level(owner: BaseOxmlElement) -> tuple[int, int] | None:
    from docx.oxml.ns import qn

    list_id = owner.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    level = owner.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
    if list_id is None:
        return None
    value = qn("w:val")
    return int(list_id.get(value, "0")), 0 if level is None else int(level.get(value, "0"))


def _formats(document: Document) -> dict[tuple[int, int], str]:
    """Return list id and level → number format (``decimal``, ``bullet`` …)."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:  # a document without lists has no such part
        return {}
    root = getattr(part, "element", None)
    if root is None:
        return {}
    levels = {
        (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"), "0"))): form.get(
            qn("w:val")
        )
        for abstract in root.findall(qn("w:abstractNum"))
        for level in abstract.findall(qn("w:lvl"))
        for form in level.findall(qn("w:numFmt"))
    }
    return {
        (int(number.get(qn("w:numId"))), level): form
        for number in root.findall(qn("w:num"))
        for link in number.findall(qn("w:abstractNumId"))
        for (abstract, level), form in levels.items()
        if abstract == link.get(qn("w:val"))
    }
