"""Parts of mentions → whole mentions: which shared words, or which neighbour, each part belongs to.

A part that stands apart ("renal" in "renal and hepatic failure") goes with the shared words near it. Where a
network took the neighbour for a mention of its own, the part borrows from that: the end of the one that
follows ("renal and | hepatic failure"), the beginning of the one before ("swelling of lips | and
tongue"), all of one that it stands behind in brackets. A part that finds nothing is no name, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monograph_nlp.tagging.edges import fits
from monograph_nlp.tagging.scheme import Chunk, Fragments

_BRACKETS = ("(", "[")
FARTHEST = 15
"""Words between two parts of one mention, at most."""

_NEAR = 3  # words to shared words that outweigh a neighbour
_LONGEST_JOIN = 3  # words: ", and/or"


class Joint(NamedTuple):
    """What a word does between names."""

    joins: bool  # "and", ","
    opens: bool  # a bracket


def joints(words: Sequence[str]) -> list[Joint]:
    """Return what each word does between names."""
    return [Joint(fits("between", word), word in _BRACKETS) for word in words]


def mentions_of(chunks: Sequence[Chunk], joints: Sequence[Joint]) -> list[Fragments]:
    """Return the mentions of a text, in order.

    Args:
        chunks: the runs of tags, in order.
        joints: of each word what it does between names.
    """
    return sorted(set(_Parts(chunks, joints).mentions()))


class _Parts:
    def __init__(self, chunks: Sequence[Chunk], joints: Sequence[Joint]) -> None:
        self._chunks = chunks
        self._joints = joints
        self._shared = [chunk for chunk in chunks if chunk.kind == "H"]

    def mentions(self) -> Iterator[Fragments]:
        used: set[Chunk] = set()
        left: list[Chunk] = []
        for number, chunk in enumerate(self._chunks):
            if not chunk.kind:
                yield ((chunk.start, chunk.end),)
            elif chunk.kind == "D":
                partner = self._partner(number)
                if partner is None:
                    left.append(chunk)
                else:
                    used.add(partner)
                    yield _fragments(chunk, partner)
        yield from self._pairs(left)
        for shared in self._shared:
            if shared not in used:
                yield ((shared.start, shared.end),)

    def _partner(self, number: int) -> Chunk | None:
        """Return what the part goes with, or None."""
        part = self._chunks[number]
        shared = min(self._shared, key=lambda one: _gap(one, part), default=None)
        distance = _gap(shared, part) if shared else FARTHEST + 1
        lent = self._lent(number) if distance > _NEAR else None
        return lent or (shared if distance <= FARTHEST else None)

    def _lent(self, number: int) -> Chunk | None:
        """Return the words that a neighbour lends to a part."""
        part = self._chunks[number]
        behind, before = self._neighbour(number, 1), self._neighbour(number, -1)
        if behind and behind.end - behind.start > 1:
            return Chunk("", behind.start + 1, behind.end)
        if before and before.end - before.start > 1:
            return Chunk("", before.start, before.end - 1)
        last = self._chunks[number - 1] if number else None
        is_gloss = last and part.start - last.end == 1 and self._joints[last.end].opens
        return last if last and is_gloss and not last.kind else None

    def _neighbour(self, number: int, step: int) -> Chunk | None:
        """Return the mention of its own that joining words, and parts between them, lead to."""
        while 0 <= number + step < len(self._chunks):
            here, there = self._chunks[number], self._chunks[number + step]
            first, last = (here, there) if step > 0 else (there, here)
            if not self._is_joined(first.end, last.start):
                return None
            if there.kind != "D":
                return None if there.kind else there
            number += step
        return None

    def _is_joined(self, start: int, end: int) -> bool:
        return end - start <= _LONGEST_JOIN and all(
            joint.joins for joint in self._joints[start:end]
        )

    def _pairs(self, parts: Sequence[Chunk]) -> Iterator[Fragments]:
        """Yield what two parts make that stand near each other, away from others."""
        runs: list[list[Chunk]] = []
        for part in parts:
            if runs and part.start - runs[-1][-1].end <= FARTHEST:
                runs[-1].append(part)
            else:
                runs.append([part])
        for run in runs:
            if len(run) == 2 and not self._is_joined(run[0].end, run[1].start):
                yield _fragments(*run)


def _gap(one: Chunk, other: Chunk) -> int:
    return max(one.start - other.end, other.start - one.end)


def _fragments(*parts: Chunk) -> Fragments:
    """Return the ranges of parts in order; those that touch are one."""
    found: list[tuple[int, int]] = []
    for part in sorted(parts, key=lambda one: one.start):
        if found and found[-1][1] == part.start:
            found[-1] = (found[-1][0], part.end)
        else:
            found.append((part.start, part.end))
    return tuple(found)
