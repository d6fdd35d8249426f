"""How often an event is: the words and bands of CIOMS, and where a text puts them.

The frequencies are rows of ``rules/frequencies.tsv``. Where they stand is in ``rules/frequency_places.tsv``: behind
the events that they speak of (kinds ``all``, ``said``, ``last``), at the end of a line whose next lines they govern (``heading``);
``statement`` are sentences that no list's frequency speaks of, behind ``anew`` none holds any more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from monograph_nlp.rules import read_table
from monograph_nlp.rules.branches import Branches
from monograph_nlp.rules.screening import Screen

PLACES = "frequency_places.tsv"
PLACE_COLUMNS = ("kind", "pattern", "example")
KINDS = ("all", "said", "last", "heading", "statement", "anew")
_IS_HEADING = re.compile(
    r"\b(?:side effects|reactions|people|patients|users|data)\W*$", re.IGNORECASE
)
_PER_CENT = re.compile(r"\d\s?%")
_NEW_LIST = re.compile(
    r"\b(?:side effects|adverse (?:reactions|events|effects))\W*$", re.IGNORECASE
)
_OPENING = re.compile(
    r"\W*(?:(?:very )?(?:common|rare)|uncommon|not known)(?:ly)?"
    r"(?: (?:serious )?(?:side effects|adverse reactions))?\s*[:(][^:]{0,120}:",
    re.IGNORECASE,
)
_WITHIN = re.compile(  # a heading that stands in one line with what it is over
    r"[:.;)] (?P<said>(?:Very (?:common|rare)|Common|Uncommon|Rare|Not known) (?:side effects|adverse reactions)\b)[^.:]{0,80}:"
)
_KEPT = 1 << 11  # texts, such as the header over many units
_LONGEST_KEPT = 1000  # code points of such a text
_LONGEST_LINE = 200  # code points of a line that announces a frequency
_FARTHEST = 300  # code points from an event to a frequency behind it
_BREAK = re.compile(
    r"[:;]|\.(?:\s|$)|\s(?:Some|Most|Other) (?:patients|people)\b"
)  # what parts an event from a frequency behind it
_VERB = re.compile(
    r"\b(?:occurs?|occurred|may|can|could|have|has|had|is|are|was|were)\b"
)  # what else is said
_ANOTHER = re.compile(r",|\b(?:and|or)\b")  # what leads to the next event


def frequency_in(text: str) -> str | None:
    """Return the frequency that a text names last, as its CIOMS word, or None.

    >>> frequency_in("Common (may affect up to 1 in 10 people):")
    'common'
    """
    return _named_last(text) if len(text) <= _LONGEST_KEPT else _named_last.__wrapped__(text)


@lru_cache(maxsize=_KEPT)
def _named_last(text: str) -> str | None:
    best: tuple[int, str] | None = None
    taken: list[tuple[int, int]] = []
    frequencies, screen = _frequencies()
    for number in screen.open_to(text):
        value, pattern = frequencies[number]
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                if best is None or match.start() > best[0]:
                    best = (match.start(), value)
    return best[1] if best else None


def announces(text: str) -> str | None:
    """Return the frequency that a line, or the end of one, sets for what follows it.

    >>> announces(" Uncommon: may affect up to 1 in 100 people:")
    'uncommon'
    >>> announces(" is common.") is None and announces(") (very rare)") is None
    True
    """
    if _places()["last"].match(text.lstrip(" )")):
        return None  # it stands behind an event, and says how often that is
    if heading := _places()["heading"].search(text):
        return frequency_in(heading.group())
    if _PER_CENT.search(text):
        return None  # US labels: "most common (≥ 10 %)" is said of one list, and is no band
    line = text.rstrip(" *")
    is_announcement = line.endswith((":", ")")) or ("(" not in line and _IS_HEADING.search(line))
    return frequency_in(line) if is_announcement and len(line) <= _LONGEST_LINE else None


def begins_anew(text: str) -> bool:
    """Whether a line leads to a list of events without a frequency, so that none before it holds.

    >>> begins_anew("People over 65 may have the following side effects:")
    True
    """
    return _begins(text) if len(text) <= _LONGEST_KEPT else _begins.__wrapped__(text)


@lru_cache(maxsize=_KEPT)  # a header is over many units
def _begins(text: str) -> bool:
    is_new = text and (_NEW_LIST.search(text) or _parted("anew").search(text))
    return bool(is_new) and announces(text) is None


def opens(text: str) -> str | None:
    """Return the frequency that a line names first and that holds for the lines after it, too.

    >>> opens("Common: may affect up to 1 in 10 people: infection, fever")
    'common'
    >>> opens("These may occur: Rare side effects in the eye include: pain, itching")
    'rare'
    """
    within = [match["said"] for match in _WITHIN.finditer(text)]
    match = _OPENING.match(text)
    said = within[-1] if within else match and match.group()
    return frequency_in(said) if said else None


def may_announce(text: str) -> bool:
    """Whether a line without any name may hold a frequency, or lead to a list that has none."""
    if len(text) > _LONGEST_LINE:
        return False
    return may_name_one(text) or bool(_parted("anew").search(text))


def may_name_one(text: str) -> bool:
    """Whether a text, or a part of it, may name a frequency."""
    return _frequencies()[1].may_match(text)


def is_silent(text: str) -> bool:
    """Whether no part of a text names a frequency, or leads to a list of events that has none."""
    return not (may_name_one(text) or _leads().may_match(text))


def frequency_behind(text: str, end: int) -> str | None:
    """Return the frequency that a sentence states behind an event that ends here, or None.

    >>> text = "Pain or itching (frequency is common) and fits (rare) were seen."
    >>> frequency_behind(text, 4), frequency_behind(text, 15), frequency_behind(text, 46)
    ('common', 'common', 'rare')
    """
    for start, said, parting in _stated(text):
        if start >= end:
            between = text[end:start]
            is_near = len(between) <= _FARTHEST and not _BREAK.search(between)
            is_parted = parting is not None and parting.search(between)
            return said if is_near and not is_parted and frequency_in(between) is None else None
    return None


def is_statement(text: str) -> bool:
    """Whether a sentence states something of its own, so that the frequency of a list before it does not hold.

    >>> is_statement("Fits have been reported in children.")
    True
    """
    return bool(_parted("statement").search(text))


@lru_cache(maxsize=16)  # a unit with many events is looked through once
def _stated(text: str) -> tuple[tuple[int, str, re.Pattern[str] | None], ...]:
    """Return where a text states frequencies behind events, which, and what parts an event from each."""
    if not may_name_one(text):
        return ()
    found = [
        (match.start(), said, parting)
        for kind, parting in (("all", None), ("said", _VERB), ("last", _ANOTHER))
        for match in _places()[kind].finditer(text)
        if (said := frequency_in(match.group()))
    ]
    return tuple(sorted(found, key=lambda one: one[0]))


@cache
def _frequencies() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Screen]:
    columns = ("frequency", "pattern", "example")
    rows = read_table("frequencies.tsv", columns, required=columns)
    patterns = [row.compiled("pattern", re.IGNORECASE) for row in rows]
    values = [row.text("frequency") for row in rows]
    return tuple(zip(values, patterns, strict=True)), Screen([p.pattern for p in patterns])


@cache
def _leads() -> Screen:
    return Screen([_NEW_LIST.pattern, _places()["anew"].pattern])


@cache
def _parted(kind: str) -> Branches:
    return Branches(_places()[kind].pattern)


@cache
def _places() -> dict[str, re.Pattern[str]]:
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read_table(PLACES, PLACE_COLUMNS, required=PLACE_COLUMNS, choices={"kind": KINDS}):
        rows[row.text("kind")].append(row.regex("pattern"))
    return {kind: re.compile("|".join(patterns)) for kind, patterns in rows.items()}
