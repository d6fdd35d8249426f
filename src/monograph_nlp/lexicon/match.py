"""Why a name and a concept agree, and the score that follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from monograph_nlp.lexicon.terms import Kind, Term

_SCORES = {
    "name": 1.0,
    "brand": 0.98,
    "synonym": 0.97,
    "salt": 0.97,
    "foreign": 0.97,
    "code": 0.96,
    "lay": 0.96,
    "variant": 0.95,
    "abbreviation": 0.94,
    "long_form": 0.93,
}
_LEAST = 0.5  # of another way, for which the one who found it gives no score


@dataclass(frozen=True, slots=True)
class Match:
    """A term, the name of it that the text bears, and how the two agree.

    ``how`` is the name's kind, ``variant`` (a rule of spelling leads to it), ``long_form`` (of an
    abbreviation) or another way, whose score is then ``given``. ``spot`` is False where the name is too
    weak to find a mention.
    """

    term: Term
    matched: str
    how: str
    kind: Kind = "name"
    source: str = "curated"
    spot: bool = True
    given: float | None = None

    @property
    def score(self) -> float:
        """Confidence in 0..1: as given, else as it follows from how the names agree."""
        return self.given if self.given is not None else _SCORES.get(self.how, _LEAST)

    def explain(self) -> str:
        """Say in one line why the name resolves to the concept."""
        where = self.term.id or "no identifier"
        return f"{self.how} {self.matched!r} of {self.term.name} ({where})"
