"""Package leaflets → weak examples of adverse events: the items that they list under a frequency.

A leaflet lists its side effects one by one under lines such as "Common (may affect up to 1 in 10
people)". An item that is a bare phrase names one event, whatever its words; so leaflets teach lay names
that no dictionary has. Only what is sure is said: an item with clauses, or a list in which a piece has no
name of the lexicon at its border, stays unknown (``Document.unknown``). Patterns: ``listed.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from monograph_nlp.rules import read_table
from monograph_nlp.text.qualifying import frequency_in
from monograph_nlp.text.roles import role_of
from training.corpora.document import Document, Span
from training.examples import pipeline

Place = tuple[int, int]
_COMPONENTS = ("set_aside", "sections", "sentences", "abbreviations", "lexical")
_TABLE = Path(__file__).parent / "listed.tsv"
_COLUMNS = ("kind", "pattern", "example")
_KINDS = ("instruction", "part", "symptoms", "gloss", "severity")
_EVENT = "ADVERSE_EVENT"
_SECTIONS = ("ADVERSE_REACTIONS", "WARNINGS_AND_PRECAUTIONS")
_MOST_WORDS, _MOST_LETTERS = 8, 70  # of one phrase
_ANNOUNCEMENT = re.compile(
    r"(?:\b(?:very )?(?:common|rare)|\buncommon|\bnot known|\bfrequency not known)\b[^\n:(,;]{0,40}"
    r"(?:\([^()\n]{0,90}\)(?: ?:)?|:)",
    re.IGNORECASE,
)
_GLOSS = re.compile(r"\(([^()]*)\)")
_INNER_GLOSS = re.compile(r"(?P<before>[^(),;]+) \((?P<inside>[^(),;]+)\) (?P<after>[^(),;]+)")
_SIGN = re.compile(r"[:/()]|\d")
_PIECE = re.compile(r"[^,;]+")
_MARK = re.compile(r"[\s.*†•–-]+$|^[\s*†•–-]+")


def listed(document: Document) -> Iterator[Document]:
    """Yield the sections of a leaflet that name adverse events, as far as they are sure.

    Args:
        document: a package leaflet; its annotations, if it has any, are not looked at.
    """
    doc = pipeline(*_COMPONENTS)(document.text)
    hits = [
        (span.start_char, span.end_char)
        for span in doc.spans["lexical"]
        if _EVENT in span.label_.split("|")
    ]
    for number, (start, end, label) in enumerate(_sections(doc)):
        events, unknown = _Reading(doc, hits).section(start, end, label)
        spans = tuple(
            Span(str(at), _EVENT, ((a - start, b - start),), (_EVENT,))
            for at, (a, b) in enumerate(events)
        )
        yield Document(
            id=f"{document.id}/{number}",
            group=document.group,
            text=document.text[start:end],
            spans=spans,
            section=label,
            known=frozenset({_EVENT}),
            unknown=tuple((a - start, b - start) for a, b in unknown),
        )


def _sections(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Yield the outermost sections of the wanted kinds."""
    done = 0
    for section in doc._.sections:
        if section["label"] in _SECTIONS and section["start"] >= done:
            done = section["end"]
            yield section["start"], section["end"], section["label"]


