"""Made-up entries of sources and what they merge into, for the tests of what comes after reading."""

from __future__ import annotations

from collections.abc import Sequence

from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.building.merging import Merged, merge
from monograph_nlp.lexicon.terms import Surface, Term


def made(curie: str, name: str, *names: tuple[str, str] | str, **rest: object) -> Entry:
    """An entry of a medicine; the source is the CURIE's prefix, and names are synonyms.

    ``rest`` holds other fields of the entry; ``labels`` may be a string that bars part.
    """
    labels = str(rest.pop("labels", "DRUG"))
    source = str(rest.pop("source", curie.partition(":")[0]))
    pairs = tuple(name if isinstance(name, tuple) else (name, "synonym") for name in names)
    fields = {"tags": ("INN",), **rest}
    return Entry(source, curie, tuple(labels.split("|")), name, pairs, **fields)  # type: ignore[arg-type]


BASE = made("unii:B", "examplinib")
SALT = made("unii:S", "examplinib mesylate", broader=("unii:B",))


def row(name: str, curie: str | None = None, *xrefs: str, labels: str = "DRUG") -> Term:
    """The term of a curated row."""
    return Term(tuple(labels.split("|")), name, curie, xrefs, ())


def merged(entries: Sequence[Entry], *terms: Term, **words: int) -> Merged:
    """Entries merged with rows that have no other name than their preferred one."""
    return merge(entries, [Surface(term.name, term, "name") for term in terms], words)


def borne(result: Merged) -> dict[str, str]:
    """Name → preferred name of its concept."""
    return {surface.text: surface.term.name for surface in result.surfaces}


def the(result: Merged, text: str) -> Surface:
    (surface,) = (surface for surface in result.surfaces if surface.text == text)
    return surface
