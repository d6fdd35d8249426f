"""Headings: which lines are headings, and which section each one opens.

Types are rows of ``rules/sections.tsv``. A row's style says where its words are used: ``us``,
``smpc``, ``leaflet`` and ``article`` rows match a whole heading line; ``run_in`` rows match at the
start of a paragraph whose heading lost its line break; ``loinc`` rows name SPL sections by code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from monograph_nlp.rules import Row, read_table

_COLUMNS = ("label", "loinc", "smpc", "style", "heading", "example")
_STYLES = ("us", "smpc", "leaflet", "article", "run_in", "loinc")
_LONGEST = 140  # code points of a heading line
_NUMBER = re.compile(
    r"(?:section |part )?(\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?=\.))[.)]?[ ]+(?=[^\W\d])", re.IGNORECASE
)
_MARK = re.compile(r"(#{1,6})[ ]+|(?:\*\*|__)(?=\S)")
_CAPITALS = re.compile(r"[^a-z]*[A-Z][^a-z]*[A-Z][^a-z]*")
_TITLE_END = re.compile(r"[\s:#*_]+$")
_LABELLED = re.compile(r"(?P<title>[A-Z][\w '/&,-]{3,60}?):[ ]+(?=\S)")
_SENTENCES = re.compile(r"[a-z)]\. [A-Z]")
_NO_HEADING = re.compile(r"(?:NDC|TABLE|FIGURE|Table|Figure) ?[\d-]")
_ONLY_AT_THE_START = frozenset({"CONTRAINDICATIONS"})  # a sentence may begin so, too
UNNUMBERED = 3  # level of a heading without number in a document that numbers its headings


@dataclass(frozen=True, slots=True)
class SectionType:
    """What a heading means: label, LOINC code, SmPC number, and the style of its words."""

    label: str
    loinc: str | None
    smpc: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a text; ``end`` is where the body begins; ``level`` counts from 1."""

    start: int
    end: int
    title: str
    level: int
    type: SectionType | None
    number: str = ""


@lru_cache(maxsize=4096)
def type_of_heading(title: str) -> SectionType | None:
    """Type a heading's words, with or without their number; None where no row fits.

    >>> type_of_heading("4.8 Undesirable effects").label
    'ADVERSE_REACTIONS'
    """
    words = _NUMBER.sub("", _TITLE_END.sub("", _MARK.sub("", title.strip())), count=1).strip()
    words = re.sub(r"\s+", " ", words).replace("’", "'")
    pattern, types = _line_types()
    match = pattern.fullmatch(words) if words and len(words) <= 200 else None
    return types[match.lastgroup or ""] if match else None


def type_of_loinc(code: str) -> SectionType | None:
    """Type an SPL section by its LOINC code; None for a code that is no SPL section."""
    return _loinc_types().get(code)


def section_labels() -> frozenset[str]:
    """Return every label that a section can have."""
    return frozenset(row.text("label") for row in _rows()) | {"OTHER"}


def find_headings(text: str, *, run_in: bool = False) -> tuple[Heading, ...]:
    """Find the headings of a text, in order.

    A table of contents (four or more headings with nothing between them) is left out where its
    labels come again. ``run_in`` looks for a leaflet's lost headings too: only for a leaflet.
    """
    found = list(_candidates(text, run_in))
    if run_in or any(heading.number for heading in found):
        found = [h if h.number else replace(h, level=UNNUMBERED) for h in found]
    elif any(heading.type and heading.title.isupper() for heading in found):
        # where typed headings are in capitals, another line in capitals is a heading like them
        found = [replace(h, level=1) if h.title.isupper() else h for h in found]
    return tuple(_without_contents(text, found))


def _candidates(text: str, run_in: bool) -> Iterator[Heading]:
    position = 0
    before = ""
    lines = text.split("\n")
    for number, raw in enumerate(lines):
        line = raw.strip()
        if line:
            start = position + len(raw) - len(raw.lstrip())
            after = lines[number + 1].strip() if number + 1 < len(lines) else ""
            is_apart = not before or _is_between(before, line, after)
            heading = _heading_line(line, start, is_apart) or _labelled(line, start)
            if heading:
                yield heading
            elif run_in:
                yield from _run_ins(line, start)
        before = line
        position += len(raw) + 1


