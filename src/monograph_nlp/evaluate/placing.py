"""Gold and record of one document, in one system of coordinates: the record's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldMention, Spans
from monograph_nlp.types import Record, Section

NOWHERE = "(no section)"
_SAMPLE = 40  # characters of a text in an error


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, and what its annotators decided, with the offsets of the record."""

    gold: GoldDocument
    record: Record
    text: str | None  # of the document, where either side holds it

    def section(self, place: int | None) -> str:
        """Return the label of the innermost section that a character lies in."""
        section = None if place is None else innermost(self.record.sections, place)
        return section.label if section else NOWHERE


def innermost(sections: Iterable[Section], place: int) -> Section | None:
    """Return the shortest section that a character lies in."""
    around = (section for section in sections if section.start <= place < section.end)
    return min(around, key=_length, default=None)


def _length(section: Section) -> int:
    return section.end - section.start


def placed(gold: GoldDocument, record: Record) -> Placed:
    """Put the gold of a document over its record.

    Raises:
        ReadError: the two are not of one text, or its sections are not those of the record.
    """
    text = record.text
    if gold.parts:
        starts = _starts(gold, record)
        moved = tuple(_moved(mention, starts) for mention in gold.mentions)
        gold = replace(gold, mentions=moved, text=_joined(gold.parts, starts))
    _check(gold, record)
    return Placed(gold, record, text if text is not None else gold.text)


def _starts(gold: GoldDocument, record: Record) -> list[int]:
    """Return where the parts of a gold begin in the record: the n-th part is the n-th source section."""
    sources = sorted(
        (section for section in record.sections if section.origin == "source"),
        key=lambda section: section.start,
    )
    lengths = [_length(section) for section in sources]
    if lengths != [len(part) for part in gold.parts]:
        raise _differ(
            gold.id,
            f"its source sections have {lengths} characters, those of the gold "
            f"{[len(part) for part in gold.parts]}",
        )
    return [section.start for section in sources]


def _moved(mention: GoldMention, starts: list[int]) -> GoldMention:
    base = starts[mention.part or 0]
    spans = tuple((start + base, end + base) for start, end in mention.spans)
    return replace(mention, spans=spans, part=None)


def _joined(parts: Iterable[str], starts: Iterable[int]) -> str:
    text = ""
    for part, start in zip(parts, starts, strict=True):
        text = text.ljust(start) + part
    return text


def _check(gold: GoldDocument, record: Record) -> None:
    """Compare the texts by what the record quotes of its own: it need not hold its text."""
    text = gold.text
    if text is not None:
        for mention in record.mentions:
            found = " ".join(text[start:end] for start, end in mention.spans)
            if found.split() != mention.text.split():
                said = f"{mention.text[:_SAMPLE]!r} at {mention.spans[0][0]}"
                raise _differ(gold.id, f"it says {said}, the gold's text {found[:_SAMPLE]!r}")
    if gold.sha256_text and record.text is not None:
        digest = hashlib.sha256(record.text.encode("utf-8")).hexdigest()
        if digest != gold.sha256_text:
            raise _differ(gold.id, "its text has another SHA-256 than the gold says")


def _differ(name: str, what: str) -> ReadError:
    return ReadError(
        f"record of document {name!r}",
        what,
        "a record of the very text that was annotated",
        "Extract the text of the gold, so that the offsets count in one text.",
    )


def place_of_quote(quote: str, text: str | None) -> int | None:
    """Return where a quotation begins in a text, white space aside; None where it cannot be told.

    >>> place_of_quote("may  cause rash", "It\\nmay cause\\nrash."), place_of_quote("gout", None)
    (3, None)
    """
    words = quote.split()
    if not words or text is None:
        return None
    place = text.find(quote)
    return place if place >= 0 else _loosely(words, text)


def _loosely(words: list[str], text: str) -> int | None:
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.start() if match else None


def hull(spans: Spans) -> Spans:
    """Return the outer ends of a mention as its only span."""
    return ((spans[0][0], spans[-1][1]),)


def touch(these: Spans, those: Spans) -> bool:
    """Whether two mentions share a character."""
    return any(a < d and c < b for a, b in these for c, d in those)


def seen(gold: Gold, spans: Spans) -> Spans:
    """Return the spans as the gold's format can hold them."""
    return spans if gold.has_gaps else hull(spans)
