"""What a unit says of another drug's arm: "with tinmycin, rash was more frequent".

Rows of ``rules/other_arms.tsv`` hold what stands in front of the other drug's name and behind it; what comes then,
up to the end of the clause or the subject's name, is said of the other drug.
"""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.rules import read_table
from monograph_nlp.text.units import MASK, Unit, UnitMention

TABLE = "other_arms.tsv"
COLUMNS = ("before", "after", "needs", "example", "counterexample")
_CLAUSE = re.compile(rf"[.;:](?:\s|$)|{MASK}|\bthan\b|\b(?:but|while|whereas)\b")
_OWN_TOO = re.compile(rf"\b(?:including|such as|like|e\.g\.,?|for example,?) {MASK}", re.IGNORECASE)
_NEAR = 40  # code points in front of the drug that can matter


def is_of_another(unit: Unit, mention: UnitMention) -> bool:
    """Say whether a mention stands in a clause on another drug's arm."""
    return any(
        mention.start >= drug.end and _holds(unit, drug, mention)
        for drug in unit.mentions
        if drug.label == "DRUG" and not drug.is_subject
    )


def is_own_too(unit: Unit) -> bool:
    """Say whether a unit on other drugs counts the subject among them: "with drugs of the class, including Zynovia"."""
    return bool(_OWN_TOO.search(unit.masked))


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
        before.search(ahead) and after.match(behind) and needs.search(behind)
        for before, after, needs in _rows()
    )


@cache
def _rows() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    rows = read_table(TABLE, COLUMNS, required=("before", "after", "example"))
    return tuple(
        (
            re.compile(f"(?:{row.regex('before')})$", re.IGNORECASE),
            row.compiled("after", re.IGNORECASE),
            row.compiled("needs", re.IGNORECASE),
        )
        for row in rows
    )
