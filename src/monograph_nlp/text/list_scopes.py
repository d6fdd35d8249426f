"""Lists that speak of something else than the drug in its normal use: of other drugs, of an overdose.

A line that leads to such a list (rows of ``rules/list_scopes.tsv``) gives all that stands in the list an assertion: ``other_subject``,
or ``conditional``, which states nothing of the drug.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

TABLE = "list_scopes.tsv"
COLUMNS = ("assertion", "pattern", "example")
ASSERTIONS = ("other_subject", "conditional")
_LABELLED = re.compile(r"[^.:\n]{2,60}:")
_KEPT = 1 << 11  # lines
_LONGEST = 400  # code points of a line that leads to a list


def scope_opened(line: str) -> str | None:
    """Return the assertion that a line, or the end of one, gives to the list that follows it.

    >>> scope_opened("Reactions reported with other antibiotics are:")
    'other_subject'
    >>> scope_opened("Reactions reported in adults:") is None
    True
    """
    return _opened(line[-_LONGEST:])


def may_open(text: str) -> bool:
    """Whether a text, or a part of it, may lead to a list that has a scope of its own."""
    return _scopes()[1].may_match(text)


@lru_cache(maxsize=_KEPT)  # a header is over many units
def _opened(end: str) -> str | None:
    scopes, screen = _scopes()
    return next((scopes[n][0] for n in screen.open_to(end) if scopes[n][1].search(end)), None)


def is_listed(text: str, kind: str) -> bool:
    """Whether a unit of this kind (paragraph, item or row) goes on with a list, rather than to say something new.

    >>> is_listed("Skin: rash, itching.", "paragraph"), is_listed("Rash was seen.", "paragraph")
    (True, False)
    """
    return kind != "paragraph" or not text.rstrip().endswith(".") or bool(_LABELLED.match(text))


@cache
def _scopes() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Screen]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS, choices={"assertion": ASSERTIONS})
    scopes = tuple((row.text("assertion"), row.compiled("pattern", re.IGNORECASE)) for row in rows)
    return scopes, Screen([pattern.pattern for _, pattern in scopes])
