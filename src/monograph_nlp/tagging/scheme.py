"""Mentions → one tag a word, discontinuous and overlapping mentions included; ``joining`` leads back.

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


def chunks(tags: Sequence[str]) -> Iterator[Chunk]:
    """Yield the runs of words in order; an I that no B of its kind precedes begins one, too."""
    kind, start = "", -1
    for at, tag in enumerate((*tags, "O")):
        if start >= 0 and tag != f"{kind}I":
            yield Chunk(kind, start, at)
            start = -1
        if tag != "O" and start < 0:
            kind, start = tag[:-1], at
