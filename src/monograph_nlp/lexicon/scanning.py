"""The key of a whole text, and where names may begin and end in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monograph_nlp.lexicon.spelling import STOP, pieces

# A tab and a bar part the cells of a table.
_CHUNK = re.compile(r"(?P<parting>[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029|])|[^\s|]+")
_SIGNS = frozenset(("(", ",", STOP))


@dataclass(slots=True)
class Scanned:
    """The key of a text, each piece followed by a blank, with the tokens at its borders.

    ``begins`` holds (place in the key, token that begins there), ``ends`` maps the place behind a
    piece's blank to the token that ends there. Tokens are numbered as they were given.
    """

    key: str = ""
    begins: list[tuple[int, int]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)


def scan(text: str, bounds: Sequence[tuple[int, int]]) -> Scanned:
    """Fold a text piece by piece, and find the pieces that begin or end a token.

    Args:
        text: any text.
        bounds: the half-open ranges of its tokens in code points, in order, without overlaps.
    """
    scanned, keys, place = Scanned(), [""], 0
    beyond = len(text) + 1
    starts = [*(start for start, _ in bounds), beyond]
    stops = [*(stop for _, stop in bounds), beyond]
    first, last, behind = 0, -1, -1  # tokens that the piece begins and ends in; `behind` its key
    for key, start, end in _pieces(text):
        if key not in _SIGNS:
            while stops[first] <= start:
                first += 1
            if first > last:
                if behind >= 0:
                    scanned.ends[behind] = last
                if starts[first] <= start:
                    scanned.begins.append((place, first))
                last = first
            while stops[last] < end:
                last += 1
            behind = place + len(key) + 1 if starts[last] < end else -1
        keys.append(key)
        place += len(key) + 1
    if behind >= 0:
        scanned.ends[behind] = last
    scanned.key = " ".join((*keys[1:], ""))
    return scanned


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _CHUNK.finditer(text):
        start, end = match.span()
        if match.lastgroup:
            yield STOP, start, end
            continue
        found = pieces(text[start:end])
        if len(found) == 1:  # nearly every word
            ((key, first, last),) = found
            yield key, start + first, start + last
        else:
            for key, first, last in found:
                yield key, start + first, start + last
