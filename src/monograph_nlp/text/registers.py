"""Whom a text speaks to: the patient, as package leaflets do, or a professional, as labels do.

Texts for patients address them again and again; the words are rows of ``rules/registers.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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


class Readers:
    """Whom the sections of a text speak to; each outermost one is looked at once.

    Args:
        text: any text.
        sections: half-open ranges in order of their starts, each before those inside it.
    """

    def __init__(self, text: str, sections: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._whole = _outermost(sections)
        self._told: dict[tuple[int, int], bool] = {}

    def are_patients(self, index: int) -> bool:
        """Whether the section, with all that stands around it, speaks to patients."""
        whole = self._whole[index]
        if whole not in self._told:
            self._told[whole] = is_for_patients(self._text[slice(*whole)])
        return self._told[whole]


def _outermost(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each of the sections, in order of their starts, the one that none holds."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        is_inside = bool(found) and end <= found[-1][1]
        found.append(found[-1] if is_inside else (start, end))
    return found


@cache
def _address() -> re.Pattern[str]:
    rows = read_table(
        "registers.tsv", _COLUMNS, required=_COLUMNS, choices={"register": ("patient",)}
    )
    return re.compile("|".join(row.regex("pattern") for row in rows), re.IGNORECASE)
