"""The edges of a mention: words that no name begins or ends with, prefixes cut off, borders of cells, footnotes.

A network tags word by word, so now and then it begins a name at the hyphen behind a prefix, or goes on to the
preposition behind it. Text that was scraped from tables has the letters of footnotes glued to names
("Dizzinessc"), headings glued to what begins below them ("RashRash"), and cells on one line. Patterns: ``rules/mention_edges.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from monograph_nlp.rules import read_table
from monograph_nlp.tagging.scheme import Fragments
from monograph_nlp.tagging.words import forms as forms_of

_COLUMNS = ("edge", "pattern", "example")
_EDGES = ("start", "end", "both", "whole", "finding", "organ", "between")
_ALSO = {"start": ("both",), "end": ("both",), "finding": ("organ",)}
_NO_SIGN = ("organ", "between", "start")  # "chest or back", "at the site of the injection"
_HYPHEN, _OPEN, _SHUT = "-", "(", ")"
_NOTES = "abcdefgh"  # letters that call a footnote; "s" makes plurals
_CELL_ENDS = re.compile(r"\s{2}|\s*$|\s*\n")
_SHORTEST = 4  # letters of a word that a footnote's letter may follow
_KEPT = 1 << 12  # words at edges
_PAST = "ed"  # "decreased" beside "decrease" has no footnote
_NARROW_GAP = re.compile(r"[^\S\n]{2}")
_CELL_GAP = re.compile(r"[^\S\n]{3}|\s{20}")  # of cells; a line may be set in by less


class Edges:
    """Mends the mentions of one text; ``forms`` are its words."""

    def __init__(self, text: str, words: Sequence[tuple[int, int]]) -> None:
        self.forms = forms_of(text, words)
        self._text = text
        self._words = words

    def mended(self, fragments: Fragments, *, is_finding: bool = False) -> Fragments:
        """Return a mention in words, mended; empty where no name, or no finding, is left.

        >>> Edges("multi-organ failure of", [(0, 5), (5, 6), (6, 11), (12, 19), (20, 22)]).mended(((1, 5),))
        ((0, 4),)
        """
        parts = list(fragments)
        first, last = parts[0]
        first = self._begun(first)
        while first < last and fits("start", self._form(first)):
            first += 1
        parts[0] = (first, last)
        first, last = parts[-1]
        if len(parts) == 1:
            last = self._closed(*parts[0])
        while first < last and fits("end", self._form(last - 1)):
            last -= 1
        parts[-1] = (first, last)
        whole = tuple((a, b) for a, b in parts if a < b)
        return () if self._is_no_name(whole, is_finding=is_finding) else whole

    def _is_no_name(self, fragments: Fragments, *, is_finding: bool) -> bool:
        forms = [self._form(word) for a, b in fragments for word in range(a, b)]
        if len(forms) == 1 and (
            fits("whole", forms[0]) or (is_finding and fits("finding", forms[0]))
        ):
            return True
        return is_finding and all(any(fits(edge, form) for edge in _NO_SIGN) for form in forms)

    def cells(self, fragments: Fragments) -> list[Fragments]:
        """Return a mention, or one for each cell of a table if it goes on from cell to cell."""
        if len(fragments) > 1:
            return [fragments]
        start, last = fragments[0]
        ends = [word + 1 for word in range(start, last - 1) if self._is_gap(word)]
        borders = [start, *ends, last]
        return [((a, b),) for a, b in pairwise(borders)]

    def _is_gap(self, word: int) -> bool:
        """Whether a wide gap follows a word; a narrower one will do before a capital ("rash  Fever")."""
        start, end = self._words[word][1], self._words[word + 1][0]
        is_capital = self._form(word + 1)[0].isupper()
        return bool((_NARROW_GAP if is_capital else _CELL_GAP).match(self._text, start, end))

    def characters(self, fragments: Fragments) -> Fragments:
        """Return a mention's half-open ranges in code points, without what is glued to it."""
        ranges = [(self._words[a][0], self._words[b - 1][1]) for a, b in fragments]
        if len(ranges) == 1:
            ranges = [self._once(*ranges[0])]
        start, end = ranges[-1]
        word = self._form(fragments[-1][1] - 1).lower()
        if (
            word[-1] in _NOTES
            and len(word) > _SHORTEST
            and not word.endswith(_PAST)
            and _CELL_ENDS.match(self._text, end)
            and word[:-1] in self._forms
            and end - start >= len(word)
        ):
            ranges[-1] = (start, end - 1)
        return tuple(ranges)

    def _once(self, start: int, end: int) -> tuple[int, int]:
        """Return the second of two equal halves that touch, or the whole."""
        middle = (start + end) // 2
        first, second = self._text[start:middle].lower(), self._text[middle:end].lower()
        is_twice = len(second) >= _SHORTEST and first == second
        return (middle, end) if is_twice else (start, end)

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.forms))

    def _form(self, number: int) -> str:
        return self.forms[number]

    def _closed(self, first: int, last: int) -> int:
        """Return where a mention ends that has one bracket of two: before it; nowhere in its first word."""
        opened = [word for word in range(first, last) if self._form(word) == _OPEN]
        shut = [word for word in range(first, last) if self._form(word) == _SHUT]
        if len(opened) > len(shut):
            return opened[len(shut)]
        return shut[len(opened)] if len(shut) > len(opened) else last

    def _begun(self, first: int) -> int:
        """Return where a mention begins that was begun at the hyphen behind its prefix."""
        is_cut = self._form(first) == _HYPHEN and first > 0
        return first - 1 if is_cut and self._words[first - 1][1] == self._words[first][0] else first


@lru_cache(maxsize=_KEPT)
def fits(edge: str, word: str) -> bool:
    """Whether a row for this edge fits a word."""
    return bool(_rule(edge).fullmatch(word))


@cache
def _rule(edge: str) -> re.Pattern[str]:
    rows = read_table("mention_edges.tsv", _COLUMNS, required=_COLUMNS, choices={"edge": _EDGES})
    wanted = (edge, *_ALSO.get(edge, ()))
    patterns = [row.regex("pattern") for row in rows if row.text("edge") in wanted]
    return re.compile("|".join(patterns), re.IGNORECASE)
