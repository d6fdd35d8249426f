"""What a finding is where it stands: a condition or an adverse event, by the words around it or the section.

The patterns are rows of ``rules/roles.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

_COLUMNS = ("role", "kind", "pattern", "example")
_SENTENCE = re.compile(r"\n|[.;]\s")  # what stands before it is another statement
_BEFORE = 70  # code points to the left that can give a role
_AFTER = 40


def role_of(text: str, start: int, end: int, section: str, table: str) -> str:
    """Return the role of the finding at ``start:end``, or an empty string where no row gives one.

    Args:
        text: any text, with the finding's half-open range in code points.
        start: where the finding begins.
        end: where it ends.
        section: the label of its section.
        table: a file of the rules, or a path.
    """
    before, screen, after, _ = _rules(table)
    left = _SENTENCE.split(text[max(start - _BEFORE, 0) : start])[-1]
    match = before.search(left) if screen.may_match(left) else None
    match = match or after.match(text[end : end + _AFTER])
    if match:
        return (match.lastgroup or "").rsplit("_", 1)[0]
    return role_in(section, table)


def role_in(section: str, table: str) -> str:
    """Return the role that a section gives where the words say nothing."""
    by_section = _rules(table)[-1]
    return by_section.get(section, by_section.get("*", ""))


def has_role(section: str, table: str) -> bool:
    """Whether the table names the section; one that it does not name has the role of what it stands in."""
    return section in _rules(table)[-1]


@cache
def _rules(table: str) -> tuple[re.Pattern[str], Screen, re.Pattern[str], Mapping[str, str]]:
    """Return what stands before a finding, in which texts that can be, what follows one, and the sections."""
    rows = read_table(
        table, _COLUMNS, required=_COLUMNS, choices={"kind": ("before", "after", "section")}
    )
    parts: dict[str, list[str]] = {"before": [], "after": []}
    sections = {}
    for number, row in enumerate(rows):
        if row.text("kind") == "section":
            sections[row.text("pattern")] = row.text("role")
        else:
            parts[row.text("kind")].append(
                f"(?P<{row.text('role')}_{number}>{row.regex('pattern')})"
            )
    before = re.compile(f"(?:{'|'.join(parts['before']) or '(?!)'})$", re.IGNORECASE)
    # A cell of a table has no outer blanks, so the one behind the finding is not in the row.
    after = re.compile(rf"\s?(?:{'|'.join(parts['after']) or '(?!)'})", re.IGNORECASE)
    return before, Screen([before.pattern]), after, sections
