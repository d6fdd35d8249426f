"""Every place of a text where a name stands: the longest first, then the leftmost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import marisa_trie

from monograph_nlp.lexicon.capitals import Capitals
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.scanning import Scanned, scan

_BRACKETS = (("(", ")"), ("[", "]"))


class Place(NamedTuple):
    """A half-open range of code points, from a token's start to a token's end, and what it may mean."""

    start: int
    end: int
    matches: tuple[Match, ...]  # best first; never empty


@dataclass(frozen=True, slots=True)
class Names:
    """Where ``spot`` looks names up: the tries, how long a key may be, what a key means in a text."""

    begun: Callable[[str], tuple[marisa_trie.Trie, ...]]  # first word → tries with such a key
    longest: int
    # (key, name as written, whether its capitals are evidence) → best first
    matches: Callable[[str, str, bool], tuple[Match, ...]]


def spot(text: str, bounds: Sequence[tuple[int, int]], names: Names) -> list[Place]:
    """Return the places of names in order, without overlaps; see ``Index.places``."""
    found = sorted(_hits(text, bounds, names), key=lambda hit: (hit[1].start - hit[1].end, hit[0]))
    taken = bytearray(len(bounds))
    chosen = []
    for (first, last), place in found:
        if not any(taken[first : last + 1]):
            taken[first : last + 1] = b"\1" * (last + 1 - first)
            chosen.append(place)
    return sorted(chosen, key=lambda place: place.start)


def _hits(
    text: str, bounds: Sequence[tuple[int, int]], names: Names
) -> Iterator[tuple[tuple[int, int], Place]]:
    scanned, capitals = scan(text, bounds), Capitals(text)
    for key, first, open_last in _known(scanned, names):
        last = _closed(text, bounds, first, open_last)
        if last is None:
            continue
        start, end = bounds[first][0], bounds[last][1]
        matches = names.matches(key, text[start:end], capitals.prove(start, end))
        if matches:
            yield (first, last), Place(start, end, matches)


def _known(scanned: Scanned, names: Names) -> Iterator[tuple[str, int, int]]:
    """Yield each known key that begins and ends with a token, and these two tokens."""
    ends, whole = scanned.ends, scanned.key
    for place, first in scanned.begins:
        part = ""
        for trie in names.begun(whole[place : whole.index(" ", place)]):
            part = part or whole[place : place + names.longest]
            for key in trie.prefixes(part):
                last = ends.get(place + len(key))
                if last is not None:
                    yield key[:-1], first, last


def _closed(text: str, bounds: Sequence[tuple[int, int]], first: int, last: int) -> int | None:
    """Return the last token, or the bracket after it that closes; None where one stays open."""
    name = text[bounds[first][0] : bounds[last][1]]
    for opening, closing in _BRACKETS:
        is_open = name.count(opening) - name.count(closing)
        if is_open == 1 and last + 1 < len(bounds) and text[slice(*bounds[last + 1])] == closing:
            return last + 1
        if is_open:
            return None
    return last
