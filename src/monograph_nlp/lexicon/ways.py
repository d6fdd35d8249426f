"""The ways to answer which concept a name means, each a function that yields answers.

Every answer says how it was found; its score is how often answers found so were right on text whose
concepts are known (``rules/link_scores.tsv``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, dropwhile, takewhile, tee

from monograph_nlp.lexicon.abbreviating import abbreviated, is_short_form
from monograph_nlp.lexicon.asking import CURATED, FINDINGS, KIN, Lookup, Question, ids_of, ranked
from monograph_nlp.lexicon.candidates import NearNames
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.rewriting import Rewriting, parts, rewritings
from monograph_nlp.lexicon.spelling import fold
from monograph_nlp.rules import read_table

TABLE = "link_scores.tsv"
COLUMNS = ("how", "detail", "label", "score", "n", "example")
_CHEAP = 2  # the cost up to which a rewriting is surer than taking a name apart
_UNMEASURED = 0.5  # the score of a way that no row of the table knows
_EXACT = frozenset(
    ("name", "synonym", "brand", "code", "abbreviation", "salt", "lay", "foreign", "variant")
)


@dataclass(frozen=True, slots=True)
class Link:
    """What a name links to: nothing, one concept, or one for each part of a composite name.

    ``detail`` says more about ``how``: the source of the name, or the row that changed it most.
    """

    matches: tuple[Match, ...]
    how: str
    score: float  # 0..1
    reason: str
    candidates: tuple[Match, ...] = ()  # what else it could be, best first
    detail: str = ""

    @property
    def match(self) -> Match | None:
        """Return the concept where there is exactly one."""
        return self.matches[0] if len(self.matches) == 1 else None

    @property
    def is_exact(self) -> bool:
        """Say whether the name itself stands in the lexicon."""
        return self.how.removesuffix("_shared") in _EXACT


def answers(asked: Question) -> Iterator[Link]:
    """Yield answers, those of the surest way first."""
    is_short = is_short_form(asked.name)
    if asked.long_form and asked.long_form != asked.name:
        yield from _by_long_form(asked)
        if is_short:
            return  # the document says what it means, and the lexicon does not know that
    if is_short:
        yield from _by_document(asked, is_begun=True)
    yield from _by_name(asked)
    if is_short:
        yield from _by_document(asked, is_begun=False)
    cheap, dear = tee(rewritings(asked.name, asked.label))  # in the order of their costs
    yield from _by_rewriting(asked, takewhile(_is_cheap, cheap))
    yield from _by_parts(asked)
    yield from _by_rewriting(asked, dropwhile(_is_cheap, dear))
    if asked.context.has_slips and _may_be_near(asked.label, asked.context.least_score):
        yield from _by_nearness(asked)


def _by_long_form(asked: Question) -> Iterator[Link]:
    meant = replace(asked, name=asked.long_form, long_form="")
    for found in answers(meant):
        how = "long_form" if found.is_exact else found.how
        matches = tuple(replace(match, how="long_form") for match in found.matches)
        score = min(found.score, _score("long_form", asked.label))
        reason = f"short for {meant.name!r}; {found.reason}"
        yield Link(matches, how, score, reason, found.candidates, found.detail)


def _by_document(asked: Question, *, is_begun: bool) -> Iterator[Link]:
    """Yield the one concept whose full name in the document the short form abbreviates."""
    named = asked.context.names
    meant = abbreviated(asked.name, [full for full, _ in named], is_begun=is_begun)
    matches = {match.term.id or match.term.name: match for full, match in named if full in meant}
    if len(matches) == 1:
        how = "document" if is_begun else "document_letters"
        reason = f"the document writes {meant[0]!r} in full"
        (match,) = matches.values()
        yield Link((match,), how, _score(how, asked.label), reason)


def _by_name(asked: Question) -> Iterator[Link]:
    found = ranked(asked, asked.name)
    if not found:
        return
    best, *others = found
    rivals = [m for m in others if best.source != CURATED or m.source == CURATED]
    rivals = [m for m in rivals if ids_of(m).isdisjoint(ids_of(best))]
    how = _how(asked, best, is_shared=bool(rivals))  # a curated row has decided against the sources
    # Of labels without kin nothing was measured: the score follows from the kind of the name.
    score = _score(how, asked.label, best.source) if asked.label in KIN else best.score
    reason = best.explain() + (f"; {len(others)} others bear the name" if others else "")
    yield Link((best,), how, score, reason, tuple(others), best.source)


def _how(asked: Question, best: Match, *, is_shared: bool) -> str:
    if asked.label in KIN and is_short_form(asked.name) and best.how != "name":
        is_named = best.term.id in asked.context.concepts
        return "short_in_document" if is_named else "short_shared" if is_shared else "short"
    return f"{best.how}_shared" if is_shared else best.how


def _by_rewriting(asked: Question, others: Iterable[Rewriting]) -> Iterator[Link]:
    for other in others:
        found = ranked(asked, other.text)
        if found and not is_short_form(found[0].matched):
            match = replace(found[0], how="variant")
            how = f"{other.how}_{other.cost}"
            reason = f"{asked.name!r} read as {other.text!r} ({', '.join(other.rules)})"
            score = _score(how, asked.label, other.dearest)
            yield Link((match,), how, score, reason, tuple(found[1:]), other.dearest)


def _by_parts(asked: Question) -> Iterator[Link]:
    for pieces in parts(asked.name, asked.label):
        found = [_part(replace(asked, name=piece, long_form="")) for piece in pieces]
        known = [match for match in found if match is not None]
        if len({match.term.id or match.term.name for match in known}) == len(pieces):
            matches = tuple(replace(match, how="variant") for match in known)
            score = _score("split", asked.label)
            yield Link(matches, "split", score, f"parts: {'; '.join(pieces)}")
            return


def _part(asked: Question) -> Match | None:
    """Return what a part of a composite name means, if that is nearly sure."""
    cheap = takewhile(_is_cheap, rewritings(asked.name, asked.label))
    for found in chain(_by_name(asked), _by_rewriting(asked, cheap)):
        if found.score >= asked.context.least_score:
            return found.match
    return None


def _is_cheap(other: Rewriting) -> bool:
    return other.cost <= _CHEAP


@cache
def _may_be_near(label: str, least_score: float) -> bool:
    """Say whether an answer by nearness can be sure enough: the search for one takes long.

    A label without kin, such as a dose, has no names to be near to.
    """
    near = [score for (how, _, of), score in _scores().items() if of == label and "near" in how]
    return label in KIN and max(near, default=0.0) >= least_score


def _by_nearness(asked: Question) -> Iterator[Link]:
    labels = FINDINGS if asked.label in FINDINGS else frozenset((asked.label,))
    for near in _near_names(asked.index, labels).near(fold(asked.name)):
        found = ranked(asked, near.name)
        if found:
            how = f"near_{near.slips}"
            if near.slips and found[0].term.id in asked.context.concepts:
                how = "near_in_document"
            match = replace(found[0], how="variant")
            reason = f"{asked.name!r} read as {near.name!r}"
            yield Link((match,), how, _score(how, asked.label), reason, tuple(found[1:]))


@lru_cache(maxsize=8)
def _near_names(index: Lookup, labels: frozenset[str]) -> NearNames:
    return NearNames(index.names(*labels))


def _score(how: str, label: str, detail: str = "") -> float:
    """Return the score of a way in its detail; of the way, where the detail was seen too seldom."""
    scores = _scores()
    keys = ((how, detail, label), (how, "", label), (how, "", ""))
    return next((scores[key] for key in keys if key in scores), _UNMEASURED)


@cache
def _scores() -> dict[tuple[str, str, str], float]:
    rows = read_table(TABLE, COLUMNS, required=("how", "score", "n", "example"))
    return {
        (row.text("how"), row.text("detail"), label): row.number("score", 0.0)
        for row in rows
        for label in row.texts("label") or ("",)
    }
