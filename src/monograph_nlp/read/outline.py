"""The sections that a source marks, and the characters that each covers."""

from __future__ import annotations

from dataclasses import dataclass

from monograph_nlp.types import SourceSection


@dataclass(slots=True)
class _Entry:
    level: int
    parent: int | None
    id: str | None
    loinc: str | None
    title: str = ""
    start: int | None = None  # unknown until the first block of the section is written
    body_start: int = 0
    end: int = 0


class Outline:
    """Follows a text while it is written, and keeps where its sections begin and end.

    Positions are code points of the text. A section that never got a block is empty, not
    absent: it is kept, with ``start == end`` inside the section around it.
    """

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._open: list[int] = []

    def open(self, level: int, *, id: str | None = None, loinc: str | None = None) -> None:
        """Begin a section; the caller has closed those of the same or a lower rank."""
        parent = self._open[-1] if self._open else None
        self._open.append(len(self._entries))
        self._entries.append(_Entry(level, parent, id, loinc))

    def reached(self, start: int) -> None:
        """Note that a block begins at ``start``: the open sections begin there, if not before."""
        for index in reversed(self._open):
            entry = self._entries[index]
            if entry.start is not None:
                return
            entry.start = entry.body_start = start

    def name(self, title: str, start: int, end: int) -> None:
        """Give the innermost section the title whose line is ``start:end``, if it opens it."""
        entry = self._entries[self._open[-1]] if self._open else None
        if entry is not None and not entry.title and entry.start == start:
            entry.title, entry.body_start = title, end

    @property
    def depth(self) -> int:
        """How many sections are open."""
        return len(self._open)

    def close(self, level: int, end: int) -> None:
        """End the open sections of this level and below at ``end``, the length of the text."""
        while self._open and self._entries[self._open[-1]].level >= level:
            entry = self._entries[self._open.pop()]
            entry.end = end
            around = self._entries[entry.parent] if entry.parent is not None else None
            if entry.start is None and (around is None or around.start is not None):
                entry.start = entry.body_start = end

    def sections(self) -> tuple[SourceSection, ...]:
        """Return the sections in document order; all must be closed."""
        for entry in self._entries:
            if entry.start is None and entry.parent is not None:
                # Empty, in a section that had no text yet: it stands where that one begins.
                entry.start = entry.body_start = entry.end = self._entries[entry.parent].start or 0
        return tuple(
            SourceSection(
                title=entry.title,
                start=entry.start or 0,
                end=entry.end,
                body_start=entry.body_start,
                id=entry.id,
                loinc=entry.loinc,
                parent=entry.parent,
            )
            for entry in self._entries
        )
