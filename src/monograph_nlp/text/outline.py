"""The tree of sections: their order, which one holds which, and what a subsection inherits.

Pages are marked up carelessly: a list item may be a heading, and the chapters "1." to "6." stand
beside the headings that belong to them. ``mended`` sees the outline as a reader does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monograph_nlp.types import Origin

_KEEPS_ITS_CHILDREN = frozenset({"WARNINGS_AND_PRECAUTIONS", "BOXED_WARNING", "CONTRAINDICATIONS"})
_INHERITED = 0.7  # score of a label that a subsection takes from its parent
_LONGEST_HEADING = 140  # code points
_NO_HEADING = re.compile(r"[a-z•*–-]|.*[.;,]$", re.DOTALL)
_CHAPTER = re.compile(r"\d{1,2}\.? ")
_CHAPTERS = 3  # as many numbered headings side by side make the others their subsections


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


def mended(found: Sequence[TypedSection]) -> list[TypedSection]:
    """Join headings that are none to the section before them, and put headings under their chapter.

    ``found`` are the sections that a page's markup shows, in document order.
    """
    kept: list[TypedSection] = []
    place: dict[int, int] = {}  # in the input → in ``kept``
    for index, section in enumerate(found):
        parent = place[section.parent] if section.parent is not None else None
        section = replace(section, parent=parent)
        before = next((i for i in reversed(range(len(kept))) if kept[i].parent == parent), None)
        if before is not None and section.label == "OTHER" and _is_no_heading(section.title):
            place[index] = before
            kept[before] = _stretched(kept[before], section.end)
        else:
            place[index] = len(kept)
            kept.append(section)
    return _under_chapters(kept)


def _is_no_heading(title: str) -> bool:
    return len(title) > _LONGEST_HEADING or bool(_NO_HEADING.match(title))


def _stretched(section: TypedSection, end: int) -> TypedSection:
    """Let a section end later; it is then no longer the stretch that the source marks."""
    return replace(section, end=end, source=None) if end > section.end else section


def _under_chapters(found: list[TypedSection]) -> list[TypedSection]:
    chapters = Counter(s.parent for s in found if _CHAPTER.match(s.title))
    open_: dict[int | None, int] = {}  # parent → the chapter that is open in it
    for index, section in enumerate(found):
        if chapters[section.parent] < _CHAPTERS:
            continue
        if _CHAPTER.match(section.title):
            open_[section.parent] = index
        elif section.parent in open_:
            chapter = open_[section.parent]
            found[index] = replace(section, parent=chapter)
            found[chapter] = _stretched(found[chapter], section.end)
    return found


def ordered(found: Sequence[TypedSection]) -> list[TypedSection]:
    """Sort by place and point ``parent`` at the new places.

    Sections of the source keep their order, also where an empty one starts with the next; of
    others, the outer comes before the inner.
    """

    def rank(index: int) -> tuple[int, bool, int]:
        section = found[index]
        is_ours = section.origin != "source"
        return section.start, is_ours, -section.end if is_ours else index

    order = sorted(range(len(found)), key=rank)
    place = {old: new for new, old in enumerate(order)}
    return [
        replace(
            found[old], parent=place[parent] if (parent := found[old].parent) is not None else None
        )
        for old in order
    ]


def nested(found: Sequence[TypedSection]) -> Iterator[TypedSection]:
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


def inherited(found: Iterator[TypedSection]) -> Iterator[TypedSection]:
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
