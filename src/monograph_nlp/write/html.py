"""Records and frames as HTML for a notebook: styles inline, no script, every word escaped.

A notebook that does not trust its outputs takes style sheets and scripts away; what is here stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from zlib import crc32

from monograph_nlp.types import Fact, Mention, Record
from monograph_nlp.write.summary import head, printable

_EDGE = "1px solid rgba(128,128,128,.35)"
_PAGE = (
    '<div style="font-size:13px;line-height:1.45">{head}'
    '<div style="display:flex;gap:1.5em;align-items:flex-start;flex-wrap:wrap">{text}'
    '<div style="flex:1 1 30em;max-height:42em;overflow:auto">{facts}</div></div></div>'
)
_TEXT = (
    '<div style="flex:1 1 30em">{legend}<div style="max-height:40em;overflow:auto;'
    f"white-space:pre-wrap;unicode-bidi:isolate;line-height:1.75;padding:.6em;border:{_EDGE};"
    'border-radius:6px">{text}</div></div>'
)
_MARK = (
    '<mark title="{title}" style="background:hsl({hue},70%,86%);color:#111;border-radius:3px;'
    'border-bottom:2px {line} hsl({hue},55%,45%);padding:0 1px">{words}</mark>'
)
_KEY = (
    '<span style="display:inline-block;margin:0 .5em .4em 0;padding:0 .4em;border-radius:3px;'
    'background:hsl({hue},70%,86%);color:#111">{label} {count}</span>'
)
_TABLE = (
    '<table cellpadding="4" style="border-collapse:collapse;width:100%"><thead><tr>{head}</tr></thead>'
    "<tbody>{rows}</tbody></table>"
)
_ROW = f'<tr style="border-top:{_EDGE};text-align:left;vertical-align:top">'
_BADGE = '<span style="border:1px solid;border-radius:3px;padding:0 .3em;font-size:85%">{}</span>'
_SMALL = '<span style="opacity:.75">{}</span>'
_HEADS = "".join(
    f'<th style="text-align:left;width:{width}%">{name}</th>'
    for name, width in (
        ("fact", 13),
        ("object", 20),
        ("qualifiers", 17),
        ("evidence", 44),
        ("score", 6),
    )
)


def record_html(record: Record, text: str | None = None) -> str:
    """Return the text with its mentions marked, and the facts beside it.

    A mark says on hovering what its label, assertion, concept and scores are.

    Args:
        record: the record.
        text: ``Monograph.text``; without it, the facts stand alone.
    """
    first, *rest = map(printable, head(record))
    lines = [f"<b>{escape(first)}</b>", *map(escape, rest)]
    rows = "".join(map(_fact_row, record.facts))
    return _PAGE.format(
        head="".join(f'<p style="margin:.2em 0">{line}</p>' for line in lines),
        text="" if text is None else _text(record, text),
        facts=_TABLE.format(head=_HEADS, rows=rows),
    )


def _text(record: Record, text: str) -> str:
    return _TEXT.format(legend=_legend(record.mentions), text="".join(_marked(record, text)))


def _legend(mentions: tuple[Mention, ...]) -> str:
    labels = [mention.label for mention in mentions]
    return "".join(
        _KEY.format(hue=_hue(label), label=_spoken(label), count=labels.count(label))
        for label in dict.fromkeys(labels)
    )


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
    line = "solid" if mention.assertion == "present" else "dashed"
    return _MARK.format(
        title=escape(_told(mention)), hue=_hue(mention.label), line=line, words=escape(words)
    )


def _told(mention: Mention) -> str:
    """What hovering over a mention says."""
    concept = mention.concept
    named = f"{concept.id} {concept.name} ({concept.score:.2f})" if concept else "no concept"
    long = f" = {mention.long_form}" if mention.long_form else ""
    kind = f"{_spoken(mention.label)}, {_spoken(mention.assertion)}"
    return f"{kind}: {mention.text}{long}\n{named}\nscore {mention.score:.2f} ({mention.source})"


def _fact_row(fact: Fact) -> str:
    concept = fact.object.concept
    badge = "" if fact.assertion == "present" else _BADGE.format(_spoken(fact.assertion))
    named = f"<br>{_SMALL.format(escape(f'{concept.id} {concept.name}'))}" if concept else ""
    qualifiers = (f"{_spoken(key)}: {value}" for key, value in sorted(fact.qualifiers.items()))
    cells = (
        f"{_spoken(fact.predicate)} {badge}",
        f"<b>{escape(fact.object.text)}</b>{named}",
        "<br>".join(map(escape, qualifiers)),
        "<br>".join(escape(evidence.text) for evidence in fact.evidence),
        f"{fact.score:.2f}",
    )
    return f"{_ROW}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _spoken(name: str) -> str:
    """``has_adverse_event`` and ``ADVERSE_EVENT`` as people write them, escaped."""
    return escape(name.removeprefix("has_").replace("_", " ").lower())


def _hue(label: str) -> int:
    return crc32(label.encode()) % 360  # the same colour for a label in every page
