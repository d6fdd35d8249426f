"""Mentions ⇄ one tag a word, discontinuous and overlapping mentions included.

The tags are those of Tang et al. (2013), "Recognizing and encoding disorder concepts in clinical text using
machine learning and vector space model": ``B I`` for a mention of its own, ``HB HI`` for words that
several mentions share ("malformations" in "skeletal and visceral malformations"), ``DB DI`` for the other
words of such mentions and of those with a gap. Ranges count words, half-open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

TAGS = ("O", "B", "I", "DB", "DI", "HB", "HI")
PLAIN_TAGS = TAGS[:3]
_FARTHEST = 15  # words between two parts of one mention

Fragments = tuple[tuple[int, int], ...]


class Chunk(NamedTuple):
    """A run of words that one B begins; ``kind`` is empty, ``D`` or ``H``."""

    kind: str
    start: int
    end: int


def encode(mentions: Iterable[Fragments], size: int) -> list[str]:
    """Return the tags of ``size`` words."""
    unique = sorted(set(mentions))
    bearers: dict[int, frozenset[int]] = defaultdict(frozenset)  # word → the mentions it is in
    for number, mention in enumerate(unique):
        for start, end in mention:
            for word in range(start, end):
                bearers[word] |= {number}
    shared = {number for numbers in bearers.values() if len(numbers) > 1 for number in numbers}
    tags = ["O"] * size
    for word, numbers in bearers.items():
        is_apart = bool(numbers & shared) or any(len(unique[n]) > 1 for n in numbers)
        kind = "H" if len(numbers) > 1 else "D" if is_apart else ""
        begins = bearers.get(word - 1) != numbers or _begins(word, numbers, unique)
        tags[word] = kind + ("B" if begins else "I")
    return tags


def _begins(word: int, numbers: Iterable[int], mentions: Sequence[Fragments]) -> bool:
    return any(word == start for number in numbers for start, _ in mentions[number])


def decode(tags: Sequence[str]) -> list[Fragments]:
    """Return the mentions of a sequence of tags, in order.

    Parts are joined within ``_FARTHEST`` words: each with the nearest shared part or, where there is
    none, all with each other.
    """
    found: list[Fragments] = []
    parts: list[Chunk] = []
    for chunk in chunks(tags):
        if not chunk.kind:
            found.append(((chunk.start, chunk.end),))
            continue
        if parts and chunk.start - parts[-1].end > _FARTHEST:
            found.extend(_joined(parts))
            parts = []
        parts.append(chunk)
    found.extend(_joined(parts))
    return sorted(set(found))


def chunks(tags: Sequence[str]) -> Iterator[Chunk]:
    """Yield the runs of words in order; an I that no B of its kind precedes begins one, too."""
    kind, start = "", -1
    for at, tag in enumerate((*tags, "O")):
        if start >= 0 and tag != f"{kind}I":
            yield Chunk(kind, start, at)
            start = -1
        if tag != "O" and start < 0:
            kind, start = tag[:-1], at


def _joined(parts: Sequence[Chunk]) -> list[Fragments]:
    heads = [part for part in parts if part.kind == "H"]
    others = [part for part in parts if part.kind == "D"]
    if not heads or not others:
        return [_fragments(parts)] if parts else []
    pairs = {(min(heads, key=lambda head: _gap(head, other)), other) for other in others}
    alone = [head for head in heads if head not in {head for head, _ in pairs}]
    pairs |= {(head, min(others, key=lambda other: _gap(head, other))) for head in alone}
    return [_fragments(sorted(pair, key=lambda part: part.start)) for pair in pairs]


def _gap(one: Chunk, other: Chunk) -> int:
    return max(one.start - other.end, other.start - one.end)


def _fragments(parts: Sequence[Chunk]) -> Fragments:
    """Return the ranges of parts in order; those that touch are one."""
    found: list[tuple[int, int]] = []
    for part in parts:
        if found and found[-1][1] == part.start:
            found[-1] = (found[-1][0], part.end)
        else:
            found.append((part.start, part.end))
    return tuple(found)
