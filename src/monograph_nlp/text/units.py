"""A unit of statement: a sentence, a list item or a table row, with what governs it.

Offsets of a unit's mentions count from the unit's first code point. The subject's names are masked
in ``masked`` by ``§`` of the same length, so that a rule can ask for the subject whatever it is
called.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monograph_nlp.text.blocks import Block
from monograph_nlp.text.cells import BORDER
from monograph_nlp.text.places import Nested
from monograph_nlp.text.table_lines import is_title, leads_to_shares

MASK = "§"
PRONOUN = re.compile(
    r"\b(?:it|its|this (?:medicine|drug|product|vaccine|antibody|agent)|the (?:drug|medicine|product|vaccine|antibody))\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(rf"\b([A-Z][A-Za-z]{{1,5}}) ?= ?{MASK}")
_REGIMEN = re.compile(  # "Zynovia with bortezomib and dexamethasone (ZBd)"
    rf"(?P<own>{MASK}+) (?P<others>(?:with|plus|and|in combination with|combined with) [^().;:\n]{{3,90}}) "
    r"\((?P<short>[A-Z][A-Za-z-]{0,3}[A-Za-z]{1,4})\)"
)
_NEXT = 12  # code points between the names of a combination: " 5 mg and "
_LONGEST = 4000  # code points; what is longer is no sentence, and is cut where a space stands


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A mention in a unit; ``index`` is its place among the document's mentions."""

    index: int
    label: str
    start: int
    end: int
    assertion: str
    is_subject: bool
    id: str = ""  # of the span: what found it, where that matters
    name: str = ""  # its words, where they stand apart


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of statement and the headers over it, outermost first, as document ranges."""

    start: int
    end: int
    text: str  # with a space for each line break: a sentence may be wrapped, as in a PDF
    masked: str
    kind: str  # paragraph, item or row
    section: str  # label of the innermost section
    headers: tuple[tuple[int, int], ...]
    header: str  # the headers' text, with the subject masked, one a line
    mentions: tuple[UnitMention, ...]
    title: str = ""  # of the table that a row stands in

    @property
    def names_subject(self) -> bool:
        """Whether the unit names the document's subject or points to it."""
        return MASK in self.masked or bool(PRONOUN.search(self.masked))


def mask(text: str, names: Sequence[tuple[int, int]]) -> str:
    """Replace each range of a text by as many ``§``."""
    pieces, done = [], 0
    for start, end in names:
        if start >= done:
            pieces += [text[done:start], MASK * (end - start)]
            done = end
    return "".join(pieces) + text[done:]


def build_units(
    text: str,
    blocks: Sequence[Block],
    sentences: Sequence[tuple[int, int, int]],
    section_of: Sequence[tuple[int, int, str]],
    mentions: Sequence[UnitMention],
    is_wanted: Callable[[str], bool] | None = None,
    parts: Collection[str] = (),
) -> Iterator[Unit]:
    """Yield the units that hold a mention, and those that are wanted all the same, in order.

    Args:
        text: the document's text.
        blocks: its blocks.
        sentences: ``(start, end, block)`` of each sentence and cell, in order.
        section_of: ``(start, end, label)`` of each section, outer before inner.
        mentions: the document's mentions, in order, with document offsets.
        is_wanted: whether the text of a unit without a mention matters, too.
        parts: names, in small letters, of the substances of a combination: a column of one of them is not the subject's.
    """
    masked = mask(text, [(m.start, m.end) for m in mentions if m.is_subject])
    over = _without_lone(text, masked, mentions, parts) if parts else masked
    starts = [mention.start for mention in mentions]
    arms = _own_arms(text, masked, {text[m.start : m.end] for m in mentions if m.is_subject})
    places = Nested([(start, end) for start, end, _ in section_of])
    for start, end, index in _ranges(blocks, sentences):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last and not (is_wanted and is_wanted(text[start:end])):
            continue
        headers = tuple(_headers(blocks, index))
        yield Unit(
            start,
            end,
            text[start:end].replace("\n", " "),
            masked[start:end].replace("\n", " "),
            blocks[index].kind,
            _label_at(places, section_of, start),
            headers,
            "\n".join(_masked_arms(over[a:b], arms) for a, b in headers),
            tuple(
                _inside(mention, start) for mention in mentions[first:last] if mention.end <= end
            ),
            _title(masked, blocks, index),
        )