def _is_between(before: str, line: str, after: str) -> bool:
    """Say whether a line stands between a sentence that ends and one that begins, as in a PDF."""
    return (
        before[-1] in ".!?" and line[0].isupper() and (after[:1].isupper() or after[:1].isdigit())
    )


def _heading_line(line: str, start: int, is_apart: bool) -> Heading | None:
    if len(line) > _LONGEST or line[-1] in ".,;" or "|" in line or _SENTENCES.search(line):
        return None
    if _NO_HEADING.match(line):
        return None
    mark = _MARK.match(line)
    number = _NUMBER.match(line, mark.end() if mark else 0)
    title = _TITLE_END.sub("", line[mark.end() if mark else 0 :])
    kind = type_of_heading(title)
    depth = len(mark[1]) if mark and mark[1] else number[1].count(".") + 1 if number else 1
    whole = Heading(start, start + len(line), title, depth, kind, number[1] if number else "")
    if mark and mark[1]:
        return whole
    capitals = bool(_CAPITALS.fullmatch(title)) and len(title) > 5
    if kind and (is_apart or number or capitals or line.endswith(":")):
        return whole
    if number and "." in number[1] and title[number.end() :][:1].isupper() and len(title) <= 90:
        return whole
    is_lone = capitals and is_apart and not number and " " in title and title[0].isalpha()
    return replace(whole, level=2) if is_lone else None


def _labelled(line: str, start: int) -> Heading | None:
    found = _LABELLED.match(line)
    kind = type_of_heading(found["title"]) if found else None
    if found and kind and kind.style in ("us", "smpc", "article"):
        return Heading(start, start + found.end(), found["title"], 1, kind)
    return None


def _run_ins(line: str, start: int) -> Iterator[Heading]:
    """Find headings that stand in a line, at its start or after a sentence."""
    pattern, types = _run_in_types()
    for match in pattern.finditer(line):
        kind = types[match.lastgroup or ""]
        if match.start() and kind.label in _ONLY_AT_THE_START:
            continue
        place = (start + match.start(), start + match.end())
        yield Heading(*place, match.group(), UNNUMBERED, kind)


def _without_contents(text: str, found: list[Heading]) -> Iterator[Heading]:
    run: list[Heading] = []
    last = {heading.type.label: i for i, heading in enumerate(found) if heading.type}
    for index, heading in enumerate(found):
        run.append(heading)
        following = found[index + 1] if index + 1 < len(found) else None
        if following and not text[heading.end : following.start].strip(" \n•*-0123456789."):
            continue
        again = sum(1 for h in run if h.type and last[h.type.label] > index)
        if len(run) < 4 or again < len(run) / 2:
            yield from run
        elif heading.type and last[heading.type.label] == index:
            yield run[-1]
        run = []


@cache
def _rows() -> tuple[Row, ...]:
    return read_table(
        "sections.tsv",
        _COLUMNS,
        required=("label", "style", "heading", "example"),
        choices={"style": _STYLES},
    )


@cache
def _line_types() -> tuple[re.Pattern[str], dict[str, SectionType]]:
    return _alternation(lambda row: row.text("style") not in ("loinc", "run_in"))


@cache
def _run_in_types() -> tuple[re.Pattern[str], dict[str, SectionType]]:
    # After a sentence only capitals tell a heading; so these rows are read with their case.
    frame = r"(?:^|(?<=[a-z.!?)] ))(?:{})"
    return _alternation(lambda row: row.text("style") == "run_in", frame, re.NOFLAG)


@cache
def _loinc_types() -> dict[str, SectionType]:
    return {row.text("loinc"): _type(row) for row in _rows() if row.text("style") == "loinc"}


def _alternation(
    chosen: Callable[[Row], bool], frame: str = "{}", flags: re.RegexFlag = re.IGNORECASE
) -> tuple[re.Pattern[str], dict[str, SectionType]]:
    parts, types = [], {}
    for number, row in enumerate(row for row in _rows() if chosen(row)):
        parts.append(f"(?P<s{number}>{row.regex('heading')})")
        types[f"s{number}"] = _type(row)
    return re.compile(frame.format("|".join(parts)), flags), types


def _type(row: Row) -> SectionType:
    return SectionType(
        row.text("label"), row.text("loinc") or None, row.text("smpc") or None, row.text("style")
    )
