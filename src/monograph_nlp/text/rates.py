"""How many per cent of patients an event affects: behind it in prose, in its row of a table.

A table's columns are told apart by its header: whose arm, which grades. Where the header does not fit the row, or
says of no column whose it is, there is no rate: a wrong arm harms more than none. The words are rows of
``rules/rate_context.tsv``; those of the kinds "behind" and "ahead" are all that may stand between an event and its rate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from monograph_nlp.rules import read_table
from monograph_nlp.text.units import MASK

TABLE = "rate_context.tsv"
COLUMNS = ("kind", "pattern", "example")
KINDS = (
    "bar", "lead", "comparator", "grade", "any", "label", "all", "dose",
    "subset", "aside", "behind", "ahead",
)  # fmt: skip
_NUMBER = r"(\d{1,3}(?:\.\d+)?)\s?%"
_BEHIND = re.compile(rf"\s?[,:]?\s?(?:\(\s*)?(?:in )?(?:up to |about |approximately )?{_NUMBER}")
_OWN_FIRST = re.compile(rf"[\s,:]*\({MASK}+:?\s?{_NUMBER}")
_SHARE_IN_PROSE = re.compile(rf"(?<![\d.]){_NUMBER}")
_CLAUSE_END = re.compile(r";|\.(?=\s+[A-Z§(\[]|\s*$)")
_COORDINATED = re.compile(r"(?:,|/|\b(?:and|or|and/or|including|excluding|with|by))\s?$")
_STATES = re.compile(r"%|\b(?:occurred|reported|observed)\b")  # a statement of its own
_OPENING = re.compile(  # "In Study 1, "; "In a 3-week, controlled trial, "
    r"(?:^|[.:]\s+)\W*(?:In|During|Across|Among|For|Following|After|At|When|While|Overall|With|Within|Throughout)\b[^,.]*,\s$"
    r"|,[^,]*\b(?:trials?|stud(?:y|ies)|patients|subjects|populations?|databases?|programs?|analys[ie]s|months?|weeks?)\b[^,]*,\s$"
)
_INCLUDES = re.compile(r"\b(?:inclu(?:d\w+)|compris\w+|consist\w+ of)\b", re.IGNORECASE)
_BETWEEN_ARMS = r"\s?(?:,|\bvs\.?|\bversus\b|\band\b|\bcompared (?:to|with)\b)\s?"
_LISTED = re.compile(r"(?: ?\([^()]*\))?,? ?(?:and|or|vs\.?|versus|compared (?:to|with))? ?")
_CONNECTIVE = re.compile(
    r"\b(?:compared|comparison|versus|vs|while|whereas|than|relative|and|but)\b|,", re.IGNORECASE
)
_COMPARES = re.compile(r"\b(?:compared|versus|vs|respectively|whereas|than)\b", re.IGNORECASE)
_OTHER_DRUG = re.compile(
    rf"\b(?:with|on|receiving|received|taking|took|given) (?:the )?(?!{MASK})\w+"
)
_INEXACT = re.compile(  # what comes before a threshold, or the end of a range
    r"(?:[<>≥≤=]\s?|\d\s?(?:%\s?)?(?:to|[-–])\s?|\b(?:than|least|over|under|below|above|exceed\w*)\s)$",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    r"\s?(?:CI\b|per (?:\d+ )?(?:patient|person|subject|year)|confidence|or (?:more|greater|higher)|to \d|[-–]\s?\d)"
)
_BRACKET = re.compile(r"[\s,:]*\(([^()]*)\)")
_SHARE = re.compile(
    r"~?\s?(?P<share>\d{1,3}(?:\.\d+)?)\s?%(?:\s?\(.*\))?[\s*†‡a-z]{0,2}$"  # 5%, 6% (26/428)
    r"|\d+\s?\(\s?~?\s?(?P<inside>\d{1,3}(?:\.\d+)?)\s?%?\s?\)[\s*†‡a-z]{0,2}$"  # 9 (3.9)
)
_PLAIN = re.compile(r"(\d{1,3}(?:\.\d+)?)$")  # where the header says that it is per cent
_VALUE = re.compile(r"[<≥≤>~]?\s?\d|[-–—]+$|(?:NA|NR|N/A)$", re.IGNORECASE)
_NOTE = re.compile(r"(?:[a-z]|[*†‡?]{1,2})$")  # a cell that calls a footnote
_DIGIT = re.compile(r"\d$")  # it may call one, too, where it stands close behind a name
_CLOSE = re.compile(r"(?:^|\s)([<≥≤>~]?\s?\d[\d.,]*\s?%?(?:\s?\([^()]*\))?)$")
_GOES_ON = re.compile(r"[+(/&]|and\b|or\b")  # begins a cell that goes on with the one before it
_PER_CENT = re.compile(r"%|\bper ?cent", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:n|no\.|numbers?|counts?|patients|subjects)(?![a-z])", re.IGNORECASE)
_SIZES = re.compile(r"n\s?=\s?[\d,]+", re.IGNORECASE)
_COUNTS = re.compile(r"\bn\s?\(\s?%\s?\)", re.IGNORECASE)  # patients, and the share in brackets
_SIZE = re.compile(  # no name of an arm
    r"(?:\(?\s*n\s?=\s?[\d,]+\s*\)?\s*(?:%|\(%\)|n\s?\(%\))?|\(?%\)?|n\s?\(%\))$", re.IGNORECASE
)
_SIZED_ARM = re.compile(r"n\s?=\s?\d", re.IGNORECASE)
_SIZED = re.compile(  # cells that are parted by the sizes of their arms, or as grades, alone
    r"(?:\d\)%?|n\s?=\s?[\d,]+\s?\)?\s?(?:n\s?)?(?:\(%\)|%)?(?:\s[a-d])?)([ ]{1,2})(?=[A-Z§])"
    r"|[\w)]([ ]{1,2})(?=(?:all|any)[ -]?grades?\b)|grades([ ]{1,2})(?=grades?\s?\d)",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?P<more>[≥>]=?\s*)?grades?\s*(?P<above>[≥>]=?\s*)?(?P<grade>[345](?:\s*(?:[-–/]|to|or|and)\s*[345])?)"
    r"(?:\s*(?:or|and) (?P<higher>higher|greater|above))?",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\+|\b(?:with|plus|and|added to)\b", re.IGNORECASE)
_BORDER = re.compile(r"[ ]*\|[ ]*|[ ]{3,}")
_GAP = re.compile(r"[ ]*\|[ ]*|[ ]{2,}")
_NUMERAL = re.compile(r"\d")


def rates_in_prose(masked: str, end: int, start: int | None = None) -> dict[str, float]:
    """Return the rates of an event in a sentence: ``rate``, ``comparator_rate``.

    Args:
        masked: a sentence with the names of its subject masked, as in ``units``.
        end: where the event ends.
        start: where it begins, if a rate may stand before it, too: "5% of patients had a rash".

    >>> rates_in_prose("Rash (5.8% placebo vs. 6.7% §§§) was seen.", 4)
    {'comparator_rate': 5.8, 'rate': 6.7}
    """
    if not _may_state(masked) or _words()["lead"].search(masked, 0, end):
        return {}
    match = _OWN_FIRST.match(masked, end) or _BEHIND.match(masked, end)
    bracket = _BRACKET.match(masked, end)
    if bracket and len(re.findall(_NUMBER, bracket[1])) > 1:
        found = _of_two(bracket[1], masked)
        if match or found:
            return found
    if match:
        return _checked({"rate": float(match[1])})
    if start is None or _words()["subset"].search(masked):
        return {}
    return _stated_behind(masked, start, end) or _stated_ahead(masked, start, end)


@lru_cache(maxsize=16)  # a sentence with many events is looked through once
def _may_state(masked: str) -> bool:
    """Whether a sentence has a number at all, and speaks of no other thing than how many had an event."""
    return bool(_NUMERAL.search(masked)) and not _words()["bar"].search(masked)


def _stated_behind(masked: str, start: int, end: int) -> dict[str, float]:
    """Read "rash occurred in 5% of patients on X and in 2% of patients on placebo"; of a list, no event alone."""
    lead = masked[:start]
    if _COORDINATED.search(lead) and not (_STATES.search(lead) or _OPENING.search(lead)):
        return {}
    close = _clause_end(masked, end)
    numbers = list(_SHARE_IN_PROSE.finditer(masked, end, close))
    if not numbers:
        return {}
    between = masked[end : numbers[0].start()]
    is_told = _words()["behind"].fullmatch(between) and not _words()["aside"].search(between)
    return _of_arms(masked, end, numbers, close) if is_told else {}


def _stated_ahead(masked: str, start: int, end: int) -> dict[str, float]:
    """Read "5% of patients on X had a rash"."""
    numbers = list(_SHARE_IN_PROSE.finditer(masked, 0, start))
    if not numbers:
        return {}
    between = masked[numbers[-1].end() : start]
    is_told = _words()["ahead"].fullmatch(between) and not _words()["aside"].search(between)
    if not is_told or not _is_exact(masked, numbers[-1]):
        return {}
    if _words()["comparator"].search(between) or (MASK not in between and _is_compared(masked)):
        return {}
    found = {"rate": float(numbers[-1][1])}
    behind = list(_SHARE_IN_PROSE.finditer(masked, end, _clause_end(masked, end)))
    if behind and _arm(masked, end, behind, 0, len(masked)) == "comparator_rate":
        found["comparator_rate"] = float(behind[0][1])
    return _checked(found)


def _of_arms(
    masked: str, end: int, numbers: Sequence[re.Match[str]], close: int
) -> dict[str, float]:
    """Read the numbers behind an event by the arms around them; the first has to be told."""
    if not _is_exact(masked, numbers[0]):
        return {}
    listed = 1
    while listed < len(numbers) and _LISTED.fullmatch(
        masked[numbers[listed - 1].end() : numbers[listed].start()]
    ):
        listed += 1
    if listed > 1:
        arms = [
            "rate" if MASK in match[0] else "comparator_rate"
            for match in _arm_names().finditer(masked, numbers[listed - 1].end(), close)
        ]
        if len(arms) != listed:
            return {}
    else:
        arms = [_arm(masked, end, numbers, place, close) for place in range(min(len(numbers), 2))]
    found: dict[str, float] = {}
    for arm, number in zip(arms, numbers, strict=False):
        if arm and _is_exact(masked, number):
            found.setdefault(arm, float(number[1]))
    return _checked(found)


def _arm(masked: str, end: int, numbers: Sequence[re.Match[str]], place: int, close: int) -> str:
    """Return whose number it is, by the words behind it, or before it where they lead to it."""
    number = numbers[place]
    low = numbers[place - 1].end() if place else end
    high = numbers[place + 1].start() if place + 1 < len(numbers) else close
    before, behind = masked[low : number.start()], masked[number.end() : high]
    behind = re.split(_CONNECTIVE, behind.lstrip(" )"), maxsplit=1)[0]
    if _words()["aside"].search(behind):
        return ""
    is_in_brackets = before.rstrip().endswith("(") and behind == masked[number.end() : high][1:]
    for words in (before, behind) if is_in_brackets else (behind, before):
        if _words()["comparator"].search(words):
            return "comparator_rate" if MASK not in words else ""
        if MASK in words:
            return "rate"
    if place or _OTHER_DRUG.search(behind):
        return ""
    lead = masked[:end]
    is_own = MASK in lead and not _words()["comparator"].search(lead)
    return "rate" if is_own or not _is_compared(masked) else ""


def _is_compared(masked: str) -> bool:
    """Whether a sentence speaks of another arm, so that a number has to say whose it is."""
    return bool(_words()["comparator"].search(masked) or _COMPARES.search(masked))


def _is_exact(masked: str, number: re.Match[str]) -> bool:
    """Whether a number is neither a threshold, nor the end of a range, nor a level of confidence."""
    before, behind = masked[: number.start()], masked[number.end() :]
    return not (_INEXACT.search(before) or _INTERVAL.match(behind))


def _clause_end(masked: str, start: int) -> int:
    match = _CLAUSE_END.search(masked, start)
    return match.start() if match else len(masked)


@cache
def _arm_names() -> re.Pattern[str]:
    return re.compile(rf"{MASK}+|{_words()['comparator'].pattern}", re.IGNORECASE)


def _of_two(inside: str, sentence: str) -> dict[str, float]:
    """Read several rates in brackets by the names of arms in them, or behind all of them; none where that fails."""
    parts = re.split(r"; ?" if ";" in inside else _BETWEEN_ARMS, inside)
    named = [part for part in parts if re.search(_NUMBER, part)]
    behind = inside[[match.end() for match in re.finditer(_NUMBER, inside)][-1] :]
    if MASK in behind and _words()["comparator"].search(behind):
        return _in_order(named, behind)
    found: dict[str, float] = {}
    for part in named:
        key = "comparator_rate" if _words()["comparator"].search(part) else "rate"
        if key == "rate" and MASK not in part and not _is_alone(part, named):
            continue
        found.setdefault(key, float(re.findall(_NUMBER, part)[0]))
    if "comparator_rate" in found:
        return _checked(found)
    return _in_order(named, sentence)


def _in_order(named: Sequence[str], sentence: str) -> dict[str, float]:
    """Read two rates in the order in which a sentence names the subject and a comparator."""
    comparator = _words()["comparator"].search(sentence)
    subject = sentence.find(MASK)
    if len(named) != 2 or not comparator or subject < 0:
        return {}
    first, second = (float(re.findall(_NUMBER, part)[0]) for part in named)
    own, other = (first, second) if subject < comparator.start() else (second, first)
    return _checked({"rate": own, "comparator_rate": other})


def _is_alone(part: str, named: Sequence[str]) -> bool:
    """Whether a part without a name can be the own arm only: the one other part names the comparator."""
    others = [other for other in named if other is not part]
    return len(others) == 1 and bool(_words()["comparator"].search(others[0]))


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
    has_shares = any(_PER_CENT.search(_COUNTS.sub("", line)) for line in headers)
    if not has_shares and not any(_COUNTED.search(_SIZES.sub("", line)) for line in headers):
        has_shares = bool(_PER_CENT.search(title))
    found: list[dict[str, str | float]] = []
    for arm in _arms(columns):
        rates: dict[str, float] = {}
        for key, number in (("comparator_rate", arm.comparator), ("rate", arm.own)):
            share = None if number is None else _share(values[number], is_per_cent=has_shares)
            if share is not None:
                rates[key] = share
        if _checked(rates):
            found.append({**rates, **arm.said})
    seen = [rates for rates in found if rates["rate"]]  # not at that dose, or of that grade
    return seen or found[:1]


def _values(row: str, end: int) -> tuple[list[str], list[str]]:
    """Return the value that stands close behind an event's name, if any, and the cells behind them."""
    rest = row[end:].rstrip().removesuffix("|").rstrip()
    first = _GAP.search(rest)
    if first is None:
        return [], []
    cells = [cell.strip() for cell in _GAP.split(rest[first.end() :])]
    while cells and _NOTE.match(cells[0]):
        cells = cells[1:]
    if not any(_VALUE.match(cell) for cell in cells):
        return [], []
    close = _CLOSE.search(rest[: first.start()])
    return ([close[1].strip()] if close and "|" not in row else []), cells


