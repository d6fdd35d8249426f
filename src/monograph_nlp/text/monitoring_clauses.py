"""What a sentence says is to be checked: "your doctor will monitor your |blood pressure|".

What it follows, what ends it, what bars a sentence, what is no part of the name (``lead``) and what says nothing
(``vague``) are rows of ``rules/monitoring_clauses.tsv``; ``{words}`` in a row stands for the words up to an end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

TABLE = "monitoring_clauses.tsv"
COLUMNS = ("kind", "pattern", "example")
KINDS = ("object", "end", "bar", "lead", "vague")
_WORDS = r"[\w'’/+-]+(?:[ ,]{1,2}[\w'’/+-]+){0,11}"
_MOST = 9  # words of an object


class _Patterns(NamedTuple):
    objects: tuple[re.Pattern[str], ...]
    screen: Screen
    end: re.Pattern[str]
    bar: re.Pattern[str]
    lead: re.Pattern[str]
    vague: re.Pattern[str]


def monitoring_clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of what is to be checked, in order.

    >>> text = "Your doctor will monitor your blood pressure before you start."
    >>> [text[a:b] for a, b in monitoring_clauses(text)]
    ['blood pressure']
    """
    known = _patterns()
    numbers = known.screen.open_to(sentence)
    if not numbers or known.bar.search(sentence):
        return
    found = {
        _cut(match, known)
        for number in numbers
        for match in known.objects[number].finditer(sentence)
    }
    done = 0
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        text = sentence[start:end]
        if start >= done and len(text.split()) <= _MOST and not known.vague.fullmatch(text):
            done = end
            yield start, end


def _cut(match: re.Match[str], known: _Patterns) -> tuple[int, int]:
    start, last = match.span("object")
    lead = known.lead.match(match.string, start, last)
    start = lead.end() if lead else start
    stop = known.end.search(match.string, start + 1, last)
    text = match.string[start : stop.start() if stop else last].rstrip(" ,")
    opened = text.rfind("(")
    if opened >= 0 and ")" not in text[opened:]:
        text = text[:opened].rstrip()
    return start, start + len(text)


@cache
def _patterns() -> _Patterns:
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read_table(TABLE, COLUMNS, required=COLUMNS, choices={"kind": KINDS}):
        rows[row.text("kind")].append(row.regex("pattern"))
    objects = [pattern.replace("{words}", _WORDS) for pattern in rows["object"]]
    return _Patterns(
        tuple(re.compile(pattern, re.IGNORECASE) for pattern in objects),
        Screen(objects),
        re.compile("|".join(rows["end"]), re.IGNORECASE),
        re.compile("|".join(rows["bar"]), re.IGNORECASE),
        re.compile(rf"(?:(?:{'|'.join(rows['lead'])})\s)+", re.IGNORECASE),
        re.compile(rf"(?:\W|\b(?:{'|'.join(rows['vague'])})\b)*", re.IGNORECASE),
    )
