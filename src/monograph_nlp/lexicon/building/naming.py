"""What a source's name may be used for: to find mentions, only to link them, or not at all.

The rows of ``rules/name_policy.tsv`` are tried in order, and the first that fits decides. A cell that is
empty fits everything; a number in ``ordinary`` asks for an English word of that frequency rank or a more
frequent one. Where no row fits, a name finds mentions in any case of its letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.terms import Case
from monograph_nlp.rules import read_table

Use = Literal["spot", "link", "drop"]
COLUMNS = (
    "id",
    "use",
    "case",
    "labels",
    "sources",
    "kinds",
    "pattern",
    "ordinary",
    "example",
    "reason",
)


_NO_WORD = 1 << 30


@dataclass(frozen=True, slots=True)
class Policy:
    """What a name is good for, and the id of the row that says so (empty where none does)."""

    use: Use
    case: Case
    row: str


@dataclass(frozen=True, slots=True)
class _Rule:
    labels: frozenset[str]
    sources: frozenset[str]
    kinds: frozenset[str]
    pattern: re.Pattern[str]
    ordinary: float  # the last rank that fits; 0 where any name does
    policy: Policy

    def fits(self, text: str, kind: str, entry: Entry, ordinary: Mapping[str, int]) -> bool:
        return (
            (not self.labels or entry.labels[0] in self.labels)
            and (not self.sources or entry.source in self.sources)
            and (not self.kinds or kind in self.kinds)
            and (not self.ordinary or ordinary.get(text.lower(), _NO_WORD) <= self.ordinary)
            and self.pattern.fullmatch(text) is not None
        )


def policy(text: str, kind: str, entry: Entry, ordinary: Mapping[str, int]) -> Policy:
    """Decide on a name of an entry; ``ordinary`` maps English words in lower case to their rank."""
    for rule in _rules():
        if rule.fits(text, kind, entry, ordinary):
            return rule.policy
    return Policy("spot", "any", "")


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = read_table(
        "name_policy.tsv",
        COLUMNS,
        required=("id", "use", "example", "reason"),
        choices={
            "use": ("spot", "link", "drop"),
            "case": ("any", "capital", "exact"),
        },
    )
    return tuple(
        _Rule(
            frozenset(row.texts("labels")),
            frozenset(row.texts("sources")),
            frozenset(row.texts("kinds")),
            re.compile(row.regex("pattern") or ".*", re.DOTALL),
            row.number("ordinary", 0),
            Policy(
                cast(Use, row.text("use")), cast(Case, row.text("case") or "any"), row.text("id")
            ),
        )
        for row in rows
    )
