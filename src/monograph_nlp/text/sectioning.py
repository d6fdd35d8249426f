"""A text and the sections its format marks → typed sections, nested, in order.

Three sources, best first: sections that the format marks, heading lines, and, for prose that
stands under no heading, inference from what it says. Offsets count code points of the text that
is passed in; a section's range holds its heading line and the sections nested in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from monograph_nlp.text.blocks import Block
from monograph_nlp.text.headings import (
    Heading,
    SectionType,
    find_headings,
    section_labels,
    type_of_heading,
    type_of_loinc,
)
from monograph_nlp.text.inference import infer_sections
from monograph_nlp.text.places import Apart
from monograph_nlp.types import Origin, SourceSection

_UNTYPED = SectionType("OTHER", None, None, "")
_KEEPS_ITS_CHILDREN = frozenset({"WARNINGS_AND_PRECAUTIONS", "BOXED_WARNING", "CONTRAINDICATIONS"})
_WITHOUT_HEADINGS = frozenset({"ADMINISTRATIVE", "REFERENCES"})  # tables of contents, literature
_INHERITED = 0.7  # score of a label that a subsection takes from its parent
_LONGEST_TITLE = 220  # code points of a first line that is the document's title
_LEAST_PROSE = 80  # code points; less than that under no heading is not worth a guess


@dataclass(frozen=True, slots=True)
class TypedSection:
    """A section with its type; ``parent`` and ``source`` are indexes (of this list, of the input)."""

    label: str
    title: str
    start: int
    end: int
    body_start: int
    loinc: str | None
    smpc: str | None
    origin: Origin
    score: float
    parent: int | None = None
    source: int | None = None
    style: str = ""  # whose words the heading uses: us, smpc, leaflet, article, loinc


def find_sections(
    text: str,
    given: Sequence[SourceSection],
    blocks: Sequence[Block],
    barred: Sequence[tuple[int, int]],
) -> tuple[TypedSection, ...]:
    """Return the typed sections of a text.

    Args:
        text: the text that all offsets count in.
        given: the sections that the format marks, in document order.
        blocks: the text's blocks (``text.blocks.split_blocks``).
        barred: ranges that carry no statement, in order; nothing is inferred from them.
    """
    found = list(_from_source(text, given))
    leaflet = _is_leaflet(text, found)
    found += _from_headings(text, found, leaflet)
    found = _ordered(found)
    apart = Apart(barred)
    found = [_inferred_type(text, section, blocks, apart) for section in found]
    found += _from_prose(text, found, blocks, apart)
    return tuple(_inherited(_nested(_ordered(found))))


def _from_source(text: str, given: Sequence[SourceSection]) -> Iterator[TypedSection]:
    for index, section in enumerate(given):
        kind, score = _source_type(section)
        yield TypedSection(
            kind.label,
            section.title,
            section.start,
            section.end,
            section.body_start,
            section.loinc or kind.loinc,
            kind.smpc,
            "source",
            score,
            section.parent,
            index,
            kind.style,
        )


def _source_type(section: SourceSection) -> tuple[SectionType, float]:
    by_code = type_of_loinc(section.loinc) if section.loinc else None
    by_title = type_of_heading(section.title)
    if by_code and by_code.label != "OTHER":
        return by_code, 1.0
    if section.label:
        label = section.label.upper().replace(" ", "_")
        kind = by_title if by_title and by_title.label == label else None
        if label in section_labels():
            return kind or _type_of_label(label), 1.0
    return (by_title, 1.0) if by_title else (_UNTYPED, 0.0)


def _type_of_label(label: str) -> SectionType:
    kind = type_of_heading(label.replace("_", " ").lower())
    return kind if kind and kind.label == label else SectionType(label, None, None, "")


def _is_leaflet(text: str, found: Sequence[TypedSection]) -> bool:
    titles = [section.title for section in found] or [h.title for h in find_headings(text)]
    styles = Counter(kind.style for kind in map(type_of_heading, titles) if kind)
    return styles["leaflet"] >= 3 and styles["leaflet"] >= styles["us"]


def _from_headings(text: str, source: Sequence[TypedSection], leaflet: bool) -> list[TypedSection]:
    """Find heading lines in the innermost source sections, or in the whole text."""
    leaves = list(_leaves(text, source)) or [(None, 0, len(text))]
    found: list[TypedSection] = []
    for label, start, end in leaves:
        if label not in _WITHOUT_HEADINGS:
            headings = find_headings(text[start:end], run_in=leaflet)
            found += _spread(headings, start, end, label)
    return found


def _leaves(text: str, source: Sequence[TypedSection]) -> Iterator[tuple[str | None, int, int]]:
    parents = {section.parent for section in source}
    for index, section in enumerate(source):
        if index not in parents and section.body_start < section.end:
            body = text[section.body_start : section.end]
            lead = len(body) - len(body.lstrip())
            yield section.label, section.body_start + lead, section.end


def _spread(
    headings: Sequence[Heading], offset: int, end: int, around: str | None
) -> Iterator[TypedSection]:
    """Give each heading the range to the next heading of its level or above."""
    for index, heading in enumerate(headings):
        if index == 0 and heading.start == 0 and heading.type and heading.type.label == around:
            continue  # the section's own heading
        later = (h.start + offset for h in headings[index + 1 :] if _closes(heading, h))
        kind = heading.type or _UNTYPED
        yield TypedSection(
            kind.label,
            heading.title,
            heading.start + offset,
            next(later, end),
            heading.end + offset,
            kind.loinc,
            kind.smpc,
            "heading",
            0.95 if heading.type else 0.0,
            style=kind.style,
        )


def _closes(heading: Heading, later: Heading) -> bool:
    """Say whether a later heading ends the section of an earlier one."""
    chapters = [h.number.split(".")[0] for h in (heading, later)]
    return later.level <= heading.level or (all(chapters) and chapters[0] != chapters[1])


def _from_prose(
    text: str, found: Sequence[TypedSection], blocks: Sequence[Block], barred: Apart
) -> Iterator[TypedSection]:
    covered = [(section.start, section.end) for section in found]
    under_a_heading = Apart(covered)
    free = [
        block
        for block in blocks
        if block.kind == "paragraph"
        and not under_a_heading.touches(block.start, block.end)
        and not barred.touches(block.start, block.end)
        and not _is_title(text, block, blocks)
    ]
    if sum(block.end - block.start for block in free) < _LEAST_PROSE:
        return
    starts = sorted(start for start, _ in covered)
    for _, run in groupby(free, key=lambda block: bisect_right(starts, block.start)):
        for stretch in infer_sections(text, tuple((block.start, block.end) for block in run)):
            kind = _type_of_label(stretch.label)
            yield TypedSection(
                stretch.label,
                "",
                stretch.start,
                stretch.end,
                stretch.start,
                kind.loinc,
                kind.smpc,
                "inferred",
                stretch.score,
            )


def _is_title(text: str, block: Block, blocks: Sequence[Block]) -> bool:
    line = block.text_of(text)
    return (
        block is blocks[0]
        and len(line) <= _LONGEST_TITLE
        and "\n" not in line
        and line[-1] not in ".:;"
    )


def _inferred_type(
    text: str, section: TypedSection, blocks: Sequence[Block], barred: Apart
) -> TypedSection:
    """Type a section whose heading says nothing by its prose, if all of it is about one thing."""
    if section.label != "OTHER" or section.parent is not None:
        return section
    first = bisect_left(blocks, section.body_start, key=lambda block: block.start)
    following = (blocks[number] for number in range(first, len(blocks)))
    within = takewhile(lambda block: block.end <= section.end, following)
    inside = tuple(
        (block.start, block.end)
        for block in within
        if block.kind == "paragraph" and not barred.touches(block.start, block.end)
    )
    stretches = infer_sections(text, inside)
    if len({stretch.label for stretch in stretches}) != 1 or stretches[0].label == "OTHER":
        return section
    kind = _type_of_label(stretches[0].label)
    score = stretches[0].score
    return replace(
        section, label=kind.label, loinc=section.loinc or kind.loinc, smpc=kind.smpc, score=score
    )


def _ordered(found: Sequence[TypedSection]) -> list[TypedSection]:
    """Sort by place, outer before inner, and point ``parent`` at the new places."""
    order = sorted(range(len(found)), key=lambda i: (found[i].start, -found[i].end, i))
    place = {old: new for new, old in enumerate(order)}
    return [
        replace(
            found[old], parent=place[parent] if (parent := found[old].parent) is not None else None
        )
        for old in order
    ]


def _nested(found: Sequence[TypedSection]) -> Iterator[TypedSection]:
    """Point each section without a parent at the innermost one that encloses it."""
    open_: list[int] = []
    for index, section in enumerate(found):
        while open_ and found[open_[-1]].end <= section.start:
            open_.pop()
        encloses = [i for i in open_ if found[i].end >= section.end]
        parent = section.parent
        if parent is None and section.origin != "source" and encloses:
            parent = encloses[-1]
        yield replace(section, parent=parent)
        open_.append(index)


def _inherited(found: Iterator[TypedSection]) -> Iterator[TypedSection]:
    """Let a subsection that says nothing of its own, or that a warning holds, take its parent's label."""
    done: list[TypedSection] = []
    for section in found:
        parent = done[section.parent] if section.parent is not None else None
        if (
            parent
            and parent.label != "OTHER"
            and (section.label == "OTHER" or _keeps(parent, section))
        ):
            section = replace(
                section,
                label=parent.label,
                smpc=parent.smpc,
                score=round(min(parent.score, _INHERITED), 3),
            )
        done.append(section)
        yield section


def _keeps(parent: TypedSection, section: TypedSection) -> bool:
    """Say whether a heading inside a warning is its topic ("5.10 Hepatic Impairment"), no new type."""
    is_topic = section.title[:1].isdigit() or parent.label == "BOXED_WARNING"
    return section.origin == "heading" and parent.label in _KEEPS_ITS_CHILDREN and is_topic
