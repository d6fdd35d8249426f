"""A record on the screen: marked text and a table of facts in a notebook, plain lines elsewhere."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from zlib import crc32

from monograph_nlp.errors import MonographError
from monograph_nlp.types import Fact, Mention, Record
from monograph_nlp.write.summary import summary

_PAGE = (
    '<div style="display:flex;gap:1.5em;align-items:flex-start;flex-wrap:wrap">'
    '<div style="flex:1 1 28em;max-height:40em;overflow:auto;white-space:pre-wrap;'
    'line-height:1.7">{text}</div>'
    '<div style="flex:1 1 28em;max-height:40em;overflow:auto"><table>'
    "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></div>"
)
_MARK = '<mark title="{title}" style="background:hsl({hue},70%,85%);color:#111">{words}</mark>'
_COLUMNS = ("predicate", "object", "qualifiers", "assertion", "evidence")


@dataclass(frozen=True, slots=True)
class View:
    """A record beside its text, for a notebook; everything from the document is escaped."""

    record: Record
    text: str

    def _repr_html_(self) -> str:
        """Return the HTML that a notebook shows."""
        return _PAGE.format(
            text="".join(_marked(self.record, self.text)),
            head="".join(f"<th>{name}</th>" for name in _COLUMNS),
            rows="".join(_row(fact) for fact in self.record.facts),
        )


def show(record: Record, text: str | None = None) -> View | None:
    """Return a view that a notebook displays; elsewhere print the record's summary.

    Args:
        record: the record.
        text: ``Monograph.text``; the record's own ``text`` where it is not given.

    Raises:
        MonographError: neither holds the text, or the text is not the record's.
    """
    text = record.text if text is None else text
    if not _in_notebook():
        sys.stdout.write(summary(record) + "\n")
        return None
    if text is None:
        raise MonographError(
            f"record {record.id}: it does not hold its text; expected the text to mark it. "
            "Pass it as show(record, text), or extract with with_text=True."
        )
    if len(text) != record.document.characters:
        raise MonographError(
            f"record {record.id}: the text has {len(text)} characters; expected "
            f"{record.document.characters}. Pass the text as the reader saw it."
        )
    return View(record, text)


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and "IPKernelApp" in shell.config


def _marked(record: Record, text: str) -> Iterator[str]:
    """The text in pieces, cut where a mention begins or ends; the shortest mention wins."""
    spans = [(start, end, mention) for mention in record.mentions for start, end in mention.spans]
    cuts = sorted({0, len(text), *(cut for start, end, _ in spans for cut in (start, end))})
    owner: dict[int, Mention] = {}
    for start, end, mention in sorted(spans, key=lambda span: span[0] - span[1]):
        inside = cuts[bisect_left(cuts, start) : bisect_left(cuts, end)]
        owner.update(dict.fromkeys(inside, mention))
    for start, end in pairwise(cuts):
        yield _piece(text[start:end], owner.get(start))


def _piece(words: str, mention: Mention | None) -> str:
    if mention is None:
        return escape(words)
    concept = f" {mention.concept.id} {mention.concept.name}" if mention.concept else ""
    title = f"{mention.label} {mention.assertion}{concept}"
    hue = crc32(mention.label.encode()) % 360  # the same colour for a label in every page
    return _MARK.format(title=escape(title), hue=hue, words=escape(words))


def _row(fact: Fact) -> str:
    concept = f" [{fact.object.concept.id}]" if fact.object.concept else ""
    cells = (
        fact.predicate,
        fact.object.name + concept,
        ", ".join(f"{key}: {value}" for key, value in sorted(fact.qualifiers.items())),
        fact.assertion,
        fact.evidence[0].text if fact.evidence else "",
    )
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
