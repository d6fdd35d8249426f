"""Sentences that introduce a drug: "Zynovia contains the active substance examplinib".

The rows of ``rules/subject.tsv`` hold their patterns, with the groups ``drug`` and ``brand``. A name that
is neither known nor bears an INN stem counts only where the sentence leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, takewhile

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

_COLUMNS = ("id", "score", "pattern", "example")
_PARTS = re.compile(r",? and |, ?| ?/ ?| ?\+ ?")
_LIST = re.compile(r",? (?:and|or) |, | / ")
_BRACKETS = re.compile(r" \((?![^()]* and )[^()]{0,80}\)(?!-)")
_LISTS = 0.95  # a pattern with this score may list substances with brackets between them
_APPOSITION = re.compile(r"^(?!.* and )[^,]*,[^,]*$")  # "examplinib, this works": no list
_ROMAN = re.compile(r" [IVX]{1,4}\b")  # angiotensin II
_PLACES = 12  # of one pattern; what a text is about is said early
_NO_NAME = re.compile(
    r"(?:which|that|who|it|is|are|belongs?|works?|each|one|other|used|known|this|these|similar)\b"
)
_SUFFIX = re.compile(r"-[a-z]{4}$")  # of a US biologic: isatuximab-irfc
_EXPLICIT = 0.9  # a pattern with this score names the substance in so many words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A drug that the document may be about, and where that was said (``how``)."""

    parts: tuple[str, ...]
    brand: str | None
    score: float
    how: str


def introductions(text: str, drug_score: Callable[[str], float]) -> Iterator[Candidate]:
    """Yield what each sentence that introduces a drug says, row by row, in order of the text."""
    patterns, screen = _patterns()
    for number, places in screen.ranges(text).items():
        how, score, pattern = patterns[number]
        for match in _matches(pattern, text, places, has_lists=score >= _LISTS):
            groups = match.groupdict()
            parts = _parts(_numbered(match, drug_score))
            known = bool(parts) and all(drug_score(part) > 0 for part in parts)
            if parts and any(drug_score(part) < 1 for part in parts):
                parts, known = _shortened(parts, drug_score, known)
            if parts and not known and score < _EXPLICIT:
                continue
            worth = score if known or score >= _EXPLICIT else score / 2
            for brand in _LIST.split(groups["brand"]) if groups.get("brand") else [None]:
                yield _introduction(parts, brand, worth, how, drug_score)


def _matches(
    pattern: re.Pattern[str], text: str, places: Sequence[tuple[int, int]], *, has_lists: bool
) -> Iterator[re.Match[str]]:
    found = (pattern.finditer(text, start, end) for start, end in places)
    yield from islice(chain.from_iterable(found), _PLACES)
    if has_lists:
        without = (_BRACKETS.sub("", text[start:end]) for start, end in places)
        yield from islice(chain.from_iterable(map(pattern.finditer, without)), _PLACES)


def _numbered(match: re.Match[str], drug_score: Callable[[str], float]) -> str:
    """Return the group ``drug``, with a Roman number that is part of a known name."""
    drug = match.groupdict().get("drug") or ""
    number = _ROMAN.match(match.string, match.end("drug")) if drug else None
    return drug + number[0] if number and drug_score((drug + number[0]).lower()) == 1 else drug


def _introduction(
    parts: tuple[str, ...],
    brand: str | None,
    worth: float,
    how: str,
    drug_score: Callable[[str], float],
) -> Candidate:
    if brand and (brand.lower() in parts or drug_score(brand.lower()) == 1):
        return Candidate(parts or (clean(brand),), None, worth, how)
    return Candidate(parts, brand, worth, how)


def _shortened(
    parts: tuple[str, ...], drug_score: Callable[[str], float], is_known: bool
) -> tuple[tuple[str, ...], bool]:
    """Drop the last words of names ("… ophthalmic suspension") if a known drug is left of each."""
    shorter = []
    for part in parts:
        words = part.split()
        left = (" ".join(words[:number]) for number in range(len(words), 0, -1))
        shorter.append(next((name for name in left if drug_score(name) == 1), ""))
    return (tuple(shorter), True) if all(shorter) else (parts, is_known)


def _parts(names: str) -> tuple[str, ...]:
    if _APPOSITION.search(names):
        names = names.split(",")[0]
    parts = takewhile(
        lambda part: not _NO_NAME.match(part),
        (clean(part) for part in _PARTS.split(names) if part.strip()),
    )
    return tuple(dict.fromkeys(part for part in parts if len(part) > 3))


def clean(name: str) -> str:
    """Return a name in lower case, without marks and without a US biologic's suffix."""
    return _SUFFIX.sub("", re.sub(r"\s+", " ", re.sub(r"[®™©]", "", name)).strip(" .,;:").lower())


@cache
def _patterns() -> tuple[tuple[tuple[str, float, re.Pattern[str]], ...], Screen]:
    patterns = tuple(
        (row.text("id"), row.number("score", 0.5), row.compiled("pattern"))
        for row in read_table("subject.tsv", _COLUMNS, required=_COLUMNS)
    )
    return patterns, Screen([pattern.pattern for _, _, pattern in patterns])