def _columns(row: str, end: int, headers: Sequence[str], size: int) -> tuple[str, ...] | None:
    """Return what the header says of each value, or None where it does not fit them."""
    has_bars = "|" in row
    before = len(_BORDER.findall(row.lstrip("| "), 0, max(end - 1, 0))) + 1 if has_bars else 0
    return _columns_behind(before, tuple(headers), size)


@lru_cache(maxsize=64)  # the rows of a table have one header
def _columns_behind(before: int, headers: tuple[str, ...], size: int) -> tuple[str, ...] | None:
    """Return what a header says of the columns behind the first ones, which bars part; none are first without bars."""
    has_bars = before > 0
    columns = [""] * size
    fits = False
    is_single = not has_bars and any(len(_named(_cells(line), size)) == size for line in headers)
    for line in headers:
        cells = _cells(line)
        if has_bars:
            cells = cells[before : before + size]
            cells += [""] * (size - len(cells))
        else:
            cells = _named(cells, size)
            if is_single and size % max(len(cells), 1):
                cells = _uneven(cells, size, headers)
        if not cells or size % len(cells):
            continue
        fits |= len(cells) == size
        spread = size // len(cells)
        columns = [f"{said} {cells[n // spread]}".strip() for n, said in enumerate(columns)]
    return tuple(columns) if fits else None


