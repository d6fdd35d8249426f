"""Whose each column of a table is: the subject's, at which dose and of which grades, and the comparator beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from monograph_nlp.text.rate_words import rate_words
from monograph_nlp.text.units import MASK

_GRADE = re.compile(
    r"(?P<more>[≥>]=?\s*)?grades?\s*(?P<above>[≥>]=?\s*)?(?P<grade>[345](?:\s*(?:[-–/]|to|or|and)\s*[345])?)"
    r"(?:\s*(?:or|and) (?P<higher>higher|greater|above))?",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\+|\b(?:with|plus|and|added to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Arm:
    """A column of the subject, and the comparator's."""

    own: int  # its column
    comparator: int | None
    said: dict[str, str]  # its dose or grade, where there are several


@lru_cache(maxsize=64)
def arms_of(columns: tuple[str, ...]) -> list[Arm]:
    """Return the own columns of a table, that of all grades and doses first, each with its comparator's."""
    words = rate_words()
    by_grade: dict[str | None, list[int]] = defaultdict(list)
    for number, said in enumerate(columns):
        if said:
            by_grade[_grade(said)].append(number)
    wide = by_grade.pop(None, [])
    first = _of_one_grade(columns, wide)
    if not first:
        return []
    total = next((arm for arm in first if words["all"].search(columns[arm.own])), first[0])
    is_paired = len({arm.comparator for arm in first}) == len(first)
    doses = [arm for arm in first if arm is not total and (arm.said or is_paired)]
    graded = [
        replace(arm, said={**(arm.said if doses else {}), "grade": grade})
        for grade, numbers in by_grade.items()
        if grade
        for arm in _of_one_grade(columns, numbers)
    ]
    return [replace(total, said={}) if not doses else total, *doses, *graded]


def _grade(said: str) -> str | None:
    """Return the grade of a column: None for all grades, or where it says nothing; empty for "severe"."""
    words = rate_words()
    if words["any"].search(said) or not words["grade"].search(said):
        return None
    match = _GRADE.search(said)
    if match is None:
        return ""
    is_more = match["more"] or match["above"] or match["higher"]
    return f"≥{match['grade']}" if is_more else " ".join(match["grade"].split())


def _of_one_grade(columns: Sequence[str], wide: Sequence[int]) -> list[Arm]:
    """Return the own columns among those of one grade, or none where they are not told."""
    words = rate_words()
    others = [number for number in wide if _is_comparator(columns[number])]
    own = [number for number in wide if number not in others]
    named = [number for number in own if MASK in columns[number]]
    if named and not others:
        others = [number for number in own if number not in named]
    is_told = bool(named or others) or len(wide) == 1 or _is_one_arm(columns)
    own = named or own
    if not own or not is_told:
        return []
    is_paired = len(own) == len(others)
    found = []
    for place, number in enumerate(own):
        dose = words["dose"].search(columns[number].rpartition(MASK)[2])
        other = others[place if is_paired else 0] if others else None
        found.append(Arm(number, other, {"regimen": dose.group().strip()} if dose else {}))
    return found


def _is_comparator(said: str) -> bool:
    """Whether a column is the comparator's: what the subject is added to is its own arm."""
    match = rate_words()["comparator"].search(said)
    if match is None:
        return False
    before = said[: match.start()]
    return not (MASK in before and _ADDED.search(before[before.rindex(MASK) :]))


def _is_one_arm(columns: Sequence[str]) -> bool:
    """Whether all columns are grades, or doses, of one arm."""
    words = rate_words()
    grades = all(words["any"].search(said) or words["grade"].search(said) for said in columns)
    return (grades and len(columns) == 2) or all(words["dose"].search(said) for said in columns)
