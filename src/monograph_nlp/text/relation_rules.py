"""The rows of ``rules/relations.jsonl``, compiled.

A row names a predicate, the labels of its object, and a trigger; ``text/relating.py`` applies it. In
a pattern, ``{subject}`` stands for the document's subject, whatever it is called, and the name of a row of
``rules/relation_phrases.tsv`` for that row's pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from monograph_nlp.errors import RuleError
from monograph_nlp.rules import Row, read_patterns
from monograph_nlp.rules.branches import Branches
from monograph_nlp.text import phrases
from monograph_nlp.text.units import MASK

KEYS: Mapping[str, type] = {
    "id": str,
    "predicate": str,
    "object": list,
    "trigger": str,
    "direction": str,
    "sections": list,
    "sections_not": list,
    "kinds": list,
    "reach": float,
    "stop": str,
    "needs": str,
    "guard": bool,
    "skip": list,
    "qualifiers": dict,
    "qualifier_labels": dict,
    "score": float,
    "example": str,
    "counterexample": str,
    "denied": str,
    "assertion": str,
    "header_not": str,
    "ids": list,
    "object_not": str,
    "aside": str,
}
"""The keys that a row may hold, and the type of each one's value."""

NEEDED = ("id", "predicate", "object", "direction", "example", "counterexample")
"""The keys that no row may leave empty."""

DIRECTIONS = ("after", "before", "around", "unit", "header")
_SUBJECT = (
    rf"(?:{MASK}+|this (?:medicine|drug|product|vaccine)|the (?:drug|medicine|antibody|vaccine))"
)
_FAR = 10_000
_PATTERNS = ("trigger", "stop", "needs", "denied", "header_not", "object_not", "aside")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the relations table, compiled."""

    id: str
    predicate: str
    labels: frozenset[str]
    trigger: re.Pattern[str] | None
    direction: str
    sections: frozenset[str] | None
    sections_not: frozenset[str]
    kinds: frozenset[str]
    reach: int  # code points
    stop: Branches | None
    needs: str
    guard: bool
    skip: frozenset[str]
    qualifiers: tuple[tuple[str, str], ...]
    qualifier_labels: tuple[tuple[str, str], ...]
    score: float
    denied: re.Pattern[str] | None  # in the unit, it makes the relation one that the text denies
    assertion: str  # the relation's, whatever the mention's is; empty: the mention's
    header_not: re.Pattern[str] | None  # in the headers over the unit, it bars the rule
    ids: frozenset[str]  # of the objects' spans; empty: any
    object_not: re.Pattern[str] | None  # the words of an object that says nothing alone
    aside: (
        re.Pattern[str] | None
    )  # holds no object; a group ``further``: none besides those before it


TABLE = "relations.jsonl"


@cache
def read_rules(table: str = TABLE, more: str = "") -> tuple[Rule, ...]:
    """Read and compile a relations table, and behind it one of the user's own.

    Raises:
        RuleError: a row is not well formed, or two have one id; names the line.
    """
    rows = [*read_rows(table), *(read_rows(more) if more else ())]
    seen: dict[str, str] = {}
    for row in rows:
        if (first := seen.setdefault(row.text("id"), row.where)) != row.where:
            raise RuleError(
                f"{row.where}: the id {row.text('id')!r} is that of {first}; expected another"
            )
    return tuple(compiled(row) for row in rows)


def read_rows(table: str = TABLE) -> tuple[Row, ...]:
    """Read the rows of a relations table, checked but not compiled."""
    return read_patterns(
        table,
        KEYS,
        required=NEEDED,
        choices={"direction": DIRECTIONS},
    )


def compiled(row: Row) -> Rule:
    """Return a row as a rule; ``RuleError`` where a pattern is none."""
    return _rule(spelt_out(row))


def spelt_out(row: Row) -> Row:
    """Return a row whose patterns hold the phrases that they name.

    Raises:
        RuleError: a pattern names a phrase that there is not.
    """
    patterns = {key: phrases.spelt_out(row, key) for key in _PATTERNS if row.text(key)}
    return Row(row.where, {**row.values, **patterns})


def _rule(row: Row) -> Rule:
    sections = row.values.get("sections")
    return Rule(
        row.text("id"),
        row.text("predicate"),
        frozenset(row.texts("object")),
        _pattern(row, "trigger"),
        row.text("direction"),
        frozenset(row.texts("sections")) if isinstance(sections, list) else None,
        frozenset(row.texts("sections_not")),
        frozenset(row.texts("kinds")),
        int(row.number("reach", _FAR)),
        Branches(stop.pattern, stop.flags) if (stop := _pattern(row, "stop")) else None,
        row.text("needs"),
        bool(row.values.get("guard")),
        frozenset(row.texts("skip")),
        _pairs(row, "qualifiers"),
        _pairs(row, "qualifier_labels"),
        row.number("score", 0.8),
        _pattern(row, "denied"),
        row.text("assertion"),
        _pattern(row, "header_not"),
        frozenset(row.texts("ids")),
        _pattern(row, "object_not"),
        _pattern(row, "aside"),
    )


def _pattern(row: Row, key: str) -> re.Pattern[str] | None:
    if not row.text(key):
        return None
    pattern = row.compiled(key, re.IGNORECASE)
    source = pattern.pattern.replace("{subject}", _SUBJECT)
    return pattern if source == pattern.pattern else re.compile(source, re.IGNORECASE)


def _pairs(row: Row, key: str) -> tuple[tuple[str, str], ...]:
    value = row.values.get(key)
    return (
        tuple((name, str(text)) for name, text in value.items()) if isinstance(value, dict) else ()
    )
