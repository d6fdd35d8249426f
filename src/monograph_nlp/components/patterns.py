"""``monograph_patterns``: doses, schedules, frequencies and other things that follow a pattern.

The patterns are rows of ``rules/entities.tsv``, tried at once over the text. Writes
``doc.spans["patterns"]``; a span's id is the row's id.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.rules import read_table
from monograph_nlp.rules.openings import guarded

_COLUMNS = ("id", "label", "pattern", "example", "counterexample")


class Patterns:
    """Matches the rows of a patterns table; of two matches the earlier, then the longer wins."""

    def __init__(self, *, table: str) -> None:
        declare()
        self._pattern, self._rows = _compiled(table)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["patterns"]``."""
        found = []
        aligned = Alignment(doc)
        for match in self._pattern.finditer(text_of(doc)):
            row, label = self._rows[match.lastgroup or ""]
            span = aligned.span(*match.span(), label, row)
            if span is not None:
                found.append(span)
        doc.spans["patterns"] = found
        return doc


@cache
def _compiled(table: str) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    sources, rows = [], {}
    for number, row in enumerate(read_table(table, _COLUMNS, required=_COLUMNS[:4])):
        sources.append(row.regex("pattern"))
        rows[f"e{number}"] = (row.text("id"), row.text("label"))
    parts = (f"(?P<e{number}>{source})" for number, source in enumerate(sources))
    return re.compile(guarded(sources, "|".join(parts)), re.IGNORECASE), rows


@Language.factory("monograph_patterns", default_config={"table": "entities.tsv"})
def create(nlp: Language, name: str, *, table: str) -> Patterns:
    """Create the component; ``table`` is a rules table."""
    return Patterns(table=table)
