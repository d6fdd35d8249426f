"""How a line of a table looks in plain text: its title, its header rows, the names of groups, rows of figures."""

from __future__ import annotations

import re

from monograph_nlp.text.cells import PER_CENT, cell_texts

NUMERIC = re.compile(r"\s[<≥≤>~]?\d[\d.,]*\s*(?:%|\(|$|\s{2})|\s-{1,2}(?:\s|$)")
_COLUMN_NAMES = re.compile(
    r"%|\bper ?cent|n\s?=\s?\d|grades?(?![a-z])|\b(?:placebo|comparator|control|vehicle)|\d\s?mg\b",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\bgrades?\s?\d(?:\s?(?:[-–/]|or|and)\s?\d)?", re.IGNORECASE)
_VALUE = re.compile(  # all of a cell; "Week 52" is a name
    r"(?:[<≥≤>~]=?\s?)?\d[\d.,]*\s?%?\s?(?:\([^()]*\))?[\s*†‡a-z]{0,3}$|-{1,2}$"
)
WIDE = re.compile(r"\S[ ]{3,}\S")  # a gap between two names of columns
_SIZE = re.compile(r"n\s?=\s?\d", re.IGNORECASE)
_PER_CENT = re.compile(  # over all columns
    r"\(?(?:%|(?:number|no\.|n)?\s?\(%\)|per ?cent(?:age)?(?:\s?\(%\))?) of (?:patients|subjects)",
    re.IGNORECASE,
)
SIZES = re.compile(r"n\s?=\s?\d.*n\s?=\s?\d", re.IGNORECASE)  # of two arms
_TITLE = re.compile(r"\W*table\s*\d", re.IGNORECASE)  # of a table, and no row of it
_GROUP = 80  # code points of the name of a group of rows, which may stand between blank lines
_LONGEST_NAMES = 250  # code points of a line that names columns


def is_title(line: str) -> bool:
    """Say whether a line is the title of a table: "Table 1. Adverse reactions"."""
    return bool(_TITLE.match(line))


def leads_to_shares(line: str) -> bool:
    """Say whether a line leads to a table of shares: "Reactions, per cent of patients:"."""
    return (
        line.rstrip().endswith(":") and len(line) <= _LONGEST_NAMES and bool(PER_CENT.search(line))
    )


def is_data(line: str) -> bool:
    """Whether a row has figures: a cell that is nothing else, and no sizes of arms."""
    piece = _GRADE.sub("", line)
    if not NUMERIC.search(piece) or SIZES.search(piece):
        return False
    return any(_VALUE.match(cell) for cell in cell_texts(piece)[1:])


def names_columns(line: str) -> bool:
    """Say whether a line has the words of a header row: arms, doses, grades, shares."""
    return bool(_COLUMN_NAMES.search(line))


def may_head(line: str) -> bool:
    """Say whether a line without cells may name columns all the same: with one gap, or none."""
    line = line.rstrip()
    is_line = len(line) <= _LONGEST_NAMES and "\n" not in line and line[-1:] not in (".", ":", ";")
    if not is_line or is_title(line) or not names_columns(line):
        return False
    return bool(WIDE.search(line) or _SIZE.search(line) or _PER_CENT.search(line))


def is_group(line: str) -> bool:
    """Say whether a line may be the name of a group of rows: short, and neither a sentence nor a title."""
    line = " ".join(line.split())
    return len(line) <= _GROUP and line[-1:] not in (".", ":", ";") and not is_title(line)
