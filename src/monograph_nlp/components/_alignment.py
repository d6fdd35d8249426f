"""Characters → tokens of a ``Doc``, in logarithmic time.

``Doc.char_span`` puts the whole text together at each call, so that a document with many spans costs
the square of its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from spacy.attrs import IS_SPACE, LENGTH, SPACY
from spacy.tokens import Doc, Span


class Alignment:
    """Finds the tokens that lie inside a range of characters.

    ``words`` maps the number of each token that is not space to its start and end, in order.
    """

    words: Mapping[int, tuple[int, int]]

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        columns = doc.to_array([LENGTH, SPACY, IS_SPACE])
        self._starts, self._ends, self._spaces, self.words = _borders(columns.tobytes())

    def span(self, start: int, end: int, label: str, span_id: str = "") -> Span | None:
        """Return the span of all tokens inside ``start:end`` that are not space, or None."""
        first = bisect_left(self._starts, start)
        last = bisect_right(self._ends, end)
        while first < last and self._spaces[first]:
            first += 1
        while last > first and self._spaces[last - 1]:
            last -= 1
        return Span(self._doc, first, last, label=label, span_id=span_id) if first < last else None

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """Return the token range that holds every character of ``start:end``."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def token(self, start: int, end: int) -> int | None:
        """Return the number of the token that is ``start:end``, or None."""
        number = bisect_left(self._starts, start)
        is_there = number < len(self._ends) and self._starts[number] == start
        return number if is_there and self._ends[number] == end else None

    @property
    def starts(self) -> Sequence[int]:
        """Where each token starts, in code points."""
        return self._starts


@lru_cache(maxsize=1)  # every component of a pipeline asks for the same document
def _borders(columns: bytes) -> tuple[list[int], list[int], list[int], dict[int, tuple[int, int]]]:
    """Return start, end and whether it is space of each token, and the borders of those that are not.

    ``columns`` holds the length of each token, whether a blank follows, and whether it is space.
    """
    numbers = np.frombuffer(columns, dtype="uint64").astype("int64").reshape(-1, 3)
    lengths, blanks, spaces = numbers.T
    ends = np.cumsum(lengths + blanks) - blanks
    starts = ends - lengths
    words = np.flatnonzero(spaces == 0)
    borders = zip(starts[words].tolist(), ends[words].tolist(), strict=True)
    told = dict(zip(words.tolist(), borders, strict=True))
    return starts.tolist(), ends.tolist(), spaces.tolist(), told
