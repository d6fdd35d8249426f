"""Whom a text speaks to: the patient, as package leaflets do, or a professional, as labels do.

Texts for patients address them again and again; the words are rows of ``rules/registers.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.rules import read_table

_COLUMNS = ("register", "pattern", "example")
_WORD = re.compile(r"\w+")
_LEAST = 0.01  # of the words; leaflets have 0.02 to 0.1 in each section, labels none


def is_for_patients(text: str) -> bool:
    """Whether a text speaks to patients; a text without words does not.

    >>> is_for_patients("Tell your doctor if you feel sick."), is_for_patients("Nausea was seen.")
    (True, False)
    """
    words = sum(1 for _ in _WORD.finditer(text))
    addressed = sum(1 for _ in _address().finditer(text))
    return words > 0 and addressed >= _LEAST * words


@cache
def _address() -> re.Pattern[str]:
    rows = read_table(
        "registers.tsv", _COLUMNS, required=_COLUMNS, choices={"register": ("patient",)}
    )
    return re.compile("|".join(row.regex("pattern") for row in rows), re.IGNORECASE)
