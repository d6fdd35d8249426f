"""What a record names → the rows of the rules that did it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from monograph_nlp.record.vocabulary import labels
from monograph_nlp.rulebook.reading import read_any
from monograph_nlp.rules import Row
from monograph_nlp.text.cues import CueIndex, CueRule, Named, words_of
from monograph_nlp.text.relation_rules import TABLE, read_rows

_SUBJECTS = "subject.tsv"
_OF_SUBJECT = "subject-"  # begins the rule of a fact that the subject's own naming states
_CUES = "cues.jsonl"


def row_of(rule: str, more: str = "") -> Row | None:
    """Return the row that a fact's ``rule`` names; ``more`` is a table of the user's own."""
    if rule.startswith(_OF_SUBJECT):
        return _by_id(read_any(_SUBJECTS), rule.removeprefix(_OF_SUBJECT))
    rows = [*read_rows(TABLE), *(read_rows(more) if more else ())]
    return _by_id(rows, rule)


def cues_of(words: str) -> list[Row]:
    """Return the rows whose phrase is just these words, as a mention's ``cues`` hold them."""
    asked = words_of(words)[0]
    whole = (0, len(asked))
    return [
        row
        for row, index in _cues()
        if any(
            (cue.start, cue.end) == whole
            for named in _namings(len(asked))
            for cue in index.find(asked, named)
        )
    ]


def _namings(length: int) -> Iterator[Named]:
    """Yield what may be a mention inside a cue: nothing, or any run of its words, of any label."""
    yield {}
    for start, end in combinations(range(length + 1), 2):
        yield {start: [(label, end) for label in labels()]}


def _by_id(rows: list[Row] | tuple[Row, ...], id: str) -> Row | None:
    return next((row for row in rows if row.text("id") == id), None)


@cache
def _cues() -> list[tuple[Row, CueIndex]]:
    """Return each row with an index of its own: only so is it known which row a phrase is of."""
    return [
        (
            row,
            CueIndex([CueRule(row.text("pattern") or row.text("literal"), "ABSENT", "FORWARD", 1)]),
        )
        for row in read_any(_CUES)
    ]
