"""Patterns that name a phrase, spelt out: ``{weak-organ}`` stands for what ``rules/relation_phrases.tsv`` has under this name.

What several patterns share is written once. ``{subject}`` is no phrase: it is the document's subject.
"""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.errors import RuleError
from monograph_nlp.rules import Row, read_table

TABLE = "relation_phrases.tsv"
COLUMNS = ("name", "pattern", "example")
_NAME = re.compile(r"\{([a-z][a-z-]+)\}")
_SUBJECT = "subject"


def spelt_out(row: Row, key: str) -> str:
    """Return a row's pattern with the phrases that it names.

    Raises:
        RuleError: it names a phrase that there is not; names the row and all phrases.
    """

    def phrase(match: re.Match[str]) -> str:
        if match[1] == _SUBJECT:
            return match[0]
        if match[1] not in _phrases():
            raise RuleError(
                f"{row.where}: {key} names the phrase {match[0]}; expected one of {TABLE}: "
                f"{', '.join(sorted(_phrases()))}"
            )
        return _phrases()[match[1]]

    return _NAME.sub(phrase, row.text(key))


@cache
def _phrases() -> dict[str, str]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS)
    return {row.text("name"): row.regex("pattern") for row in rows}
