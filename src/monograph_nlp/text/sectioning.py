"""A text and the sections its format marks → typed sections, nested, in order.

Three sources, best first: sections that the format marks, heading lines, and, for prose that
stands under no heading, inference from what it says. Offsets count code points of the text that
is passed in; a section's range holds its heading line and the sections nested in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
from monograph_nlp.text.outline import TypedSection, inherited, mended, nested, ordered
from monograph_nlp.text.places import Apart
from monograph_nlp.types import SourceSection

_UNTYPED = SectionType("OTHER", None, None, "")
_WITHOUT_HEADINGS = frozenset({"ADMINISTRATIVE", "REFERENCES"})  # tables of contents, literature
_LONGEST_TITLE = 220  # code points of a first line that is the document's title
_LEAST_PROSE = 80  # code points; less than that under no heading is not worth a guess
_SAID_IN_SHORT = frozenset({"INDICATIONS"})  # unless it is all there is: "Relieves itching."


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
    if not any(section.loinc or section.label or section.id for section in given):
        found = mended(found)
    leaflet = _is_leaflet(text, found)
    found += _from_headings(text, found, leaflet)
    found = ordered(found)
    apart = Apart(barred)
    holds = {section.parent for section in nested(found)}
    found = [
        section if index in holds else _inferred_type(text, section, blocks, apart)
        for index, section in enumerate(found)
    ]
    found += _from_prose(text, found, blocks, apart)
    return tuple(inherited(nested(ordered(found))))


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
    # A text that has no heading at all may be a label's statement, or a list of them.
    kinds = ("paragraph",) if found else ("paragraph", "item")
    free = [
        block
        for block in blocks
        if block.kind in kinds
        and not under_a_heading.touches(block.start, block.end)
        and not barred.touches(block.start, block.end)
        and not _is_title(text, block, blocks)
    ]
    is_short = sum(block.end - block.start for block in free) < _LEAST_PROSE
    if is_short and found:
        return
    starts = sorted(start for start, _ in covered)
    for _, run in groupby(free, key=lambda block: bisect_right(starts, block.start)):
        for stretch in infer_sections(text, tuple(_with_lists(run))):
            if is_short and stretch.label not in _SAID_IN_SHORT:
                continue
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


def _with_lists(run: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Yield the range of each paragraph with the list items behind it: what it says governs them."""
    held: tuple[int, int] | None = None
    for block in run:
        if held and block.kind == "item":
            held = (held[0], block.end)
            continue
        if held:
            yield held
        held = (block.start, block.end)
    if held:
        yield held


def _is_title(text: str, block: Block, blocks: Sequence[Block]) -> bool:
    line = block.text_of(text)
    return (
        block is blocks[0]
        and len(blocks) > 1
        and blocks[1].header is None  # it would be the line over a list
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
