"""Characters → tokens of a ``Doc``, in logarithmic time.

``Doc.char_span`` puts the whole text together at each call, so that a document with many spans costs
the square of its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from spacy.attrs import LENGTH, SPACY
from spacy.tokens import Doc, Span


class Alignment:
    """Finds the tokens that lie inside a range of characters."""

    def __init__(self, doc: Doc) -> None:
        lengths, spaces = doc.to_array([LENGTH, SPACY]).astype("int64").reshape(-1, 2).T
        ends = np.cumsum(lengths + spaces) - spaces
        self._doc = doc
        self._starts: list[int] = (ends - lengths).tolist()
        self._ends: list[int] = ends.tolist()

    def span(self, start: int, end: int, label: str, span_id: str = "") -> Span | None:
        """Return the span of all tokens inside ``start:end`` that are not space, or None."""
        first = bisect_left(self._starts, start)
        last = bisect_right(self._ends, end)
        while first < last and self._doc[first].is_space:
            first += 1
        while last > first and self._doc[last - 1].is_space:
            last -= 1
        return Span(self._doc, first, last, label=label, span_id=span_id) if first < last else None

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """Return the token range that holds every character of ``start:end``."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)
