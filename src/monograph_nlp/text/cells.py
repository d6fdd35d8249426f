"""The cells of a line: bars part them, or gaps of three blanks and more; and what more than one room looks for in them."""

from __future__ import annotations

import re

BORDER = re.compile(r"[ ]*\|[ ]*|[ ]{3,}")
NOTE = re.compile(r"(?:[a-z]|[*†‡?]{1,2})$")  # all of a cell that calls a footnote
PER_CENT = re.compile(r"%|\bper ?cent", re.IGNORECASE)


def cell_texts(line: str) -> list[str]:
    """Return the cells of a line, without the bars around it.

    >>> cell_texts("| rash | 5% |"), cell_texts("rash    5%")
    (['rash', '5%'], ['rash', '5%'])
    """
    line = line.strip()
    inside = line[1:-1].strip() if is_fenced(line) else line
    return [cell.strip() for cell in BORDER.split(inside)]


def is_fenced(line: str) -> bool:
    """Say whether bars stand around a line; a bar before it alone parts an empty first cell."""
    return len(line) > 1 and line.startswith("|") and line.endswith("|")
