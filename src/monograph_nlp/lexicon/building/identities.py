"""The identifiers of a concept: those of its sources, and the MeSH number where no source gives one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from monograph_nlp.lexicon.building.choices import is_narrower
from monograph_nlp.lexicon.building.clustering import domains, identifiers, key_of
from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.terms import Term
from monograph_nlp.rules import read_table

Group = tuple[Entry, ...]
# The namespace that a concept takes its id from: where the corpora and registries meet most often.
_ID_ORDER = ("mesh", "hgnc", "unii", "mondo", "drugbank", "chebi", "doid", "go", "fplx", "icd10cm")


@dataclass(frozen=True, slots=True)
class InMesh:
    """Where MeSH lists what has no number of its own.

    ``names`` maps the key of every name of a heading to the headings that bear it; ``salts`` an
    active moiety's CURIE to the headings of its salts.
    """

    names: Mapping[str, tuple[Entry, ...]]
    salts: Mapping[str, tuple[str, ...]]


def without_narrower(entries: Sequence[Entry]) -> list[Entry]:
    """Drop links of a disease to a supplementary record that names an inherited form of it alone."""
    names = {entry.id: entry.name for entry in entries if entry.source == "mesh_supplement"}
    return [
        replace(entry, xrefs=kept)
        if (kept := tuple(x for x in entry.xrefs if not _is_form(entry, names.get(x))))
        != entry.xrefs
        else entry
        for entry in entries
    ]


def _is_form(entry: Entry, other: str | None) -> bool:
    return other is not None and is_narrower(entry.source, entry.name, other)


def in_mesh(groups: Iterable[Group]) -> InMesh:
    """Gather the headings' names, and the salts that have a heading."""
    names: dict[str, dict[Entry, None]] = defaultdict(dict)
    salts: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        for entry in group:
            if entry.id.startswith("mesh:D"):
                for text in (entry.name, *(text for text, _ in entry.names)):
                    names[key_of(text)][entry] = None
                for moiety in _moieties(group):
                    salts[moiety][entry.id] = None
    return InMesh(
        {key: tuple(entries) for key, entries in names.items()},
        {moiety: tuple(headings) for moiety, headings in salts.items()},
    )


def _moieties(group: Group) -> Iterator[str]:
    return (curie for entry in group if entry.source == "unii" for curie in entry.broader)


def enriched_by(term: Term, groups: Sequence[Group]) -> Term:
    """Add the groups' identifiers; the term's own outweigh another of the same namespace."""
    own = dict.fromkeys(x for x in (term.id, *term.xrefs) if x)
    prefixes = {curie.partition(":")[0] for curie in own}
    for group in groups:
        wanted = [x for x in identifiers(group) if x.partition(":")[0] not in prefixes]
        own.update(dict.fromkeys(wanted))
        prefixes.update(curie.partition(":")[0] for curie in wanted)
    first = term.id or next(iter(by_namespace(own)), None)
    return replace(term, id=first, xrefs=tuple(curie for curie in own if curie != first))


def with_mesh(term: Term, headings: InMesh) -> Term:
    """Give a term without a MeSH number the one that MeSH lists it under; add former numbers.

    MeSH lists many a substance under the heading of its only salt (dizocilpine), of its group
    (lindane), or under a plural ("Ergocalciferols").
    """
    ids = [curie for curie in (term.id, *term.xrefs) if curie]
    if not any(curie.startswith("mesh:") for curie in ids):
        ids += _listed(term, ids, headings)
    ids += [former for curie in ids for former in _former().get(curie, ())]
    first = term.id or next(iter(by_namespace(ids)), None)
    others = dict.fromkeys(curie for curie in ids if curie != first)
    return replace(term, id=first, xrefs=tuple(others))


def _listed(term: Term, ids: Iterable[str], headings: InMesh) -> list[str]:
    """Return the one heading that bears the term's name, or else that of its one salt."""
    for key in (key_of(term.name), key_of(f"{term.name}s")):
        found = [entry.id for entry in headings.names.get(key, ()) if _covers(entry, term)]
        if found:
            return found if len(found) == 1 else []
    salts = [heading for curie in ids for heading in headings.salts.get(curie, ())]
    return salts if len(salts) == 1 else []


def _covers(heading: Entry, term: Term) -> bool:
    """Whether a heading is of the term's kind, or of the group that a substance belongs to."""
    kinds = domains(heading.labels[:1])
    return bool(domains(term.labels) & (kinds | {"substance"} if "class" in kinds else kinds))


@cache
def _former() -> Mapping[str, tuple[str, ...]]:
    """Map a MeSH number to those that the same concept had in older editions."""
    columns = ("former", "current", "example")
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("mesh_former.tsv", columns, required=columns):
        found[row.text("current")].append(row.text("former"))
    return {current: tuple(former) for current, former in found.items()}


def by_namespace(curies: Collection[str]) -> list[str]:
    """Sort identifiers, the one that a concept takes for its id first."""
    return sorted(curies, key=_place)


def _place(curie: str) -> int:
    prefix = curie.partition(":")[0]
    return _ID_ORDER.index(prefix) if prefix in _ID_ORDER else len(_ID_ORDER)
