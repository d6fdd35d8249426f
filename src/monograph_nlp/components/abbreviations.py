"""``monograph_abbreviations``: short forms and the long forms that the document defines.

scispaCy's algorithm (Schwartz & Hearst 2003) decides what is defined; brackets are paired here, in
linear time, and the result is kept as plain values in ``doc._.abbreviated``, so that the ``Doc`` can
be written and sent to another process. A name repeated in brackets ("lenalidomide
(Lenalidomide)") is the same name, not an abbreviation. Where a document defines a short form
anew, each place has the definition that was made last before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of

_NO_NAME = re.compile(r"[\n)\]\[]|(?:\S+\s+){8}")  # a long form holds no bracket, and few words
_WIDEST = 10  # tokens between two brackets
_BRACKET = re.compile(r"[()]")


class Abbreviations:
    """Finds abbreviations; see the module's docstring."""

    def __init__(self) -> None:
        declare()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.abbreviated``: one plain dict for each place of each short form."""
        doc._.abbreviated = [_row(short, long) for short, long in _places(doc, _defined(doc))]
        return doc


def _defined(doc: Doc) -> Iterator[tuple[Span, Span]]:
    """Yield each short form, where it is defined, and its long form."""
    from scispacy.abbreviation import filter_matches, find_abbreviation

    for candidates in filter_matches([(0, *pair) for pair in _brackets(doc)], doc):
        short, long = find_abbreviation(*candidates)
        if long is not None and _is_abbreviation(short.text, long.text):
            yield short, long


def _places(doc: Doc, defined: Iterable[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """Yield every place of the short forms, in order, with the long form it has there."""
    meant: dict[str, Span] = {}  # short form → its first long form, then the last one so far
    anew: dict[int, Span] = {}
    lengths: dict[int, set[int]] = defaultdict(set)  # first word → tokens of its short forms
    for short, long in defined:
        meant.setdefault(short.text, long)
        anew[short.start] = long
        lengths[short[0].orth].add(len(short))
    words = doc.to_array([ORTH])
    for number in np.flatnonzero(np.isin(words, [*lengths])).tolist() if lengths else ():
        for length in sorted(lengths[int(words[number])]):
            place = doc[number : number + length]
            if place.text in meant:
                meant[place.text] = anew.get(number, meant[place.text])
                yield place, meant[place.text]


def _brackets(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the token ranges inside each innermost pair of round brackets that is not wide."""
    aligned = Alignment(doc)
    opened: int | None = None
    for match in _BRACKET.finditer(text_of(doc)):
        number = aligned.token(*match.span())
        if number is None:
            continue  # a part of a longer token
        if match.group() == "(":
            opened = number + 1
        elif opened is not None:
            if 0 < number - opened <= _WIDEST and opened > 1:
                yield opened, number
            opened = None


def _row(short: Span, long: Span) -> dict[str, int | str]:
    return {
        "start": short.start_char,
        "end": short.end_char,
        "short": short.text,
        "long": long.text,
        "long_start": long.start_char,
        "long_end": long.end_char,
    }


def _is_abbreviation(short: str, long: str) -> bool:
    """Say whether a short form is more than a word of the long form, or its name in capitals."""
    words = long.lower().split()
    capitals = sum(letter.isupper() or letter.isdigit() for letter in short)
    return (
        short.lower() not in words
        and capitals >= 2
        and capitals * 2 >= len(short)
        and len(short) < len(long)
        and not _NO_NAME.search(long)
    )


@Language.factory("monograph_abbreviations", assigns=["doc._.abbreviated"])
def create(nlp: Language, name: str) -> Abbreviations:
    """Create the component."""
    return Abbreviations()
