"""Differences in words: one line a change, and the words of either side."""

from __future__ import annotations

from monograph_nlp.diff.changes import Change, Detail, Statement
from monograph_nlp.types import QualifierValue

MARKS = {"new": "+", "gone": "-", "changed": "~"}


def headline(change: Change) -> str:
    """Return a change in a line, without its evidence."""
    one = change.new or change.old
    if change.kind == "changed" or one is None:
        said = "; ".join(detail_words(detail) for detail in change.details)
    else:
        said = statement_words(one)
    concept = f" [{one.concept}]" if one and one.concept else ""
    return f"{change.predicate} {change.name}{concept}" + (f": {said}" if said else "")


def detail_words(detail: Detail) -> str:
    """Return what is other.

    >>> detail_words(Detail("frequency", "raised", "common", "very common"))
    'frequency common → very common (raised)'
    """
    return f"{detail.what} {_value(detail.old)} → {_value(detail.new)} ({detail.way})"


def statement_words(one: Statement) -> str:
    """Return the assertion, where it is not present, and the qualifiers of a statement."""
    said = [str(one.assertion)] if one.assertion != "present" else []
    said += [f"{key} {_value(value)}" for key, value in sorted(one.qualifiers.items())]
    return ", ".join(said)


def _value(value: QualifierValue | None) -> str:
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
