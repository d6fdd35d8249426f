"""Sentences of a paragraph, by pysbd; only where it takes pysbd to find them.

pysbd (Sadvilkar & Neumann 2020) knows the abbreviations at which a sentence does not end. It is
asked one block at a time, so a sentence never crosses a list item, a cell or a section. It reads
some 40,000 words a second, so where every full stop is plain the text is split there and pysbd is not asked: a word
in small letters that is no abbreviation, a bracket that closes, or the number of a study or table before it, a
capital or a reference to a section after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from monograph_nlp.text.blocks import Block, cells
from monograph_nlp.text.places import Apart

if TYPE_CHECKING:
    from pysbd import Segmenter

_STOP = re.compile(r"[.!?。][\"')\]]*(?:\s+|$)")
_PLAIN = re.compile(
    r"(?:\b(?P<word>[A-Za-z-]{0,40}[a-z]{2}|[A-Z]{3,})|\d%|[A-Za-z0-9%] {0,2}\) {0,2}|\) {0,8}\] {0,3}"
    r"|(?<=[a-z] )\d{1,2}|(?<=[ -])\d\d|\b(?:19|20)\d\d)[.!?]"
    r"(?P<gap>\s+)(?=[A-Z][A-Za-z-]*\b(?!\.)|\(\s*\d+\.\d)"
)
_NO_END = re.compile(r"\b(?:e\.g|i\.e|vs|etc|approx|incl|resp|max|min)\.(?P<gap>\s+)(?=[a-z(\d])")
_QUOTED = re.compile(r"[.!?][\"'\]]|[\"][^\"]*[.!?]\s[^\"]*[\"]|\.\.")
_SPACE = re.compile(r"\s*")
_KEPT = 1 << 12  # pieces that pysbd has split: documents of a kind share many
_LONGEST = 4000  # code points that pysbd is asked at once; its rules are not all linear


def split_units(
    text: str, blocks: Sequence[Block], barred: Apart | None = None
) -> Iterator[tuple[int, int, int]]:
    """Yield ``(start, end, block index)`` for each sentence and each table cell, in order.

    A block that touches a barred place, which states nothing, is one unit.
    """
    for index, block in enumerate(blocks):
        if barred and barred.touches(block.start, block.end):
            yield block.start, block.end, index
        elif block.kind == "row":
            for start, end in cells(text, block):
                if start < end:
                    yield start, end, index
        else:
            for start, end in split_sentences(text, block.start, block.end):
                yield start, end, index


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the sentences in ``text[start:end]``, without outer space.

    >>> text = "It is safe. Dr. Who agrees."
    >>> [text[a:b] for a, b in split_sentences(text, 0, len(text))]
    ['It is safe.', 'Dr. Who agrees.']
    """
    for first, last in _pieces(text, start, end):
        piece = text[first:last]
        first += _lead(piece, 0)
        if piece.strip():
            yield from _split(text, first, first + len(piece.strip()))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stops = sum(match.end() < end for match in _STOP.finditer(text, start, end))
    if not stops:
        yield start, end
        return
    plain = _plain_ends(text, start, end, stops)
    if plain is None:
        yield from _found(text, start, end)
        return
    borders = [start, *(border for pair in plain for border in pair), end]
    yield from zip(borders[::2], borders[1::2], strict=True)


def _plain_ends(text: str, start: int, end: int, stops: int) -> list[tuple[int, int]] | None:
    """Return the gaps after the sentences, or None where one full stop needs a second thought."""
    if _QUOTED.search(text, start, end):
        return None
    no_ends = sum(1 for _ in _NO_END.finditer(text, start, end))
    ends = [
        match.span("gap")
        for match in _plain_matches(text, start, end)
        if text.count("(", start, match.end()) == text.count(")", start, match.end())
    ]
    return ends if len(ends) + no_ends == stops else None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a long text at the last plain full stop that is near enough, else where a word ends."""
    while end - start > _LONGEST:
        plain = [m.start("gap") for m in _plain_matches(text, start, start + _LONGEST)]
        space = text.rfind(" ", start, start + _LONGEST)
        cut = plain[-1] if plain else space if space > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _plain_matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for match in _PLAIN.finditer(text, start, end):
        if (match["word"] or "").lower() not in _abbreviations():
            yield match


def _found(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield pysbd's sentences; a line break in a block would be a border to it."""
    for first, last in _by_pysbd(text[start:end].replace("\n", " ")):
        yield start + first, start + last


@lru_cache(maxsize=_KEPT)
def _by_pysbd(piece: str) -> tuple[tuple[int, int], ...]:
    """Find pysbd's sentences again in the text: it reports strings, and may change white space."""
    found, done = [], 0
    for sentence in (*_reported(piece), ""):
        words = sentence.strip()
        at = piece.find(words, done) if words else len(piece)
        if at < 0:
            continue
        if piece[done:at].strip():
            found.append((_lead(piece, done), len(piece[:at].rstrip())))
        if words:
            found.append((at, at + len(words)))
        done = at + len(words)
    return tuple(found)


def _reported(piece: str) -> Iterator[str]:
    """Yield what ``Segmenter.segment`` reports, which compiles an expression for each sentence."""
    sentences = _segmenter().processor(piece).process() if piece else []
    if not all(sentences):
        yield from _segmenter().segment(piece)
        return
    done = 0
    for sentence in sentences:
        end = 0
        while (at := piece.find(sentence, end)) >= 0:
            end = _lead(piece, at + len(sentence))
            if end > done:
                done = end
                yield piece[at:end]
                break


def _lead(text: str, start: int) -> int:
    """Return where the white space ends that begins there; a slice of the text would be its whole rest."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


@cache
def _abbreviations() -> frozenset[str]:
    from pysbd.lang.common.standard import Standard

    return frozenset(Standard.Abbreviation.ABBREVIATIONS)


@cache
def _segmenter() -> Segmenter:
    from pysbd import Segmenter

    return Segmenter(language="en", clean=False)
