"""What a unit says of another drug's arm: "with tinmycin, rash was more frequent".

Rows of ``rules/other_arms.tsv`` hold what stands in front of the other drug's name and behind it, and in which
sections that tells an arm: among warnings, "with tinmycin" means given together. What comes then, up to the end of
the clause or the subject's name, is said of the other drug.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from monograph_nlp.rules import read_table
from monograph_nlp.text.units import MASK, Unit, UnitMention

TABLE = "other_arms.tsv"
COLUMNS = ("before", "after", "needs", "sections", "example", "counterexample")
_CLAUSE = re.compile(rf"[.;:](?:\s|$)|{MASK}|\bthan\b|\b(?:but|while|whereas)\b")
_NEAR = 40  # code points in front of the drug that can matter


class _Row(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    needs: re.Pattern[str]
    sections: tuple[str, ...]  # all, where there are none


def is_of_another(unit: Unit, mention: UnitMention) -> bool:
    """Say whether a mention stands in a clause on another drug's arm."""
    return any(
        mention.start >= drug.end and _holds(unit, drug, mention)
        for drug in unit.mentions
        if drug.label == "DRUG" and not drug.is_subject
    )


def _holds(unit: Unit, drug: UnitMention, mention: UnitMention) -> bool:
    clause = _CLAUSE.search(unit.masked, drug.end)
    end = clause.start() if clause else len(unit.masked)
    if mention.end > end:
        return False
    ahead, behind = (
        unit.masked[max(drug.start - _NEAR, 0) : drug.start],
        unit.masked[drug.end : end],
    )
    return any(
        row.before.search(ahead) and row.after.match(behind) and row.needs.search(behind)
        for row in _rows()
        if not row.sections or unit.section in row.sections
    )


@cache
def _rows() -> tuple[_Row, ...]:
    rows = read_table(TABLE, COLUMNS, required=("before", "after", "example"))
    return tuple(
        _Row(
            re.compile(f"(?:{row.regex('before')})$", re.IGNORECASE),
            row.compiled("after", re.IGNORECASE),
            row.compiled("needs", re.IGNORECASE),
            row.texts("sections"),
        )
        for row in rows
    )
