"""Which product names of a document the lexicon does not know as its subject's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monograph_nlp.lexicon.index import open_index
from monograph_nlp.lexicon.terms import Term
from monograph_nlp.types import Subject

_LIST = re.compile(r" / | and |, ")
_SEPARATOR = re.compile(r"[\s/+-]+")


@dataclass(frozen=True, slots=True)
class UnknownBrand:
    """A product name, and the substances that the lexicon knows it of: none where nobody knows it."""

    name: str
    known_of: tuple[str, ...]


def unknown_brands(subject: Subject, parts: Sequence[str]) -> Iterator[UnknownBrand]:
    """Yield the subject's product names that the lexicon does not know for its substances.

    A name that goes on after a known product ("Zynovia Pen") or after the substance ("Examplinib
    Company") is no unknown one, nor is the beginning of a known one.

    Args:
        subject: the drug with the product names that the document gives it.
        parts: the names of its substances.
    """
    keys = _subject_keys(subject, parts)
    known = {name for name in subject.brand_names if _is_known(name, subject, keys)}
    for name in subject.brand_names:
        if name not in known and not any(name in _beginnings(other) for other in known):
            found = (match.term for match in open_index().find_all(name, "DRUG"))
            yield UnknownBrand(name, tuple(dict.fromkeys(term.name for term in found)))


def _is_known(name: str, subject: Subject, keys: frozenset[str]) -> bool:
    """Tell whether a name, or the words that it begins with, name the subject or a product of it."""
    listed = {brand.lower() for term in _terms([subject.name]) for brand in _brands(term)}
    return any(
        begin.lower() in listed
        or any(keys & _keys(term) or _says_less(term, subject) for term in _terms([begin]))
        for begin in _beginnings(name)
    )


def _says_less(term: Term, subject: Subject) -> bool:
    """Tell whether a concept has the subject's name but for some words: "zoster vaccine", where it is recombinant."""
    words = term.name.lower().split()
    is_one = subject.concept is None and len(words) > 1
    return is_one and set(words) <= set(subject.name.lower().split())


def _beginnings(name: str) -> Iterator[str]:
    """Yield a name, then the name without its last words.

    >>> list(_beginnings("Examplinib/Otherol Company"))
    ['Examplinib/Otherol Company', 'Examplinib/Otherol', 'Examplinib']
    """
    yield name
    for separator in reversed(list(_SEPARATOR.finditer(name))):
        yield name[: separator.start()]


def _subject_keys(subject: Subject, parts: Sequence[str]) -> frozenset[str]:
    names = [subject.name, *parts]
    own = frozenset(name.lower() for name in names)
    return own.union(*(_keys(term) for term in _terms(names)))


def _keys(term: Term) -> frozenset[str]:
    """Return what tells a concept from others: its names and CURIEs, and those of its components."""
    keys = {term.name.lower(), *(key for key in (term.id, term.moiety, *term.xrefs) if key)}
    components = _LIST.split(term.name)
    if len(components) > 1:
        keys.update(name.lower() for name in components)
        keys.update(part.id for part in _terms(components) if part.id)
    return frozenset(keys)


def _terms(names: Iterable[str]) -> Iterator[Term]:
    for name in names:
        yield from (match.term for match in open_index().find_all(name, "DRUG"))


def _brands(term: Term) -> tuple[str, ...]:
    return (*term.brands, *open_index().reference(term).brands)