def _cells(line: str) -> list[str]:
    line = line.strip()
    is_fenced = len(line) > 1 and line.startswith("|") and line.endswith("|")
    inside = line[1:-1].strip() if is_fenced else line
    return [cell.strip() for part in _BORDER.split(inside) for cell in _parted(part)]


def _parted(cell: str) -> Iterator[str]:
    """Part what two columns say, where the size of the first arm or its grade stands between."""
    done = 0
    for match in _SIZED.finditer(cell):
        gap = match.lastindex or 0
        if cell[match.end(gap)].isupper() or cell[match.end(gap)] == MASK:
            yield cell[done : match.start(gap)]
            done = match.end(gap)
    yield cell[done:]


def _named(cells: list[str], size: int) -> list[str]:
    """Return what a header without bars says of each column: without the labels of the rows."""
    first = True
    while cells and _has_label(cells) and (first or len(_folded(cells)) > size):
        cells, first = cells[1:], False
    folded = _folded(cells)
    if len(folded) > max(size, 1) and _has_label(folded):
        folded = folded[1:]
    if len(folded) > size and sum(bool(_SIZED_ARM.search(cell)) for cell in folded) == size:
        return _closed_by_sizes(folded)
    return folded


def _closed_by_sizes(cells: Sequence[str]) -> list[str]:
    """Join the parts of a name, each of which ends with the size of its arm."""
    found: list[str] = []
    is_open = False
    for cell in cells:
        if found and (is_open or (cell is cells[-1] and not _SIZED_ARM.search(cell))):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
        is_open = not _SIZED_ARM.search(cell)
    return found


