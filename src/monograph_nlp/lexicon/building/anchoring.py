"""Which sources' entries a curated row stands for: those with its identifiers, or else its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monograph_nlp.lexicon.building.clustering import domains, key_of
from monograph_nlp.lexicon.building.identities import Group, InMesh, enriched_by, with_mesh
from monograph_nlp.lexicon.terms import Surface, Term


@dataclass(frozen=True, slots=True)
class Anchors:
    """The curated terms with the identifiers of the groups that they stand for."""

    enriched: Mapping[Term, Term]  # a curated term → the same with the groups' identifiers
    of_group: Mapping[int, Term]


def anchor(curated: Sequence[Surface], groups: Sequence[Group], in_mesh: InMesh) -> Anchors:
    """Give each curated term the groups that share an identifier, or else its name."""
    places = _Places(groups)
    enriched: dict[Term, Term] = {}
    of_group: dict[int, Term] = {}
    for term in dict.fromkeys(surface.term for surface in curated):
        found = [number for number in places.of(term) if number not in of_group]
        full = with_mesh(enriched_by(term, [groups[number] for number in found]), in_mesh)
        enriched[term] = full
        of_group.update(dict.fromkeys(found, enriched[term]))
    return Anchors(enriched, of_group)


class _Places:
    """The groups by their identifiers and by the names that they bear."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(groups):
            for curie in {entry.id for entry in group if entry.id}:
                self._by_id[curie].append(number)
            for key in {key_of(entry.name) for entry in group}:
                self._by_name[key].append(number)

    def of(self, term: Term) -> list[int]:
        """Return the groups with an identifier of the term, or the only one with its name."""
        own = [curie for curie in (term.id, *term.xrefs) if curie]
        found = [n for x in own for n in self._by_id.get(x, ()) if _agree(term, self._groups[n])]
        if not found:
            named = self._by_name.get(key_of(term.name), ())
            found = [n for n in named if _agree(term, self._groups[n])]
            found = found if len(found) == 1 else []
        return list(dict.fromkeys(found))


def _agree(term: Term, group: Group) -> bool:
    """Whether a row and a group speak of one kind of thing: histamine may be given, or blocked."""
    return bool(domains(term.labels) & domains(group[0].labels[:1]))