class _Reading:
    """What the units of one leaflet say."""

    def __init__(self, doc: Doc, hits: Sequence[Place]) -> None:
        self._text = doc.text
        self._units = [(unit[0], unit[1]) for unit in doc._.units]
        self._hits = hits

    def section(self, start: int, end: int, label: str) -> tuple[list[Place], list[Place]]:
        """Return events and unknown places, as offsets in the leaflet."""
        events: list[Place] = []
        unknown: list[Place] = []
        is_announced = False
        for place in self._units:
            if not (start <= place[0] and place[1] <= end):
                continue
            for piece, is_announcement in _parted(self._text, *place):
                if is_announcement:
                    is_announced = True
                elif label == _SECTIONS[0] and is_announced:
                    named, open_places = self._item(*piece)
                    events += named
                    unknown += open_places
                elif self._is_open(*piece, label):
                    unknown.append(piece)
        return events, unknown

    def _is_open(self, start: int, end: int, label: str) -> bool:
        """Whether a piece outside the lists may name an event."""
        return any(
            role_of(self._text, a, b, label, "roles.tsv") == _EVENT
            for a, b in self._hits
            if start <= a and b <= end
        )

    def _item(self, start: int, end: int) -> tuple[list[Place], list[Place]]:
        """Return the events of an item, and the places where it is not sure whether there are any."""
        start, end = _stripped(self._text, start, end)
        words = self._text[start:end]
        if _is(words, "instruction"):
            return [], [(start, end)] if self._has_hit(start, end) else []
        symptoms = _rule("symptoms").search(words)
        if symptoms:
            end = start + symptoms.start()
        return self._phrases(start, end)

    def _phrases(self, start: int, end: int) -> tuple[list[Place], list[Place]]:
        events: list[Place] = []
        unknown: list[Place] = []
        if gloss := _INNER_GLOSS.fullmatch(self._text, start, end):
            bare = f"{gloss['before']} {gloss['after']}"
            is_name = self._is_phrase(bare) and not _is(gloss["inside"], "gloss")
            return ([(start, end)], []) if is_name else ([], [(start, end)])
        outside, inside = _glosses(self._text, start, end)
        pieces = [piece for place in outside for piece in _pieces(self._text, *place)]
        for piece in pieces:
            (events if self._is_name(piece, len(pieces) == 1) else unknown).append(piece)
        # One odd piece in a list of names stands alone; else it may share its words with the others.
        if unknown and not (len(unknown) == 1 and len(events) > 2):
            return [], [(start, end)]
        for place in inside:
            if place in self._hits:
                events.append(place)
            elif not _is(self._text[slice(*place)], "gloss"):
                unknown.append(place)
        return sorted(events), unknown

    def _is_name(self, piece: Place, is_alone: bool) -> bool:
        if piece in self._hits:
            return True
        if not self._is_phrase(self._text[slice(*piece)]):
            return False
        return is_alone or any(
            piece[0] <= a and b <= piece[1] and (a == piece[0] or b == piece[1])
            for a, b in self._hits
        )

    def _is_phrase(self, words: str) -> bool:
        is_short = len(words.split()) <= _MOST_WORDS and 2 < len(words) <= _MOST_LETTERS
        return is_short and not _rule("part").search(words) and not _SIGN.search(words)

    def _has_hit(self, start: int, end: int) -> bool:
        return any(start <= a and b <= end for a, b in self._hits)


def _parted(text: str, start: int, end: int) -> Iterator[tuple[Place, bool]]:
    """Yield the pieces of a unit, and of each whether it announces a frequency."""
    done = start
    for match in _ANNOUNCEMENT.finditer(text, start, end):
        if frequency_in(match.group()):
            if done < match.start():
                yield (done, match.start()), False
            yield match.span(), True
            done = match.end()
    if done < end:
        yield (done, end), False


def _glosses(text: str, start: int, end: int) -> tuple[list[Place], list[Place]]:
    """Return what stands before, between and behind brackets, and what they hold."""
    outside, inside, done = [], [], start
    for match in _GLOSS.finditer(text, start, end):
        outside.append((done, match.start()))
        inside.append(match.span(1))
        done = match.end()
    return [*outside, (done, end)], inside


def _pieces(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield what stands between commas, without a word of severity before it."""
    for match in _PIECE.finditer(text, start, end):
        first, last = _stripped(text, *match.span())
        if grade := _rule("severity").match(text, first, last):
            first = grade.end()
        if first < last:
            yield first, last


def _stripped(text: str, start: int, end: int) -> Place:
    piece = text[start:end]
    inner = _MARK.sub("", piece)
    first = start + piece.find(inner)
    return first, first + len(inner)


def _is(words: str, kind: str) -> bool:
    return bool(_rule(kind).match(words))


@cache
def _rule(kind: str) -> re.Pattern[str]:
    rows = read_table(str(_TABLE), _COLUMNS, required=_COLUMNS, choices={"kind": _KINDS})
    patterns = [row.regex("pattern") for row in rows if row.text("kind") == kind]
    return re.compile("|".join(patterns), re.IGNORECASE)
