"""Why a name and a concept agree, and the score that follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from monograph_nlp.lexicon.terms import Term

_SCORES = {"name": 1.0, "brand": 0.98, "synonym": 0.97, "variant": 0.95, "long_form": 0.93}


@dataclass(frozen=True, slots=True)
class Match:
    """A term, the name of it that the text bears, and how the two agree."""

    term: Term
    matched: str
    how: str  # name, synonym, brand, variant (a rule derived it) or long_form (of an abbreviation)

    @property
    def score(self) -> float:
        """Confidence in 0..1 that follows from how the names agree."""
        return _SCORES[self.how]

    def explain(self) -> str:
        """Say in one line why the name resolves to the concept."""
        where = self.term.id or "no identifier"
        return f"{self.how} {self.matched!r} of {self.term.name} ({where})"
