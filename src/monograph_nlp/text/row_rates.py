"""How many per cent of patients an event affects, as its row of a table says it.

The columns are told apart by the header (``table_columns``): whose arm, which dose, which grades (``table_arms``). Where the header
does not fit the row, or says of no column whose it is, there is no rate: a wrong arm harms more than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from monograph_nlp.text.cells import BORDER, NOTE, PER_CENT
from monograph_nlp.text.rate_words import checked
from monograph_nlp.text.table_arms import arms_of
from monograph_nlp.text.table_columns import columns_behind

_INCLUDES = re.compile(r"\b(?:inclu(?:d\w+)|compris\w+|consist\w+ of)\b", re.IGNORECASE)
_SHARE = re.compile(
    r"~?\s?(?P<share>\d{1,3}(?:\.\d+)?)\s?%(?:\s?\(.*\))?[\s*†‡a-z]{0,2}$"  # 5%, 6% (26/428)
    r"|\d+\s?\(\s?~?\s?(?P<inside>\d{1,3}(?:\.\d+)?)\s?%?\s?\)[\s*†‡a-z]{0,2}$"  # 9 (3.9)
)
_PLAIN = re.compile(r"(\d{1,3}(?:\.\d+)?)$")  # where the header says that it is per cent
_VALUE = re.compile(r"[<≥≤>~]?\s?\d|[-–—]+$|(?:NA|NR|N/A)$", re.IGNORECASE)
_DIGIT = re.compile(r"\d$")  # it may call one, too, where it stands close behind a name
_CLOSE = re.compile(r"(?:^|\s)([<≥≤>~]?\s?\d[\d.,]*\s?%?(?:\s?\([^()]*\))?)$")
_COUNTED = re.compile(r"\b(?:n|no\.|numbers?|counts?|patients|subjects)(?![a-z])", re.IGNORECASE)
_SIZES = re.compile(r"n\s?=\s?[\d,]+", re.IGNORECASE)
_COUNTS = re.compile(r"\bn\s?\(\s?%\s?\)", re.IGNORECASE)  # patients, and the share in brackets
_PER_TIME = re.compile(r"\b(?:subject|patient|person|exposure)s?[- ]?years?\b", re.IGNORECASE)
_GAP = re.compile(r"[ ]*\|[ ]*|[ ]{2,}")


def rates_in_row(
    row: str, end: int, headers: Sequence[str], title: str = ""
) -> list[dict[str, str | float]]:
    """Return the rates of an event in its row of a table, one for each dose and grade; that of all grades first.

    Args:
        row: the row, its cells parted by bars or by gaps, with the subject's names masked.
        end: where the event ends in it.
        headers: the header rows over it, masked, outermost first.
        title: the title of the table, which may say that it is of shares.

    >>> rates_in_row("Dry mouth  1    8", 9, ["Event   Placebo (%)   §§§ 10 mg (%)"])
    [{'comparator_rate': 1.0, 'rate': 8.0}]
    """
    if _INCLUDES.search(row, 0, end):  # it is a part of what the row counts
        return []
    close, values = _values(row, end)
    if not values:
        return []
    columns = _columns(row, end, headers, len([*close, *values]))
    if columns is None and close and _DIGIT.match(close[0]):
        close = []
        columns = _columns(row, end, headers, len(values))
    values = [*close, *values]
    if columns is None:
        return []
    has_shares = _are_shares(tuple(headers), title)
    found: list[dict[str, str | float]] = []
    for arm in arms_of(columns):
        rates: dict[str, float] = {}
        for key, number in (("comparator_rate", arm.comparator), ("rate", arm.own)):
            share = None if number is None else _share(values[number], is_per_cent=has_shares)
            if share is not None:
                rates[key] = share
        if checked(rates):
            found.append({**rates, **arm.said})
    seen = [rates for rates in found if rates["rate"]]  # not at that dose, or of that grade
    return seen or found[:1]


@lru_cache(maxsize=64)  # the rows of a table have one header
def _are_shares(headers: tuple[str, ...], title: str) -> bool:
    """Whether the header of a table, or its title, says that plain numbers are per cent."""
    if any(_PER_TIME.search(line) for line in (*headers, title)):
        return False
    if any(PER_CENT.search(_COUNTS.sub("", line)) for line in headers):
        return True
    is_of_counts = any(_COUNTED.search(_SIZES.sub("", line)) for line in headers)
    return not is_of_counts and bool(PER_CENT.search(title))


def _values(row: str, end: int) -> tuple[list[str], list[str]]:
    """Return the value that stands close behind an event's name, if any, and the cells behind them."""
    rest = row[end:].rstrip().removesuffix("|").rstrip()
    first = _GAP.search(rest)
    if first is None:
        return [], []
    cells = [cell.strip() for cell in _GAP.split(rest[first.end() :])]
    while cells and NOTE.match(cells[0]):
        cells = cells[1:]
    if not any(_VALUE.match(cell) for cell in cells):
        return [], []
    close = _CLOSE.search(rest[: first.start()])
    return ([close[1].strip()] if close and "|" not in row else []), cells


def _columns(row: str, end: int, headers: Sequence[str], size: int) -> tuple[str, ...] | None:
    """Return what the header says of each value, or None where it does not fit them."""
    has_bars = "|" in row
    before = len(BORDER.findall(row.lstrip("| "), 0, max(end - 1, 0))) + 1 if has_bars else 0
    return columns_behind(before, tuple(headers), size)


def _share(cell: str, *, is_per_cent: bool) -> float | None:
    match = _SHARE.match(cell)
    if match:
        return float(match["share"] or match["inside"])
    plain = _PLAIN.match(cell)
    return float(plain[1]) if plain and (is_per_cent or float(plain[1]) == 0) else None
