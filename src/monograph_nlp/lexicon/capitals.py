"""Where the capitals of a short word say nothing: in a line of capitals, and in a unit after a figure.

"ALL" is a leukaemia, and "MM" a myeloma, because of their capitals alone. Where everything is written
in capitals, or where a figure makes the word a unit (``rules/capital_units.tsv``), they are no evidence.
"""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.rules import read_table

TABLE = "capital_units.tsv"
COLUMNS = ("id", "pattern", "example", "counterexample")
_MOST = 4  # letters of a word that may be an ordinary one
_LEAST_AROUND = 3  # words beside it
_BEFORE = 3  # characters of a figure that a pattern can see
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_UNIT = re.compile(r"(?<=\d)\s?[a-zµμ]{1,3}(?:/[a-zµμ]{1,3})*\b")


class Capitals:
    """The capitals of one text; each line is looked at once, where its places are asked for in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = (0, 0)  # the last line that was looked at, without its break
        self._is_capital = False

    def prove(self, start: int, end: int) -> bool:
        """Tell whether the capitals of the name at ``start:end`` (code points) can be evidence.

        >>> Capitals("A child with ALL.").prove(13, 16), Capitals("TABLETS FOR ALL PATIENTS").prove(12, 15)
        (True, False)
        """
        name = self._text[start:end]
        if len(name) > _MOST or not (name.isalpha() and name.isupper()):
            return True
        window = self._text[max(0, start - _BEFORE) : end]
        return not (any(unit.search(window) for unit in _units()) or self._is_in_capitals(start))

    def _is_in_capitals(self, start: int) -> bool:
        first, last = self._line
        if not first <= start < last:
            first = self._text.rfind("\n", 0, start) + 1
            last = self._text.find("\n", start)
            last = len(self._text) if last < 0 else last
            self._line = first, last
            self._is_capital = _is_capital(self._text[first:last])
        return self._is_capital


def _is_capital(line: str) -> bool:
    """Tell whether a line is in capitals; a row of short forms and figures is no such line."""
    line = _SMALL_UNIT.sub("", line)
    words = _WORD.findall(line) if line.isupper() else []
    return len(words) > _LEAST_AROUND and any(len(word) > _MOST for word in words)


@cache
def _units() -> tuple[re.Pattern[str], ...]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS)
    return tuple(re.compile(rf"(?:{row.regex('pattern')})\Z") for row in rows)
