"""Names that share a head: "liver and kidney function" holds "liver function" too.

A known name of two or more words that stands after "X and", "X or" or "X," may lend its last words
to X; that the longer name is known, too, decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LEFT = re.compile(r"((?:[\w-]+, ){0,3})([\w-]+)( ?,? (?:and/or|and|or) )$")
_JOINS = ("and ", "or ", "\n")  # what ``_LEFT`` may end with: its $ stands before a line break, too
_WORD = re.compile(r"[\w-]+")


def shared_heads(
    text: str, start: int, end: int, is_name: Callable[[str], bool]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the two ranges of each name that borrows the end of ``text[start:end]``, nearest first.

    >>> text = "monitor liver and kidney function"
    >>> known = {"liver function", "kidney function"}.__contains__
    >>> [(text[a:b], text[c:d]) for (a, b), (c, d) in shared_heads(text, 18, 33, known)]
    [('liver', 'function')]
    """
    before = max(start - 80, 0)
    if not text.endswith(_JOINS, before, start):
        return  # the search would begin at every character
    left = _LEFT.search(text, before, start)
    if not left:
        return
    heads = [match.start() for match in _WORD.finditer(text, start, end)][1:]
    words = [left.span(2), *_earlier(left)]
    for a, b in words:
        head = next((h for h in heads if is_name(f"{text[a:b]} {text[h:end]}")), None)
        if head is None:
            return  # what stands further left shares with this word, not with the name
        yield (a, b), (head, end)


def _earlier(left: re.Match[str]) -> Iterator[tuple[int, int]]:
    spans = [match.span() for match in _WORD.finditer(left.string, *left.span(1))]
    yield from reversed(spans)
