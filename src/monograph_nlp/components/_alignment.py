"""Characters → tokens of a ``Doc``, in logarithmic time.

``Doc.char_span`` puts the whole text together at each call, so that a document with many spans costs
the square of its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from weakref import ref

import numpy as np
from spacy.attrs import IS_SPACE, LENGTH, SPACY
from spacy.tokens import Doc, Span

_Borders: TypeAlias = tuple[list[int], list[int], list[int], dict[int, tuple[int, int]]]
_last: tuple[ref[Doc], np.ndarray[Any, Any], _Borders] | None = None


class Alignment:
    """Finds the tokens that lie inside a range of characters.

    ``words`` maps the number of each token that is not space to its start and end, in order.
    """

    words: Mapping[int, tuple[int, int]]

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts, self._ends, self._spaces, self.words = _kept_borders(doc)

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


def _kept_borders(doc: Doc) -> _Borders:
    """Return the borders of a document's tokens; those of the last one that was asked for are kept.

    A text is parted anew only where the lengths of the tokens change.
    """
    global _last
    last, lengths = _last, doc.to_array([LENGTH])
    if last is not None and last[0]() is doc and np.array_equal(last[1], lengths):
        return last[2]
    borders = _borders(doc)
    _last = ref(doc), lengths, borders
    return borders


def _borders(doc: Doc) -> _Borders:
    """Return start, end and whether it is space of each token, and the borders of those that are not."""
    lengths, blanks, spaces = doc.to_array([LENGTH, SPACY, IS_SPACE]).astype("int64").T
    ends = np.cumsum(lengths + blanks) - blanks
    starts = ends - lengths
    words = np.flatnonzero(spaces == 0)
    borders = zip(starts[words].tolist(), ends[words].tolist(), strict=True)
    told = dict(zip(words.tolist(), borders, strict=True))
    return starts.tolist(), ends.tolist(), spaces.tolist(), told
