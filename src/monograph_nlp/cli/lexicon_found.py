"""What ``lexicon search`` answers, gathered from the opened lexicons; printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.errors import ConfigError
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.layer import Layer
from monograph_nlp.lexicon.linking import link
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.reference import Reference
from monograph_nlp.lexicon.spelling import fold
from monograph_nlp.lexicon.terms import Case, Term

_NEAREST = 5
_LEAST_RATIO = 75.0  # per cent of agreeing letters, below which a name is no help


@dataclass(frozen=True, slots=True)
class Bearer:
    """A concept that bears the name; ``resolves`` is False where the name's letters do not fit ``case``."""

    term: Term
    matched: str
    how: str
    kind: str
    source: str
    score: float
    finds: bool
    case: Case
    resolves: bool
    reference: Reference


@dataclass(frozen=True, slots=True)
class Linked:
    """What the linker answers for a mention of the label: concepts, or none and why."""

    label: str
    concepts: tuple[Term, ...]
    how: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that the lexicons know of a name; ``nearest`` is filled where nothing bears it."""

    name: str
    key: str
    bearers: tuple[Bearer, ...]
    links: tuple[Linked, ...]
    nearest: tuple[str, ...]


def find(name: str, label: str | None, paths: Iterable[Path]) -> Found:
    """Look a name up in lexicon files, the base first.

    Raises:
        ConfigError: no concept has the label.
        LexiconError: a file cannot be used.
    """
    layers = [Layer.open(path) for path in paths]
    wanted = _known(label, layers)
    index, key = Index(layers), fold(name)
    bearers = tuple(_bearers(name, wanted, index, layers))
    nearest = () if bearers else _nearest(key, wanted, index)
    labels = [wanted] if wanted else _labels(bearers, nearest, index)
    links = tuple(_linked(name, each, index) for each in labels)
    return Found(name, key, bearers, links, nearest)


def _known(label: str | None, layers: Sequence[Layer]) -> str | None:
    if label is None:
        return None
    known = sorted({each for layer in layers for labels in layer.header.labels for each in labels})
    if label.upper() not in known:
        raise ConfigError(
            f"no concept has the label {label!r}; expected one of {', '.join(known)}. "
            "Give another one with --label, or none."
        )
    return label.upper()


def _bearers(
    name: str, label: str | None, index: Index, layers: Sequence[Layer]
) -> Iterator[Bearer]:
    """Yield the concepts that the name resolves to, then those that ask for other letters."""
    cases = dict(_cases(fold(name), layers))
    resolved = index.find_all(name, label)
    names = {_identity(match) for match in resolved}
    refused = [m for m in index.bearers(fold(name), label) if _identity(m) not in names]
    for match in (*resolved, *refused):
        yield Bearer(
            match.term,
            match.matched,
            match.how,
            match.kind,
            match.source,
            match.score,
            match.spot,
            cases[_identity(match)],
            _identity(match) in names,
            index.reference(match.term),
        )


def _cases(key: str, layers: Sequence[Layer]) -> Iterator[tuple[tuple[str, ...], Case]]:
    """Yield the case rule of each bearer; of one that stands in two layers, that of the first."""
    for layer in reversed(layers):
        postings = layer.postings(f"{key} ")
        for posting, match in zip(postings, layer.matches(key, None), strict=True):
            yield _identity(match), posting.case


def _identity(match: Match) -> tuple[str, ...]:
    """Tell concepts apart, whatever identifiers another layer added to them."""
    return (match.term.id or "", match.term.name, match.source, *match.term.labels)


def _nearest(key: str, label: str | None, index: Index) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    names = list(index.names(label) if label else index.names())
    found = process.extract(
        key, names, scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_LEAST_RATIO
    )
    return tuple(near for near, _, _ in found)


def _labels(bearers: Sequence[Bearer], nearest: Sequence[str], index: Index) -> list[str]:
    """Return the labels to ask the linker for: of what bears the name, or of the nearest name."""
    terms = [bearer.term for bearer in bearers]
    terms += [match.term for near in nearest[:1] for match in index.bearers(near)]
    return list(dict.fromkeys(label for term in terms for label in term.labels))


def _linked(name: str, label: str, index: Index) -> Linked:
    answer = link(name, label, index=index)
    terms = tuple(match.term for match in answer.matches)
    return Linked(label, terms, answer.how, answer.score, answer.reason)