def _uneven(cells: Sequence[str], size: int, headers: Sequence[str]) -> list[str]:
    """Spread the subject's cell over its doses, which another line of the header names; none where it names others."""
    wide = size - len(cells) + 1
    own = [place for place, cell in enumerate(cells) if MASK in cell]
    dose = _words()["dose"]
    doses = [
        sum(bool(dose.search(cell)) for cell in _named(_cells(line), size)) for line in headers
    ]
    if len(own) != 1 or len(cells) < 2 or wide not in doses:
        return []
    return [cell for place, cell in enumerate(cells) for _ in range(wide if place == own[0] else 1)]


def _has_label(cells: Sequence[str]) -> bool:
    """Whether the first cell of a header names what the rows are, and no column of values."""
    words, first = _words(), cells[0]
    if MASK in first or any(words[kind].search(first) for kind in ("comparator", "any", "grade")):
        return False
    sizes = [bool(_SIZED_ARM.search(cell)) for cell in cells]
    return bool(words["label"].search(first)) or (len(cells) > 1 and all(sizes[1:]) > sizes[0])


def _folded(cells: Sequence[str]) -> list[str]:
    """Join what is no name of a column to the cell before it: sizes of arms, calls of footnotes."""
    found: list[str] = []
    for cell in cells:
        goes_on = _NOTE.match(cell) or _GOES_ON.match(cell)
        if found and _SIZE.match(cell):
            known = _SIZED_ARM if _SIZED_ARM.search(cell) else _PER_CENT
            goes_on = None if known.search(found[-1]) else _SIZE.match(cell)
        is_dose = bool(found) and not found[-1].strip(MASK) and cell[:1].isdigit()
        if found and (goes_on or is_dose):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
    return found


