"""How many per cent of patients an event affects, as a sentence says it: behind the event, ahead of it, in brackets.

Where the words between an event and a number, or around it, leave open whose the number is, there is no rate: a
wrong arm harms more than none. The words are rows of ``rules/rate_context.tsv``; those of the kinds "behind" and "ahead" are
all that may stand between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from monograph_nlp.text.rate_words import checked, rate_words
from monograph_nlp.text.units import MASK

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
_SHARE = re.compile(r"\d\s?%")


def rates_in_prose(masked: str, end: int, start: int | None = None) -> dict[str, float]:
    """Return the rates of an event in a sentence: ``rate``, ``comparator_rate``.

    Args:
        masked: a sentence with the names of its subject masked, as in ``units``.
        end: where the event ends.
        start: where it begins, if a rate may stand before it, too: "5% of patients had a rash".

    >>> rates_in_prose("Rash (5.8% placebo vs. 6.7% §§§) was seen.", 4)
    {'comparator_rate': 5.8, 'rate': 6.7}
    """
    if not _may_state(masked) or rate_words()["lead"].search(masked, 0, end):
        return {}
    match = _OWN_FIRST.match(masked, end) or _BEHIND.match(masked, end)
    bracket = _BRACKET.match(masked, end)
    if bracket and len(re.findall(_NUMBER, bracket[1])) > 1:
        found = _of_two(bracket[1], masked)
        if match or found:
            return found
    if match:
        return checked({"rate": float(match[1])})
    if start is None or _is_of_some(masked):
        return {}
    return _stated_behind(masked, start, end) or _stated_ahead(masked, start, end)


@lru_cache(maxsize=16)  # a sentence with many events is looked through once
def _may_state(masked: str) -> bool:
    """Whether a sentence has a share at all, and speaks of no other thing than how many had an event."""
    return bool(_SHARE.search(masked)) and not rate_words()["bar"].search(masked)


@lru_cache(maxsize=16)
def _is_of_some(masked: str) -> bool:
    """Whether a sentence counts among those who had something else, so that its shares are not of all."""
    return bool(rate_words()["subset"].search(masked))


@lru_cache(maxsize=16)
def _shares(masked: str) -> tuple[re.Match[str], ...]:
    """Return the shares in a sentence; a part of it holds those that lie in it."""
    return tuple(_SHARE_IN_PROSE.finditer(masked))


def _stated_behind(masked: str, start: int, end: int) -> dict[str, float]:
    """Read "rash occurred in 5% of patients on X and in 2% of patients on placebo"; of a list, no event alone."""
    close = _clause_end(masked, end)
    numbers = [one for one in _shares(masked) if end <= one.start() and one.end() <= close]
    if not numbers:
        return {}
    lead = masked[:start]
    if _COORDINATED.search(lead) and not (_STATES.search(lead) or _OPENING.search(lead)):
        return {}
    between = masked[end : numbers[0].start()]
    is_told = rate_words()["behind"].fullmatch(between) and not rate_words()["aside"].search(
        between
    )
    return _ofarms_of(masked, end, numbers, close) if is_told else {}


def _stated_ahead(masked: str, start: int, end: int) -> dict[str, float]:
    """Read "5% of patients on X had a rash"."""
    numbers = [one for one in _shares(masked) if one.end() <= start]
    if not numbers:
        return {}
    between = masked[numbers[-1].end() : start]
    is_told = rate_words()["ahead"].fullmatch(between) and not rate_words()["aside"].search(between)
    if not is_told or not _is_exact(masked, numbers[-1]):
        return {}
    if MASK not in between and (own := _own_before(masked, numbers)):
        return checked({"rate": float(own[1]), "comparator_rate": float(numbers[-1][1])})
    if rate_words()["comparator"].search(between) or (MASK not in between and _is_compared(masked)):
        return {}
    found = {"rate": float(numbers[-1][1])}
    close = _clause_end(masked, end)
    behind = [one for one in _shares(masked) if end <= one.start() and one.end() <= close]
    if behind and _arm(masked, end, behind, 0, len(masked)) == "comparator_rate":
        found["comparator_rate"] = float(behind[0][1])
    return checked(found)


def _own_before(masked: str, numbers: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the number ahead of the last if it is the drug's: "2% in the §§§ group and 3% in the other had a rash"."""
    if len(numbers) < 2:
        return None
    words = masked[numbers[-2].end() : numbers[-1].start()]
    is_own = MASK in words and not _CLAUSE_END.search(words) and _is_exact(masked, numbers[-2])
    return numbers[-2] if is_own else None


