"""Parts of mentions → whole mentions: which shared words, or which neighbour, each part belongs to.

A part that stands apart ("renal" in "renal and hepatic failure") goes with the shared words near it. Where a
network took these for a mention of its own, or for one more part, what stands around them tells that they are
shared ("swelling of the | lips | , | tongue"). Where it took the neighbour for a mention of its own, the part
borrows from that: the end of the one that follows ("renal and | hepatic failure"), the beginning of the one
before ("swelling of lips | and tongue"), of one that it stands behind in brackets all, or all but what
it abbreviates ("decrease in bone density | (BD)"). A part that finds nothing is no name, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monograph_nlp.tagging.edges import fits
from monograph_nlp.tagging.scheme import Chunk, Fragments

_BRACKETS = ("(", "[")
FARTHEST = 15
"""Words between two parts of one mention, at most."""

_NEAR = 3  # words to shared words that outweigh a neighbour
_LONGEST_JOIN = 3  # words: ", and/or"
_CAPITALS = 2  # of a short form, at least


def mentions_of(chunks: Sequence[Chunk], words: Sequence[str]) -> list[Fragments]:
    """Return the mentions of a text, in order.

    Args:
        chunks: the runs of tags, in order.
        words: of the text, as it has them.
    """
    if len(chunks) == 1 and not chunks[0].kind:  # nearly always
        return [_fragments(chunks[0])]
    return sorted(set(_Parts(chunks, words).mentions()))


class _Parts:
    def __init__(self, chunks: Sequence[Chunk], words: Sequence[str]) -> None:
        self._words = words
        self._chunks = list(chunks)
        self._chunks = [self._parted(number) for number in range(len(chunks))]
        self._chunks = [self._shared_by_place(number) for number in range(len(chunks))]
        self._shared = _touching(chunk for chunk in self._chunks if chunk.kind == "H")

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

    def _parted(self, number: int) -> Chunk:
        """Return a chunk, as a part if it abbreviates the end of a name that goes on to it."""
        chunk = self._chunks[number]
        if number and not chunk.kind and self._is_opened(number):
            before = self._chunks[number - 1]
            kept = self._not_abbreviated(before, chunk)
            if before.start < kept < before.end and fits("end", self._words[kept - 1]):
                return chunk._replace(kind="D")
        return chunk

    def _shared_by_place(self, number: int) -> Chunk:
        """Return a chunk, as shared words if its place tells that it is some."""
        chunk = self._chunks[number]
        before, behind = self._at(number - 1), self._at(number + 1)
        if chunk.kind == "H" or (not behind and not before):
            return chunk
        is_led = behind is not None and behind.kind == "D" and chunk.end == behind.start
        is_followed = before is not None and before.kind == "D" and chunk.start == before.end
        if not chunk.kind:
            is_open = fits("end", self._words[chunk.end - 1]) and behind and behind.kind == "D"
            is_shared = is_led or bool(is_open)
        else:
            is_shared = (is_led and self._joined_part(number + 1, 1)) or (
                is_followed and self._joined_part(number - 1, -1)
            )
        return chunk._replace(kind="H") if is_shared else chunk

    def _joined_part(self, number: int, step: int) -> bool:
        """Whether joining words lead from a part to one more."""
        there = self._at(number + step)
        if there is None or there.kind != "D":
            return False
        first, last = sorted((self._chunks[number], there), key=lambda one: one.start)
        return first.end < last.start and self._is_joined(first.end, last.start)

    def _at(self, number: int) -> Chunk | None:
        return self._chunks[number] if 0 <= number < len(self._chunks) else None

    def _partner(self, number: int) -> Chunk | None:
        """Return what the part goes with, or None."""
        part = self._chunks[number]
        shared = min(self._shared, key=lambda one: _gap(one, part), default=None)
        distance = _gap(shared, part) if shared else FARTHEST + 1
        lent = self._lent(number) if distance > _NEAR else None
        return lent or (shared if distance <= FARTHEST else None)

    def _lent(self, number: int) -> Chunk | None:
        """Return the words that a neighbour lends to a part."""
        behind, before = self._neighbour(number, 1), self._neighbour(number, -1)
        end = self._end(behind) if behind else None
        beginning = self._beginning(before) if before else None
        if end and beginning and self._is_nearer_before(number, beginning, end):
            return beginning
        return end or beginning or self._glossed(number)

    def _is_nearer_before(self, number: int, beginning: Chunk, end: Chunk) -> bool:
        """Whether a part goes with the beginning before it rather than with the end behind it."""
        first, last = self._words[end.start], self._words[beginning.end - 1]
        if fits("start", first) and fits("end", last):
            return True  # "increase in ALT, | AST | and decrease in platelets"
        # "eyelid irritation and | crusting | , foreign body sensation"
        return self._ands(number - 1) and not self._ands(number)

    def _ands(self, number: int) -> bool:
        """Whether more than marks stand between a chunk and the next."""
        first, last = self._chunks[number : number + 2]
        return any(word.isalpha() or word == "/" for word in self._words[first.end : last.start])

    def _end(self, mention: Chunk) -> Chunk | None:
        """Return the words of a mention behind the first, if there are any."""
        start = mention.start + 1
        return Chunk("", start, mention.end) if start < mention.end else None

    def _beginning(self, mention: Chunk) -> Chunk | None:
        """Return the words of a mention up to its last preposition, or all but the last."""
        for end in range(mention.end - 1, mention.start + 1, -1):
            if fits("end", self._words[end - 1]):
                return Chunk("", mention.start, end)
        end = mention.end - 1
        return Chunk("", mention.start, end) if mention.start < end else None

    def _glossed(self, number: int) -> Chunk | None:
        """Return what of a mention goes with a part that stands in brackets behind it."""
        part = self._chunks[number]
        while not self._is_opened(number):
            if not self._joined_part(number, -1):
                return None
            number -= 1
        whole = self._chunks[number - 1]
        kept = self._not_abbreviated(whole, part)
        return Chunk("", whole.start, kept) if whole.start < kept and not whole.kind else None

    def _is_opened(self, number: int) -> bool:
        """Whether just a bracket parts a chunk from the one before."""
        if not number:
            return False
        end, start = self._chunks[number - 1].end, self._chunks[number].start
        return start - end == 1 and self._words[end] in _BRACKETS

    def _not_abbreviated(self, whole: Chunk, short: Chunk) -> int:
        """Return where the words of a mention begin that a short form stands for, else its end."""
        form = "".join(self._words[short.start : short.end])
        letters = "".join(letter for letter in form if letter.isalnum())
        if sum(letter.isupper() for letter in letters) < _CAPITALS:
            return whole.end
        for start in range(whole.end - 2, whole.start - 1, -1):
            if _stands_for(letters.lower(), self._words[start : whole.end]):
                return start
        return whole.end

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
        between = self._words[start:end]
        return len(between) <= _LONGEST_JOIN and all(fits("between", word) for word in between)

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


def _stands_for(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters of a short form come in this order in the words, the first as an initial.

    >>> _stands_for("bmd", ["bone", "mineral", "density"])
    True
    """
    rest = iter("".join(words).lower())
    return words[0][:1].lower() == letters[0] and all(letter in rest for letter in letters)


def _touching(shared: Iterable[Chunk]) -> list[Chunk]:
    """Return shared words, those that touch as one: some mentions have all, some but the first."""
    found: list[Chunk] = []
    for chunk in shared:
        if found and found[-1].end == chunk.start:
            found[-1] = found[-1]._replace(end=chunk.end)
        else:
            found.append(chunk)
    return found


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
