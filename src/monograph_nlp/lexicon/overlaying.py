"""One lexicon laid over others: which concept of the one is which of theirs.

A wrong identifier is worse than none. So two concepts are one where they share an identifier; where
neither says so, a name has to tell, and it has to tell it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from monograph_nlp.lexicon.layer import Layer
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.spelling import fold
from monograph_nlp.lexicon.terms import Term


def lay_over(
    found: Sequence[Match], own: Sequence[Match], layer: Layer, under: Sequence[Layer]
) -> list[Match]:
    """Give the identifiers of a layer's concepts to the matches of those below; its other matches follow.

    Args:
        found: what the layers below know of a name, best first.
        own: what the layer knows of it, best first.
        layer: the layer.
        under: the layers below.
    """
    partners = [_partner(match.term, found, own, layer, under) for match in found]
    taken = set()
    for match, partner in zip(found, partners, strict=True):
        if partner is not None and _share_label(match.term, partner):
            taken.add(_concept(partner))
    enriched = [
        _enriched(match, partner, own, layer.is_chosen)
        for match, partner in zip(found, partners, strict=True)
    ]
    return [*enriched, *(match for match in own if _concept(match.term) not in taken)]


def _partner(
    term: Term, found: Sequence[Match], own: Sequence[Match], layer: Layer, under: Sequence[Layer]
) -> Term | None:
    """Return the layer's concept that is the same as a concept below, or None."""
    bearers = [match.term for match in own]
    named = layer.bearers(fold(term.name))
    sharing = layer.with_any(_curies(term))
    if sharing:
        return _named_one(sharing, (bearers, named))
    by_name = _only(named, term)
    if by_name is None and _only([match.term for match in found], term):
        by_name = _only(bearers, term)
        if by_name is not None and _is_called_otherwise(term, by_name, under):
            return None
    return by_name if by_name is not None and not _contradict(term, by_name, under) else None


def _named_one(sharing: Sequence[Term], pools: Iterable[Sequence[Term]]) -> Term | None:
    """Choose among concepts that share an identifier: a vocabulary may give it to narrower ones, too."""
    concepts = {_concept(term) for term in sharing}
    named = (term for pool in pools for term in pool if _concept(term) in concepts)
    chosen = next(named, sharing[0] if len(concepts) == 1 else None)
    return next((term for term in sharing if chosen and _concept(term) == _concept(chosen)), None)


def _only(terms: Iterable[Term], wanted: Term) -> Term | None:
    """Return the one concept among the terms that has a label of the wanted one; None of several."""
    fitting = {_concept(term): term for term in terms if _share_label(term, wanted)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _contradict(term: Term, other: Term, under: Sequence[Layer]) -> bool:
    """Tell whether the other has another identifier of one vocabulary, or those of a third concept."""
    if _prefixes(term) & _prefixes(other):
        return True
    known = chain.from_iterable(layer.with_any(_curies(other)) for layer in under)
    return any(_concept(third) != _concept(term) for third in known)


def _is_called_otherwise(term: Term, other: Term, under: Sequence[Layer]) -> bool:
    """Tell whether the other's preferred name is, below, one of other concepts alone."""
    known = chain.from_iterable(layer.bearers(fold(other.name)) for layer in under)
    rivals = {_concept(third) for third in known if _share_label(third, other)}
    return bool(rivals) and _concept(term) not in rivals


def _enriched(match: Match, partner: Term | None, own: Sequence[Match], is_chosen: bool) -> Match:
    """Add the partner's identifiers, and the code that it has for this very name."""
    if partner is None:
        return match
    named = [other for other in own if _concept(other.term) == _concept(partner)]
    curies = chain(*map(_curies, (match.term, partner, *(other.term for other in named))))
    xrefs = tuple(dict.fromkeys(curie for curie in curies if curie != match.term.id))
    spot = match.spot or (is_chosen and any(other.spot for other in named))
    return replace(match, term=replace(match.term, xrefs=xrefs), spot=spot)


def _concept(term: Term) -> tuple[str | None, str, tuple[str, ...]]:
    """What stays the same of a term when identifiers are added to it."""
    return term.id, term.name, term.labels


def _curies(term: Term) -> tuple[str, ...]:
    return tuple(curie for curie in (term.id, *term.xrefs) if curie)


def _prefixes(term: Term) -> set[str]:
    return {curie.partition(":")[0] for curie in _curies(term)}


def _share_label(one: Term, other: Term) -> bool:
    return not set(one.labels).isdisjoint(other.labels)
