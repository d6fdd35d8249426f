"""DailyMed labels: Structured Product Labeling (HL7 v3) to text with LOINC-coded sections.

The text is the narrative of the sections: their titles and text. Left out are the highlights
(``excerpt``), which say again what the sections say, the descriptions of images and the
product data; the names in the product data become ``drug_names`` and ``brand_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monograph_nlp.errors import ReadError
from monograph_nlp.read.layout import unfold_frames
from monograph_nlp.read.render import render
from monograph_nlp.read.repair import empty, repair
from monograph_nlp.read.source import Source, check_kind, sha256
from monograph_nlp.read.structure import Node, Role
from monograph_nlp.types import Monograph

if TYPE_CHECKING:
    from lxml.etree import _Element

_HL7 = "{urn:hl7-org:v3}"
_LOINC = "2.16.840.1.113883.6.1"  # the OID of LOINC
_ROLES: dict[str, Role] = {
    "section": "section",
    "title": "title",
    "text": "block",
    "paragraph": "block",
    "renderMultiMedia": "block",
    "list": "list",
    "item": "item",
    "br": "break",
    "caption": "caption",
    "table": "table",
    "thead": "block",
    "tbody": "block",
    "tfoot": "block",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "sup": "sup",
    "sub": "sub",
    "footnote": "footnote",
}
_OF_SECTION = frozenset({"title", "text", "component"})
_OF_COMPONENT = frozenset({"section"})
_CODE = re.compile(r"[0-9]+-[0-9]")  # of LOINC, whose last digit is a check
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")


def read(source: Source) -> Iterator[Monograph]:
    """Yield the label as one document; nothing outside the file is ever opened."""
    data = source.read_bytes()
    check_kind(data, source.name, source.suffix)
    declared = _DECLARED.search(data[:200])
    repaired = repair(data, source.name, declared[1].decode("ascii") if declared else None)
    root = _parse(repaired.text, source.name)
    rendering = render(_tree(root))
    if not rendering.text:
        raise empty(source.name)
    title = root.find(f"{_HL7}title")
    yield Monograph(
        id=source.stem,
        text=rendering.text,
        format="spl",
        source=source.name,
        sha256=sha256(data),
        title="" if title is None else _plain(title),
        sections=rendering.sections,
        drug_names=_names(root.iterfind(f".//{_HL7}genericMedicine/{_HL7}name")),
        brand_names=_names(root.iterfind(f".//{_HL7}manufacturedProduct/*/{_HL7}name")),
        damage=repaired.damage,
    )


def _parse(text: str, where: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as cause:
        if "<!ENTITY" in text:  # the parser stopped at how much they expand to
            raise _entities(where) from cause
        raise ReadError(
            where, f"broken XML: {cause.msg}", "a well-formed document", "Download it again."
        ) from cause
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:  # type: ignore[union-attr]
        raise _entities(where)
    if root.tag != f"{_HL7}document":
        raise ReadError(
            where,
            f"the root element is {root.tag!r}",
            f"an SPL label, whose root is {_HL7}document",
            "Convert it to a format that can be read, such as JSONL with sections.",
        )
    return root


def _entities(where: str) -> ReadError:
    return ReadError(
        where,
        "its DOCTYPE declares entities, which are not expanded (they can open other files or "
        "grow without bound)",
        "an SPL document without a DTD",
        "Remove the DOCTYPE, and write the characters themselves.",
    )


def _tree(root: _Element) -> Node:
    """Copy the narrative below the structured body, each element with its role."""
    top = Node("block")
    tables: list[Node] = []
    for section in root.iterfind(f"{_HL7}component/{_HL7}structuredBody/*/{_HL7}section"):
        _copy(section, top, tables, None)
    unfold_frames(tables)
    return top


def _copy(element: _Element, parent: Node, tables: list[Node], table: Node | None) -> None:
    # Recursion is safe: the parser refuses documents that nest deeper than 256 elements.
    tag = _local(element)
    node = _node(tag, element)
    parent.children.append(node)
    if node.role == "table":
        tables.append(node)
        if table is not None:
            table.is_frame = True
        table = node
    wanted = {"section": _OF_SECTION, "component": _OF_COMPONENT}.get(tag)
    if wanted is None and element.text:
        node.children.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and (wanted is None or _local(child) in wanted):
            _copy(child, node, tables, table)
        if wanted is None and child.tail:
            node.children.append(child.tail)


def _node(tag: str, element: _Element) -> Node:
    node = Node(_ROLES.get(tag, "inline"))
    match node.role:
        case "section":
            code, own = element.find(f"{_HL7}code"), element.find(f"{_HL7}id")
            if code is not None and code.get("codeSystem", _LOINC) == _LOINC:
                given = (code.get("code") or "").strip()
                node.loinc = given if _CODE.fullmatch(given) else None
            node.id = element.get("ID") or (None if own is None else own.get("root"))
        case "list" if element.get("listType") == "ordered":
            node.number = 1
        case "cell":
            node.row_span = _number(element.get("rowspan"))
            node.column_span = _number(element.get("colspan"))
    return node


def _number(raw: str | None) -> int:
    text = (raw or "").strip()
    return int(text) if text.isdecimal() and len(text) <= 6 and int(text) > 0 else 1


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element.iterdescendants():
        parts.append(" " if _local(child) == "br" else "")
        parts.append(child.text or "")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _names(elements: Iterable[_Element]) -> tuple[str, ...]:
    """Return the names once each, by their first spelling; a suffix is no part of a name."""
    names: dict[str, str] = {}
    for element in elements:
        name = " ".join((element.text or "").split())
        if name:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())
