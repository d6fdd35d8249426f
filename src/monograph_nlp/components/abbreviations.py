"""``monograph_abbreviations``: short forms and the long forms that the document defines.

scispaCy's detector (Schwartz & Hearst 2003) decides what is defined; brackets are paired here, in
linear time, and the result is kept as plain values in ``doc._.abbreviated``, so that the ``Doc`` can
be written and sent to another process. A name repeated in brackets ("lenalidomide
(Lenalidomide)") is the same name, not an abbreviation.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.components._extensions import declare

if TYPE_CHECKING:
    from scispacy.abbreviation import AbbreviationDetector

_WIDEST = 10  # tokens between two brackets


class Abbreviations:
    """Finds abbreviations; see the module's docstring."""

    def __init__(self, nlp: Language) -> None:
        declare()
        self._detector = _detector(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.abbreviated``: one plain dict for each place of each short form."""
        from scispacy.abbreviation import filter_matches

        candidates = filter_matches([(0, *pair) for pair in _brackets(doc)], doc)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # scispaCy asks a matcher without patterns
            found = self._detector.find_matches_for(candidates, doc) if candidates else []
        rows = [
            _row(short, long)
            for long, shorts in found
            for short in shorts
            if _is_abbreviation(short.text, long.text)
        ]
        doc._.abbreviated = sorted(rows, key=lambda row: (row["start"], row["end"]))
        return doc


def _detector(nlp: Language) -> AbbreviationDetector:
    from scispacy.abbreviation import AbbreviationDetector

    return AbbreviationDetector(nlp)


def _brackets(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the token ranges inside each innermost pair of round brackets that is not wide."""
    opened: int | None = None
    for token in doc:
        if token.text == "(":
            opened = token.i + 1
        elif token.text == ")" and opened is not None:
            if 0 < token.i - opened <= _WIDEST and opened > 1:
                yield opened, token.i
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
        short.lower() not in words and capitals >= 2 and len(short) < len(long) and "\n" not in long
    )


@Language.factory("monograph_abbreviations", assigns=["doc._.abbreviated"])
def create(nlp: Language, name: str) -> Abbreviations:
    """Create the component."""
    return Abbreviations(nlp)
