"""What qualifies a relation: frequency, rate, line of therapy, management, and the like.

Patterns are rows of ``rules/qualifiers.tsv``, which may name phrases. A frequency (``frequencies``) is the one that the sentence states behind the
event, else the nearest before it, that of its table column, of the last line that announced one, or of the header
over it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen
from monograph_nlp.text.cells import BORDER, cell_texts, is_fenced
from monograph_nlp.text.frequencies import (
    frequency_behind,
    frequency_in,
    is_statement,
    may_name_one,
)
from monograph_nlp.text.phrases import spelt_out
from monograph_nlp.text.prose_rates import rates_in_prose
from monograph_nlp.text.relating import Relation
from monograph_nlp.text.row_rates import rates_in_row
from monograph_nlp.text.units import Unit

_COLUMNS = ("predicate", "key", "where", "pattern", "example")
_REACH = 400  # code points before an object that are looked at
_NEAR = 70  # code points between a qualifier and its object


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of the qualifiers table; ``where`` is header, unit, near, before or after (the object).

    ``behind-word`` is after an object of one word, which shares what follows it with its neighbours.
    """

    key: str
    where: str
    pattern: re.Pattern[str]


def qualify(
    relation: Relation, announced: str | None, table_header: str
) -> dict[str, str | float | bool]:
    """Return a relation's qualifiers, those of its rule first.

    Args:
        relation: the relation.
        announced: the frequency of the last line that announced one in the section, if any.
        table_header: the text of the first row of the table that the unit stands in.
    """
    found: dict[str, str | float | bool] = dict(relation.qualifiers)
    unit = relation.unit
    for pattern in _open_patterns(relation.predicate, unit.header, unit.text):
        if pattern.key not in found:
            value = _value(pattern, relation)
            if value is not None:
                found[pattern.key] = value
    if relation.predicate == "has_adverse_event":
        frequency = _frequency(relation, table_header) or _given(unit, announced)
        if frequency:
            found["frequency"] = frequency
        found.update(next(iter(_rates(relation)), {}))
    return found


def further_rates(relation: Relation) -> list[dict[str, str | float]]:
    """Return the rates of an event besides the first that its row of a table gives: at other doses, of a grade."""
    is_told = relation.predicate == "has_adverse_event" and _has_columns(relation.unit)
    return _rates(relation)[1:] if is_told else []


def _value(pattern: Pattern, relation: Relation) -> str | bool | None:
    unit, mention = relation.unit, relation.mention
    if pattern.where == "behind-word" and " " in unit.text[mention.start : mention.end]:
        return None
    if pattern.where in ("after", "behind-word"):
        match = pattern.pattern.search(unit.text[mention.end :])  # so that ^ is the object's end
    elif pattern.where == "before":  # so that $ is the object's beginning
        match = pattern.pattern.search(unit.text[max(mention.start - _REACH, 0) : mention.start])
    elif pattern.where == "near":
        low, high = max(mention.start - _NEAR, 0), mention.end + _NEAR
        match = next(
            (
                m
                for m in _all_matches(pattern.pattern, unit.text)
                if m.start() >= low and m.end() <= high
            ),
            None,
        )
    else:
        text = unit.header if pattern.where == "header" else unit.text
        match = next(iter(_all_matches(pattern.pattern, text)), None)
    if not match:
        return None
    return True if "true" in match.groupdict() else match["value"].strip(" ,")


@lru_cache(maxsize=16)  # a unit with many objects is looked through once
def _all_matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(text))


def _frequency(relation: Relation, table_header: str) -> str | None:
    unit, mention = relation.unit, relation.mention
    if unit.kind == "row" and (column := _of_column(unit, mention.start, table_header)):
        return column
    if not may_name_one(unit.text):
        return None
    before, behind = unit.text[: mention.start], unit.text[mention.end :]
    if unit.kind == "row":
        return frequency_in(before) or frequency_in(behind)
    return frequency_behind(unit.text, mention.end) or frequency_in(before)


def _of_column(unit: Unit, start: int, table_header: str) -> str | None:
    """Return the frequency that the header of a table names over the cell of an event."""
    if not may_name_one(table_header):
        return None
    cell, header = _cell_number(unit.text, start), cell_texts(table_header)
    return frequency_in(header[cell]) if cell < len(header) else None


def _given(unit: Unit, announced: str | None) -> str | None:
    """Return the frequency of the list that a unit stands in; a sentence that states something new is no item of it."""
    if unit.kind == "paragraph" and is_statement(unit.text):
        return None
    return announced or frequency_in(unit.header)


def _rates(relation: Relation) -> list[dict[str, str | float]]:
    unit, mention = relation.unit, relation.mention
    if _has_columns(unit):
        return rates_in_row(unit.masked, mention.end, unit.header.split("\n"), unit.title)
    found: dict[str, str | float] = {**rates_in_prose(unit.masked, mention.end, mention.start)}
    return [found] if found else []


def _has_columns(unit: Unit) -> bool:
    return unit.kind == "row" and bool(unit.headers)


def _cell_number(row: str, position: int) -> int:
    return len(BORDER.findall(row, 1 if is_fenced(row) else 0, position))


@lru_cache(maxsize=16)  # a unit with many objects is looked through once
def _open_patterns(predicate: str, header: str, text: str) -> tuple[Pattern, ...]:
    """Return the patterns of a predicate that may match in a unit with its headers, or in a part of it."""
    if predicate not in _patterns():
        return ()
    patterns, screen = _patterns()[predicate]
    return tuple(patterns[number] for number in screen.open_to(header, text))


@cache
def _patterns() -> dict[str, tuple[tuple[Pattern, ...], Screen]]:
    found: dict[str, list[Pattern]] = defaultdict(list)
    for row in read_table(
        "qualifiers.tsv",
        _COLUMNS,
        required=_COLUMNS,
        choices={"where": ("header", "unit", "near", "before", "after", "behind-word")},
    ):
        compiled = re.compile(spelt_out(row, "pattern"), re.IGNORECASE)
        found[row.text("predicate")].append(Pattern(row.text("key"), row.text("where"), compiled))
    return {
        predicate: (tuple(patterns), Screen([one.pattern.pattern for one in patterns]))
        for predicate, patterns in found.items()
    }


def table_header(unit: Unit) -> str:
    """Return the first row of the table that a unit stands in, or an empty string."""
    return unit.header.rsplit("\n", 1)[-1] if _has_columns(unit) else ""