def _without_lone(
    text: str, masked: str, mentions: Sequence[UnitMention], parts: Collection[str]
) -> str:
    """Return the masked text with the names of single parts as they were: "Examplinib 160 mcg", but not "examplinib/otherol"."""
    own = [mention for mention in mentions if mention.is_subject]
    joined = {
        i
        for i, (a, b) in enumerate(pairwise(own))
        if b.start - a.end <= _NEXT and not BORDER.search(text, a.end, b.start)
    }
    alone = [
        one
        for i, one in enumerate(own)
        if text[one.start : one.end].lower() in parts and joined.isdisjoint((i - 1, i))
    ]
    pieces, done = [], 0
    for one in alone:
        pieces += [masked[done : one.start], text[one.start : one.end]]
        done = one.end
    return "".join(pieces) + masked[done:]


def _own_arms(text: str, masked: str, names: Collection[str]) -> re.Pattern[str] | None:
    """Return what else stands for the subject's arm over a table: "ExD = Examplinib plus D", "ZYNOVIA5 mg"."""
    own = [rf"{re.escape(name)}(?=\d)" for name in names if name]
    own += [rf"{re.escape(match[1])}\b" for match in _DEFINED.finditer(masked)]
    own += [rf"{re.escape(name)}\b" for name in _regimens(text, masked)]
    return (
        re.compile(rf"\b(?:{'|'.join(sorted(set(own), key=len, reverse=True))})") if own else None
    )


def _regimens(text: str, masked: str) -> Iterator[str]:
    """Yield short forms of the subject with others; one that begins a partner's name is the partner's."""
    for match in _REGIMEN.finditer(masked):
        short = match["short"]
        is_own = text[match.start("own")].lower() == short[0].lower()
        partners = re.findall(r"\w+", match["others"].lower())
        if is_own and not any(name.startswith(short.lower()) for name in partners):
            yield short


def _masked_arms(header: str, arms: re.Pattern[str] | None) -> str:
    return arms.sub(lambda match: MASK * len(match[0]), header) if arms else header


def _ranges(
    blocks: Sequence[Block], sentences: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    row = -1
    for start, end, index in sentences:
        block = blocks[index]
        if block.kind != "row":
            yield start, min(end, start + _LONGEST), index
        elif index != row:
            row = index
            yield block.start, block.end, index


def _headers(blocks: Sequence[Block], index: int) -> Iterator[tuple[int, int]]:
    block = blocks[index]
    if block.header is not None and block.header < index:
        yield from _headers(blocks, block.header)
        yield blocks[block.header].start, blocks[block.header].end


def _title(text: str, blocks: Sequence[Block], index: int) -> str:
    """Return the title over a table's first header row, or what leads to it; notes may stand before it."""
    if blocks[index].kind != "row" or blocks[index].header is None:
        return ""
    while (over := blocks[index].header) is not None and over < index:
        index = over
    near = (blocks[place].text_of(text) for place in range(index - 1, max(index - 4, -1), -1))
    return next((line for line in near if is_title(line) or leads_to_shares(line)), "")


def _label_at(places: Nested, sections: Sequence[tuple[int, int, str]], position: int) -> str:
    index = places.at(position)
    return sections[index][2] if index is not None else ""


def _inside(mention: UnitMention, start: int) -> UnitMention:
    return UnitMention(
        mention.index,
        mention.label,
        mention.start - start,
        mention.end - start,
        mention.assertion,
        mention.is_subject,
        mention.id,
        mention.name,
    )
