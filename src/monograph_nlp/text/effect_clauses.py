"""What a sentence says that a medicine does: clauses such as "slows down the growth of the tumour".

Verbs, what may stand before them in the clause (``aid``), what leads to them, what ends a clause, what bars a sentence
and what says nothing behind a verb are rows of ``rules/effect_clauses.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from monograph_nlp.rules import read_table

TABLE = "effect_clauses.tsv"
COLUMNS = ("kind", "pattern", "example")
KINDS = ("verb", "aid", "lead", "end", "bar", "nothing")
_TO_DO = re.compile(r"\bto (?:help )?$")  # behind an earlier clause of the sentence: "... to limit"


class _Patterns(NamedTuple):
    verb: re.Pattern[str]
    lead: re.Pattern[str]
    end: re.Pattern[str]
    bar: re.Pattern[str]
    nothing: re.Pattern[str]


def effect_clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the clauses in a sentence, in order.

    Args:
        sentence: with the names of the medicine masked, as in ``units``.

    >>> text = "It blocks the action of a protein and may help to slow the growth of the tumour."
    >>> [text[a:b] for a, b in effect_clauses(text)]
    ['blocks the action of a protein', 'help to slow the growth of the tumour']
    """
    known, done = _patterns(), 0
    for match in known.verb.finditer(sentence):
        start = match.start()
        if start < done or not _is_led(sentence, start, done, known.lead):
            continue
        end = known.end.search(sentence, match.end())
        clause = sentence[start : end.start() if end else len(sentence)].rstrip(" ,(")
        if known.bar.search(sentence, 0, start + len(clause)):
            continue
        if not known.nothing.fullmatch(clause[match.end() - start :]):
            done = start + len(clause)
            yield start, done


def _is_led(sentence: str, start: int, done: int, lead: re.Pattern[str]) -> bool:
    before = sentence[:start]
    return bool(lead.search(before)) or (done > 0 and bool(_TO_DO.search(before)))


@cache
def _patterns() -> _Patterns:
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read_table(TABLE, COLUMNS, required=COLUMNS, choices={"kind": KINDS}):
        rows[row.text("kind")].append(row.regex("pattern"))
    verbs, aids = "|".join(rows["verb"]), "|".join(rows["aid"])
    ends = "|".join(rows["end"]).replace("{verbs}", verbs)
    return _Patterns(
        re.compile(rf"\b(?:(?:{aids}) )*(?:{verbs})\b", re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(rows['lead'])})$", re.IGNORECASE),
        re.compile(ends, re.IGNORECASE),
        re.compile("|".join(rows["bar"]), re.IGNORECASE),
        re.compile(rf"(?:\W|\b(?:{'|'.join(rows['nothing'])})\b)*", re.IGNORECASE),
    )
