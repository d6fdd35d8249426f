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
from itertools import pairwise
from typing import Literal

from monograph_nlp.rules import Row, read_table
from monograph_nlp.rules.screening import Screen
from monograph_nlp.text.language import holds_other_script, language_of

Kind = Literal["boilerplate", "other_language", "junk"]
KINDS: tuple[Kind, ...] = ("boilerplate", "other_language", "junk")
_COLUMNS = ("kind", "scope", "pattern", "example", "counterexample")
_SENTENCE_END = re.compile(
    r"[.!?][\"')\]]*\s+|[。！？]\s*|(?<=[a-z.!?])\s*(?=[\[［【]?\s*[\u4e00-\u9fff])"
)
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
        line = text[start:end]
        whole = _line_kind(line, table)
        if whole:
            found.append(SetAside(start, end, whole))
        elif language_of(line) not in (None, language) or holds_other_script(line):
            found.extend(_foreign(text, start, end, language))
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


def _line_kind(line: str, table: str) -> Kind | None:
    if len(line) > _LONGEST_LINE:
        return None
    patterns, screen = _line_patterns(table)
    fitting = (
        kind
        for kind, pattern in map(patterns.__getitem__, screen.open_to(line))
        if pattern.match(line)
    )
    return next(fitting, None)


def _foreign(text: str, start: int, end: int, language: str) -> Iterator[SetAside]:
    """Set aside the sentences of a line that are in another language, and those that cannot be told
    beside them; a line may hold sentences in two languages."""
    borders = [start, *(m.end() for m in _SENTENCE_END.finditer(text, start, end)), end]
    run: list[int] = []
    is_foreign = language_of(text[start:end]) != language
    for a, b in pairwise(borders):
        told = language_of(text[a:b])
        is_foreign = is_foreign if told is None else told != language
        if is_foreign and run:
            run[1] = b
        elif is_foreign and text[a:b].strip():
            run = [a, b]
        elif run:
            yield _trimmed(text, *run)
            run = []
    if run:
        yield _trimmed(text, *run)


def _trimmed(text: str, start: int, end: int) -> SetAside:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return SetAside(start + lead, start + len(piece.rstrip()), "other_language")


def _spans(text: str, start: int, end: int, table: str) -> Iterator[SetAside]:
    last = start
    for match in _span_pattern(table).finditer(text, start, end):
        if match.start() >= last and match.end() > match.start():
            kind: Kind = "junk" if (match.lastgroup or "").startswith("junk") else "boilerplate"
            yield SetAside(match.start(), match.end(), kind)
            last = match.end()


@cache
def _line_patterns(table: str) -> tuple[tuple[tuple[Kind, re.Pattern[str]], ...], Screen]:
    rows = _rows(table, "line")
    patterns = tuple((_kind(row), row.compiled("pattern", re.IGNORECASE)) for row in rows)
    return patterns, Screen([pattern.pattern for _, pattern in patterns])


@cache
def _span_pattern(table: str) -> re.Pattern[str]:
    parts = [
        f"(?P<{_kind(row)}{number}>{row.regex('pattern')})"
        for number, row in enumerate(_rows(table, "span"))
    ]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def _rows(table: str, scope: str) -> list[Row]:
    rows = read_table(
        table,
        _COLUMNS,
        required=("kind", "scope", "pattern", "example"),
        choices={"kind": ("boilerplate", "junk"), "scope": ("line", "span")},
    )
    return [row for row in rows if row.text("scope") == scope]


def _kind(row: Row) -> Kind:
    return "junk" if row.text("kind") == "junk" else "boilerplate"