def _ofarms_of(
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
    return checked(found)


def _arm(masked: str, end: int, numbers: Sequence[re.Match[str]], place: int, close: int) -> str:
    """Return whose number it is, by the words behind it, or before it where they lead to it."""
    number = numbers[place]
    low = numbers[place - 1].end() if place else end
    high = numbers[place + 1].start() if place + 1 < len(numbers) else close
    before, behind = masked[low : number.start()], masked[number.end() : high]
    behind = re.split(_CONNECTIVE, behind.lstrip(" )"), maxsplit=1)[0]
    if rate_words()["aside"].search(behind):
        return ""
    is_in_brackets = before.rstrip().endswith("(") and behind == masked[number.end() : high][1:]
    for words in (before, behind) if is_in_brackets else (behind, before):
        if rate_words()["comparator"].search(words):
            return "comparator_rate" if MASK not in words else ""
        if MASK in words:
            return "rate"
    if place or _OTHER_DRUG.search(behind):
        return ""
    lead = masked[:end]
    is_own = MASK in lead and not rate_words()["comparator"].search(lead)
    return "rate" if is_own or not _is_compared(masked) else ""


@lru_cache(maxsize=16)
def _is_compared(masked: str) -> bool:
    """Whether a sentence speaks of another arm, so that a number has to say whose it is."""
    return bool(rate_words()["comparator"].search(masked) or _COMPARES.search(masked))


def _is_exact(masked: str, number: re.Match[str]) -> bool:
    """Whether a number is neither a threshold, nor the end of a range, nor a level of confidence."""
    before, behind = masked[: number.start()], masked[number.end() :]
    return not (_INEXACT.search(before) or _INTERVAL.match(behind))


def _clause_end(masked: str, start: int) -> int:
    match = _CLAUSE_END.search(masked, start)
    return match.start() if match else len(masked)


@cache
def _arm_names() -> re.Pattern[str]:
    return re.compile(rf"{MASK}+|{rate_words()['comparator'].pattern}", re.IGNORECASE)


def _of_two(inside: str, sentence: str) -> dict[str, float]:
    """Read several rates in brackets by the names of arms in them, or behind all of them; none where that fails."""
    parts = re.split(r"; ?" if ";" in inside else _BETWEEN_ARMS, inside)
    named = [part for part in parts if re.search(_NUMBER, part)]
    behind = inside[[match.end() for match in re.finditer(_NUMBER, inside)][-1] :]
    if MASK in behind and rate_words()["comparator"].search(behind):
        return _in_order(named, behind)
    found: dict[str, float] = {}
    for part in named:
        key = "comparator_rate" if rate_words()["comparator"].search(part) else "rate"
        if key == "rate" and MASK not in part and not _is_alone(part, named):
            continue
        found.setdefault(key, float(re.findall(_NUMBER, part)[0]))
    if "comparator_rate" in found:
        return checked(found)
    return _in_order(named, sentence)


def _in_order(named: Sequence[str], sentence: str) -> dict[str, float]:
    """Read two rates in the order in which a sentence names the subject and a comparator."""
    comparator = rate_words()["comparator"].search(sentence)
    subject = sentence.find(MASK)
    if len(named) != 2 or not comparator or subject < 0:
        return {}
    first, second = (float(re.findall(_NUMBER, part)[0]) for part in named)
    own, other = (first, second) if subject < comparator.start() else (second, first)
    return checked({"rate": own, "comparator_rate": other})


def _is_alone(part: str, named: Sequence[str]) -> bool:
    """Whether a part without a name can be the own arm only: the one other part names the comparator."""
    others = [other for other in named if other is not part]
    return len(others) == 1 and bool(rate_words()["comparator"].search(others[0]))
