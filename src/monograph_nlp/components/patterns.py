"""``monograph_patterns``: doses, schedules, frequencies and other things that follow a pattern.

The patterns are rows of ``rules/entities.tsv``, each tried where the text holds what it needs. Writes
``doc.spans["patterns"]``; a span's id is the row's id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

_COLUMNS = ("id", "label", "pattern", "example", "counterexample")


class Patterns:
    """Matches the rows of a patterns table; of two matches the earlier, then that of the first row wins."""

    def __init__(self, *, table: str) -> None:
        declare()
        self._rows, self._screen = _compiled(table)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["patterns"]``."""
        text, aligned = text_of(doc), Alignment(doc)
        found, done = [], 0
        for start, number, end in sorted(self._matches(text)):
            if start >= done:
                done, row = end, self._rows[number]
                span = aligned.span(start, end, row.label, row.id)
                found += [span] if span is not None else []
        doc.spans["patterns"] = found
        return doc

    def _matches(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield start, row and end of each row's matches."""
        for number, places in self._screen.ranges(text).items():
            for start, end in places:
                for match in self._rows[number].pattern.finditer(text, start, end):
                    yield match.start(), number, match.end()


class _Row(NamedTuple):
    id: str
    label: str
    pattern: re.Pattern[str]


@cache
def _compiled(table: str) -> tuple[tuple[_Row, ...], Screen]:
    rows = tuple(
        _Row(row.text("id"), row.text("label"), row.compiled("pattern", re.IGNORECASE))
        for row in read_table(table, _COLUMNS, required=_COLUMNS[:4])
    )
    return rows, Screen([row.pattern.pattern for row in rows])


@Language.factory("monograph_patterns", default_config={"table": "entities.tsv"})
def create(nlp: Language, name: str, *, table: str) -> Patterns:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name there.
        table: the patterns: a file of the package's rules, or a path.
    """
    return Patterns(table=table)
