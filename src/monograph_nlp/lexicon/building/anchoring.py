"""Which sources' entries a curated row stands for: those with its identifiers, or else its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from monograph_nlp.lexicon.building.clustering import domains, identifiers, key_of
from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.terms import Surface, Term

Group = tuple[Entry, ...]
# The namespace that a concept takes its id from: where the corpora and registries meet most often.
_ID_ORDER = ("mesh", "hgnc", "unii", "mondo", "drugbank", "chebi", "doid", "go", "fplx", "icd10cm")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The curated terms with the identifiers of the groups that they stand for."""

    enriched: Mapping[Term, Term]  # a curated term → the same with the groups' identifiers
    of_group: Mapping[int, Term]


def anchor(curated: Sequence[Surface], groups: Sequence[Group]) -> Anchors:
    """Give each curated term the groups that share an identifier, or else its name.

    A term that is left without a MeSH identifier takes the one that MeSH itself lists its name under.
    """
    places = _Places(groups)
    enriched: dict[Term, Term] = {}
    of_group: dict[int, Term] = {}
    for term in dict.fromkeys(surface.term for surface in curated):
        found = [number for number in places.of(term) if number not in of_group]
        full = _enriched(term, [groups[number] for number in found])
        enriched[term] = full if _has_mesh(full) else _enriched(full, places.in_mesh(term))
        of_group.update(dict.fromkeys(found, enriched[term]))
    return Anchors(enriched, of_group)


class _Places:
    """The groups by their identifiers and by the names that they bear."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._in_mesh: dict[str, dict[Entry, None]] = defaultdict(dict)
        for number, group in enumerate(groups):
            for curie in {entry.id for entry in group if entry.id}:
                self._by_id[curie].append(number)
            for key in {key_of(entry.name) for entry in group}:
                self._by_name[key].append(number)
            for entry in group:
                if entry.id.startswith("mesh:D"):
                    for text in (entry.name, *(text for text, _ in entry.names)):
                        self._in_mesh[key_of(text)][entry] = None

    def of(self, term: Term) -> list[int]:
        """Return the groups with an identifier of the term, or the only one with its name."""
        own = [curie for curie in (term.id, *term.xrefs) if curie]
        found = [n for x in own for n in self._by_id.get(x, ()) if _agree(term, self._groups[n])]
        if not found:
            named = self._by_name.get(key_of(term.name), ())
            found = [n for n in named if _agree(term, self._groups[n])]
            found = found if len(found) == 1 else []
        return list(dict.fromkeys(found))

    def in_mesh(self, term: Term) -> list[Group]:
        """Return the heading that alone bears the term's name, as a group."""
        found = [e for e in self._in_mesh.get(key_of(term.name), ()) if _agree(term, (e,))]
        heading = [replace(entry, xrefs=()) for entry in found]
        return [tuple(heading)] if len(heading) == 1 else []


def _has_mesh(term: Term) -> bool:
    return any(x.startswith("mesh:") for x in (term.id, *term.xrefs) if x)


def _agree(term: Term, group: Group) -> bool:
    """Whether a row and a group speak of one kind of thing: histamine may be given, or blocked."""
    return bool(domains(term.labels) & domains(group[0].labels[:1]))


def _enriched(term: Term, groups: Sequence[Group]) -> Term:
    """Add the groups' identifiers; the curated ones outweigh another of the same namespace."""
    own = dict.fromkeys(x for x in (term.id, *term.xrefs) if x)
    prefixes = {curie.partition(":")[0] for curie in own}
    for group in groups:
        wanted = [x for x in identifiers(group) if x.partition(":")[0] not in prefixes]
        own.update(dict.fromkeys(wanted))
        prefixes.update(curie.partition(":")[0] for curie in wanted)
    first = term.id or next(iter(by_namespace(own)), None)
    return replace(term, id=first, xrefs=tuple(curie for curie in own if curie != first))


def by_namespace(curies: Collection[str]) -> list[str]:
    """Sort identifiers, the one that a concept takes for its id first."""
    return sorted(curies, key=_place)


def _place(curie: str) -> int:
    prefix = curie.partition(":")[0]
    return _ID_ORDER.index(prefix) if prefix in _ID_ORDER else len(_ID_ORDER)
