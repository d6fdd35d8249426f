"""One HTML file that needs nothing else: style, script and documents are inside, and no network.

Documents are compressed one by one and opened when they are read, so that a thousand of them open
as fast as one. The content policy lets this very script and this very style run, and nothing else.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import islice
from typing import TextIO

from monograph_nlp.review.index import Index, vocabulary
from monograph_nlp.review.payload import payload
from monograph_nlp.types import Record

_STYLES = ("page.css", "parts.css")
_SCRIPTS = (  # in this order they are one script
    "page.js",
    "text.js",
    "data.js",
    "decisions.js",
    "saved.js",
    "search.js",
    "documents.js",
    "reader.js",
    "hits.js",
    "header.js",
    "panel.js",
    "choosing.js",
    "form.js",
    "fields.js",
    "keys.js",
    "start.js",
)
_TOGETHER = 20  # documents in one element: few elements, and little to parse when one is opened
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def write_page(
    records: Iterable[Record],
    stream: TextIO,
    *,
    title: str = "Review",
    corrections: Sequence[Mapping[str, object]] = (),
) -> int:
    """Write the page of the records; return how many there were.

    Args:
        records: read once, one at a time, and not validated; ids are unique. A record without its
            ``text`` is shown by its evidence alone.
        stream: takes the page; ASCII but for the style and script.
        title: the page's title.
        corrections: decisions of an earlier review, as the page saves them.
    """
    head, tail = _template(title)
    index = Index()
    stream.write(head)
    for packed in _batched(_packed(records, index), _TOGETHER):
        stream.write(_element("documents", packed))
    stream.write(_element("index", pack(index.data())))
    earlier = _element("corrections", list(corrections))
    meta = {"hash": index.hash(), "together": _TOGETHER, **vocabulary()}
    meta["corrections"] = _hash(earlier) if corrections else None
    stream.write(_element("meta", meta))
    stream.write(earlier)
    stream.write(tail)
    return len(index)


def pack(value: object) -> str:
    """Return JSON, compressed, in base64: the same value, the same characters."""
    plain = json.dumps(value, separators=(",", ":")).encode("ascii")
    return b64encode(gzip.compress(plain, 6, mtime=0)).decode("ascii")


def _packed(records: Iterable[Record], index: Index) -> Iterator[str]:
    for record in records:
        index.add(record)
        yield pack(payload(record))


def _batched(items: Iterator[str], size: int) -> Iterator[list[str]]:
    while batch := list(islice(items, size)):
        yield batch


def _element(kind: str, value: object) -> str:
    """JSON that the browser keeps and does not read: no ``<`` in it can end the element."""
    plain = json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" data-holds="{kind}">{plain}</script>\n'


def _template(title: str) -> tuple[str, str]:
    """What stands before and behind the documents."""
    style = "".join(map(_file, _STYLES))
    script = '"use strict";\n' + "".join(map(_file, _SCRIPTS))
    policy = _POLICY.format(script=_hash(script), style=_hash(style))
    head, _, tail = _file("page.html").partition("{{documents}}\n")
    head = head.replace("{{policy}}", policy).replace("{{style}}", style)
    return head.replace("{{title}}", escape(title)), tail.replace("{{script}}", script)


def _file(name: str) -> str:
    return (files("monograph_nlp") / "review" / "page" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """As a content policy writes it."""
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()
