"""Web pages and package leaflets: HTML to text with the sections that its headings open.

Navigation, headers and footers stay in the text (a later stage sets them aside); scripts, styles
and hidden elements do not. The alternative texts of images are no part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monograph_nlp.read.layout import unfold_frames
from monograph_nlp.read.render import Rendering, render
from monograph_nlp.read.repair import empty, repair
from monograph_nlp.read.source import Source, check_kind, sha256
from monograph_nlp.read.structure import Node, Role
from monograph_nlp.types import Monograph

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS = (
    "address article aside blockquote body button center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav "
    "optgroup option p pre search section summary table tbody tfoot thead tr td th"
)
_ROLES: dict[str, Role] = dict.fromkeys(_BLOCKS.split(), "block")
_ROLES |= dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "heading")
_ROLES |= {"ul": "list", "ol": "list", "menu": "list", "li": "item", "br": "break"}
_ROLES |= {"table": "table", "tr": "row", "td": "cell", "th": "cell", "caption": "caption"}
_ROLES |= {"sup": "sup", "sub": "sub", "pre": "preformatted", "textarea": "preformatted"}
_UNSEEN = "audio canvas head iframe noscript object script style svg template video"
_DROPPED = frozenset(_UNSEEN.split())
_INVISIBLE = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes
# A page that was cut out of JSON without decoding it: line ends written as backslash and n.
_ESCAPED_LINE = re.compile(r"\\n(?:\\t)+|>\s*\\n|\\n\s*<")
_ESCAPED_SPACE = re.compile(r"(?:\\[nrt])+")
_MIN_ESCAPED_LINES = 3


def read(source: Source) -> Iterator[Monograph]:
    """Yield the page as one document; its title is the first h1, else the title element."""
    data = source.read_bytes()
    check_kind(data, source.name, source.suffix)
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    repaired = repair(data, source.name, declared[1].decode("ascii") if declared else None)
    markup, damage = _unescape(repaired.text)
    title, rendering = render_html(markup)
    if not rendering.text:
        raise empty(source.name)
    yield Monograph(
        id=source.stem,
        text=rendering.text,
        format="html",
        source=source.name,
        sha256=sha256(data),
        title=title,
        sections=rendering.sections,
        damage=repaired.damage + damage,
    )


def render_html(markup: str) -> tuple[str, Rendering]:
    """Return the title and the rendering of a page."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(markup)
    root = parser.root
    if root is None:
        return "", render(Node("block"))
    rendering = render(_tree(root))
    first = parser.css_first("h1")
    title = render(_tree(first)).text if first is not None else ""
    if not title:
        named = parser.css_first("head title")
        title = named.text() if named is not None else ""
    return " ".join(title.split()), rendering


def _unescape(markup: str) -> tuple[str, tuple[str, ...]]:
    if len(_ESCAPED_LINE.findall(markup)) < _MIN_ESCAPED_LINES:
        return markup, ()
    mended, count = _ESCAPED_SPACE.subn(" ", markup)
    sentence = f"{count} escaped line ends and tabs were turned into white space."
    return mended.replace('\\"', '"').replace("\\/", "/"), (sentence,)


def _tree(root: LexborNode) -> Node:
    """Copy the visible elements, each with its role; keeps its own stack, as pages nest deeply."""
    top = Node("block")
    tables: list[Node] = []
    stack: list[tuple[LexborNode | None, Node, Node | None]] = [(root.child, top, None)]
    while stack:
        element, parent, table = stack.pop()
        if element is None:
            continue
        stack.append((element.next, parent, table))
        tag = element.tag or ""
        if tag == "-text":
            parent.children.append(element.text_content or "")
        elif tag not in _DROPPED and not _is_hidden(element):
            node = _node(tag, element)
            parent.children.append(node)
            if table is not None and node.role in ("heading", "table"):
                table.is_frame = True
            if node.role == "table":
                tables.append(node)
            stack.append((element.child, node, node if node.role == "table" else table))
    unfold_frames(tables)
    return top


def _node(tag: str, element: LexborNode) -> Node:
    node = Node(_ROLES.get(tag, "inline"))
    match node.role:
        case "heading":
            node.level = int(tag[1])
        case "list" if tag == "ol":
            node.number = _number(element, "start", 1)
        case "item":
            node.number = _number(element, "value", None)
        case "cell":
            node.row_span = _number(element, "rowspan", 1) or 1
            node.column_span = _number(element, "colspan", 1) or 1
    return node


def _number(element: LexborNode, attribute: str, default: int | None) -> int | None:
    raw = (element.attributes.get(attribute) or "").strip()
    return int(raw) if raw.isdecimal() and len(raw) <= 6 else default


def _is_hidden(element: LexborNode) -> bool:
    attributes = element.attributes
    return "hidden" in attributes or bool(_INVISIBLE.search(attributes.get("style") or ""))
