"""Text as the components see it, with a map back to the text as the reader saw it.

One pass of one regular expression over ``rules/characters.tsv`` replaces typographic variants and
parts glued words. Never Unicode NFKC: it turns ``10⁹/L`` into ``109/L``, which is another dose.
The design follows Hugging Face tokenizers' ``NormalizedString``: both strings and the alignment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from monograph_nlp.rules import Row, read_table

COLUMNS = ("kind", "from", "to", "note")
_WHERE = {"behind": r"(?<=[.!?,;)])", "front": r"(?=[( ]|[nN] ?=)"}
"""Kinds of patterns → the only places where they are tried: few, so that the rest of a text costs little."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that changed the length: ``text[start:end]`` stands for the original range."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalized text and the edits that changed lengths, in order and disjoint.

    Replacements that keep the length shift nothing and need no edit.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    _starts: tuple[int, ...] = ()
    _original_starts: tuple[int, ...] = ()

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open range of the normalized text to the original text.

        A range that cuts into a replacement takes in the whole of what was replaced. An inserted
        space stands for nothing: at a range's border it adds no character.

        >>> normalize("A\\u200bB mg").to_original(0, 2)
        (0, 3)
        """
        first = self._position(start, after=True)
        last = self._position(end, after=False)
        return first, max(first, last)

    def to_normalized(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open range of the original text to the normalized text.

        An inserted space at the range's border stays outside.
        """
        first = self._normalized(start, at_end=False)
        return first, max(first, self._normalized(end, at_end=True))

    def _position(self, position: int, *, after: bool) -> int:
        find = bisect_right if after else bisect_left
        index = find(self._starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        if position >= edit.end:
            return edit.original_end + position - edit.end
        return edit.original_start if after else edit.original_end

    def _normalized(self, position: int, *, at_end: bool) -> int:
        find = bisect_left if at_end else bisect_right
        index = find(self._original_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        if position >= edit.original_end:
            return edit.end + position - edit.original_end
        return edit.end if at_end else edit.start


def normalize(text: str, table: str = "characters.tsv") -> Normalized:
    """Normalize a text by the rows of a characters table; the original is not changed.

    >>> normalize("10\\u00a0mg of 10⁹/L").text
    '10 mg of 10⁹/L'
    """
    pattern, replacements = _compiled(table)
    pieces: list[str] = []
    edits: list[Edit] = []
    done = length = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        new = _replacement(match, replacements)
        pieces += (text[done:start], new)
        length += start - done
        if len(new) != end - start:
            edits.append(Edit(length, length + len(new), start, end))
        length += len(new)
        done = end
    pieces.append(text[done:])
    return Normalized(
        "".join(pieces),
        tuple(edits),
        tuple(edit.start for edit in edits),
        tuple(edit.original_start for edit in edits),
    )


def _replacement(match: re.Match[str], replacements: Mapping[str, str]) -> str:
    found = replacements.get(match.group())
    return found if found is not None else replacements[match.lastgroup or ""]


@cache
def _compiled(table: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    rows = read_table(
        table, COLUMNS, required=("kind", "from"), choices={"kind": ("char", *_WHERE)}
    )
    characters = {
        _unescape(row.text("from")): _to(row) for row in rows if row.text("kind") == "char"
    }
    singles = "".join(re.escape(c) for c in characters if len(c) == 1)
    longer = sorted((c for c in characters if len(c) > 1), key=len, reverse=True)
    parts = [re.escape(c) for c in longer] + [f"[{singles}]"]
    named: dict[str, str] = {}
    for kind, where in _WHERE.items():
        patterns = [row for row in rows if row.text("kind") == kind]
        names = [f"{kind}{number}" for number in range(len(patterns))]
        named |= dict(zip(names, map(_to, patterns), strict=True))
        some = (f"(?P<{n}>{row.text('from')})" for n, row in zip(names, patterns, strict=True))
        parts += [f"{where}(?:{'|'.join(some)})"] if patterns else []
    return re.compile("|".join(parts)), characters | named


def _to(row: Row) -> str:
    return _unescape(row.text("to"))


def _unescape(cell: str) -> str:
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|([tnr]))",
        lambda m: chr(int(m[1], 16)) if m[1] else {"t": "\t", "n": "\n", "r": "\r"}[m[2]],
        cell,
    )
