"""What carries no statement about the drug: boilerplate, other languages, junk.

Set-aside ranges keep their place in the text; they are only barred from becoming mentions and
facts, and the record's coverage ledger counts them. Patterns are rows of
``rules/boilerplate.tsv``: a row of scope ``line`` takes the whole line, of scope ``span`` what it
matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from monograph_nlp.rules import read_table
from monograph_nlp.text.language import language_of

Kind = Literal["boilerplate", "other_language", "junk"]
KINDS: tuple[Kind, ...] = ("boilerplate", "other_language", "junk")
_COLUMNS = ("kind", "scope", "pattern", "example", "counterexample")
_LONGEST_LINE = 8000  # code points; a longer line is prose, and only its language is asked


@dataclass(frozen=True, slots=True)
class SetAside:
    """A range of code points that states nothing, and why."""

    start: int
    end: int
    kind: Kind


def find_set_aside(
    text: str, table: str = "boilerplate.tsv", language: str = "en"
) -> tuple[SetAside, ...]:
    """Return what is to be set aside: disjoint ranges, in order.

    Args:
        text: any text; offsets count its code points.
        table: the patterns.
        language: lines in another language are set aside.
    """
    found: list[SetAside] = []
    for start, end in _lines(text):
        whole = _line_kind(text[start:end], table, language)
        if whole:
            found.append(SetAside(start, end, whole))
        else:
            found.extend(_spans(text, start, end, table))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for raw in text.split("\n"):
        if raw.strip():
            lead = len(raw) - len(raw.lstrip())
            yield position + lead, position + len(raw.rstrip())
        position += len(raw) + 1


def _line_kind(line: str, table: str, language: str) -> Kind | None:
    if language_of(line) not in (None, language):
        return "other_language"
    if len(line) <= _LONGEST_LINE:
        match = _line_pattern(table).match(line)
        if match:
            return "junk" if (match.lastgroup or "").startswith("junk") else "boilerplate"
    return None


def _spans(text: str, start: int, end: int, table: str) -> Iterator[SetAside]:
    last = start
    for match in _span_pattern(table).finditer(text, start, end):
        if match.start() >= last and match.end() > match.start():
            kind: Kind = "junk" if (match.lastgroup or "").startswith("junk") else "boilerplate"
            yield SetAside(match.start(), match.end(), kind)
            last = match.end()


@cache
def _line_pattern(table: str) -> re.Pattern[str]:
    return _alternation(table, "line")


@cache
def _span_pattern(table: str) -> re.Pattern[str]:
    return _alternation(table, "span")


def _alternation(table: str, scope: str) -> re.Pattern[str]:
    rows = read_table(
        table,
        _COLUMNS,
        required=("kind", "scope", "pattern", "example"),
        choices={"kind": ("boilerplate", "junk"), "scope": ("line", "span")},
    )
    parts = []
    for number, row in enumerate(row for row in rows if row.text("scope") == scope):
        parts.append(f"(?P<{row.text('kind')}{number}>{row.regex('pattern')})")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