@dataclass(frozen=True, slots=True)
class _Arm:
    own: int  # its column
    comparator: int | None
    said: dict[str, str]  # its dose or grade, where there are several


@lru_cache(maxsize=64)
def _arms(columns: tuple[str, ...]) -> list[_Arm]:
    """Return the own columns of a table, that of all grades and doses first, each with its comparator's."""
    words = _words()
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
    words = _words()
    if words["any"].search(said) or not words["grade"].search(said):
        return None
    match = _GRADE.search(said)
    if match is None:
        return ""
    is_more = match["more"] or match["above"] or match["higher"]
    return f"≥{match['grade']}" if is_more else " ".join(match["grade"].split())


def _of_one_grade(columns: Sequence[str], wide: Sequence[int]) -> list[_Arm]:
    """Return the own columns among those of one grade, or none where they are not told."""
    words = _words()
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
        found.append(_Arm(number, other, {"regimen": dose.group().strip()} if dose else {}))
    return found


def _is_comparator(said: str) -> bool:
    """Whether a column is the comparator's: what the subject is added to is its own arm."""
    match = _words()["comparator"].search(said)
    if match is None:
        return False
    before = said[: match.start()]
    return not (MASK in before and _ADDED.search(before[before.rindex(MASK) :]))


def _is_one_arm(columns: Sequence[str]) -> bool:
    """Whether all columns are grades, or doses, of one arm."""
    words = _words()
    grades = all(words["any"].search(said) or words["grade"].search(said) for said in columns)
    return (grades and len(columns) == 2) or all(words["dose"].search(said) for said in columns)


def _share(cell: str, *, is_per_cent: bool) -> float | None:
    match = _SHARE.match(cell)
    if match:
        return float(match["share"] or match["inside"])
    plain = _PLAIN.match(cell)
    return float(plain[1]) if plain and (is_per_cent or float(plain[1]) == 0) else None


def _checked(found: dict[str, float]) -> dict[str, float]:
    return found if "rate" in found and all(rate <= 100 for rate in found.values()) else {}


@cache
def _words() -> dict[str, re.Pattern[str]]:
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read_table(TABLE, COLUMNS, required=COLUMNS, choices={"kind": KINDS}):
        rows[row.text("kind")].append(row.regex("pattern"))
    return {kind: re.compile("|".join(some), re.IGNORECASE) for kind, some in rows.items()}
