"""Entries of all sources and the curated rows → the names of the lexicon, best first.

A curated row and the entries that share an identifier with it become one concept, with the row's name. A
name that a curated row bears belongs to that row alone. Salts and hydrates without a MeSH descriptor of
their own fold into their active moiety; each name keeps its own code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from monograph_nlp.lexicon.building.anchoring import anchor
from monograph_nlp.lexicon.building.clustering import (
    SOURCE_DOMAINS,
    cluster,
    domain,
    domains,
    identifiers,
    key_of,
)
from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.building.identities import (
    Group,
    by_namespace,
    in_mesh,
    with_mesh,
    without_narrower,
)
from monograph_nlp.lexicon.building.naming import Policy, policy
from monograph_nlp.lexicon.terms import Kind, Surface, Term
from monograph_nlp.rules import read_table

# Whose preferred name a concept takes: the register of substances knows the INN.
_NAME_ORDER = (
    "unii",
    "drugbank",
    "hgnc",
    "mesh",
    "mondo",
    "doid",
    "disease_names",
    "chebi",
    "famplex",
    "go",
    "mesh_supplement",
    "icd10cm",
)
# Whose by-names are trusted more, where several concepts bear one name.
_TRUST_ORDER = ("mesh", "hgnc", "disease_names", "mondo", "unii", "doid", "drugbank", "chebi")
_KIND_ORDER = ("name", "synonym", "brand", "lay", "foreign", "abbreviation", "code", "salt")


@dataclass(frozen=True, slots=True)
class Merged:
    """The names in rank order, how many were dropped and why, and each entry's concept."""

    surfaces: tuple[Surface, ...]
    dropped: Mapping[tuple[str, str], int]  # source and reason → names
    concepts: Mapping[Entry, Term]  # what each entry went into


def merge(
    entries: Sequence[Entry], curated: Sequence[Surface], ordinary: Mapping[str, int]
) -> Merged:
    """Merge entries with curated rows; ``ordinary`` maps English words in lower case to their rank."""
    groups = [group for group in cluster(without_narrower(entries)) if not _is_only_named(group)]
    headings = in_mesh(groups)
    anchors = anchor(curated, groups, headings)
    curated = [replace(s, term=anchors.enriched.get(s.term, s.term)) for s in curated]
    numbers = {e.id: number for number, group in enumerate(groups) for e in group if e.id}
    moieties = _moieties(groups, numbers, set(anchors.of_group))
    folded: dict[int, list[Group]] = defaultdict(list)
    for number, base in moieties.items():
        folded[base].append(groups[number])
    terms = [
        anchors.of_group.get(number) or with_mesh(_term(group, folded[number]), headings)
        for number, group in enumerate(groups)
    ]
    terms = [
        term if number in anchors.of_group else _with_moiety(term, groups[number], terms, numbers)
        for number, term in enumerate(terms)
    ]
    dropped: Counter[tuple[str, str]] = Counter()
    owned = _owned(curated)
    ranked: list[tuple[tuple[int, ...], Surface]] = []
    for number, group in enumerate(groups):
        term, is_salt = terms[moieties.get(number, number)], number in moieties
        for order, surface in _surfaces(group, term, is_salt, ordinary, dropped):
            if _is_owned(surface, owned):
                dropped[surface.source, "a curated row bears the name"] += 1
            else:
                ranked.append(((*order, number), surface))
    ranked.sort(key=lambda pair: pair[0])
    concepts = {  # of every entry that has one
        entry: terms[moieties.get(number, number)]
        for number, group in enumerate(groups)
        for entry in group
    }
    return Merged((*curated, *(surface for _, surface in ranked)), dropped, concepts)


def _is_only_named(group: Group) -> bool:
    """Whether ChEBI alone knows a substance: it gives names and roles to those of other sources."""
    return {entry.source for entry in group} == {"chebi"} and domain(group[0]) == "substance"


def _term(group: Group, salts: Sequence[Group]) -> Term:
    first, *rest = by_namespace(identifiers(group)) or [""]
    best = min(group, key=lambda entry: _place(_NAME_ORDER, entry.source))
    return Term(_labels(group, salts), best.name, first or None, tuple(rest), ())


def _with_moiety(
    term: Term, group: Group, terms: Sequence[Term], numbers: Mapping[str, int]
) -> Term:
    """Name the active moiety of a salt or an ester that keeps a concept of its own."""
    salts = (entry for entry in group if entry.source == "unii")
    bases = [terms[numbers[x]].id for entry in salts for x in entry.broader if x in numbers]
    own = {curie for curie in (term.id, *term.xrefs) if curie}
    moiety = next((base for base in bases if base and base not in own), None)
    return replace(term, moiety=moiety) if moiety else term


def _labels(group: Group, salts: Sequence[Group]) -> tuple[str, ...]:
    """Return the labels of all entries; a substance is a CHEMICAL unless a list of medicines has it.

    Its salts count: for many medicines the lists name the hydrochloride alone.
    """
    labels = tuple(dict.fromkeys(label for entry in group for label in entry.labels))
    entries = (entry for one in (group, *salts) for entry in one)
    if any(tag in _medicine_tags() for entry in entries for tag in (entry.source, *entry.tags)):
        return labels
    return tuple("CHEMICAL" if label == "DRUG" else label for label in labels)


@cache
def _medicine_tags() -> frozenset[str]:
    rows = read_table("medicine_tags.tsv", ("tag", "note", "example"), required=("tag", "example"))
    return frozenset(row.text("tag") for row in rows)


def _place(order: Sequence[str], item: str) -> int:
    return order.index(item) if item in order else len(order)


def _moieties(
    groups: Sequence[Group], numbers: Mapping[str, int], anchored: Collection[int]
) -> dict[int, int]:
    """Map the groups that fold into an active moiety to the moiety's group."""
    found: dict[int, int] = {}
    for number, group in enumerate(groups):
        if domain(group[0]) != "substance" or number in anchored:
            continue
        if any(entry.id.startswith("mesh:D") for entry in group):
            continue
        salts = (entry for entry in group if entry.source == "unii")
        bases = [numbers[x] for entry in salts for x in entry.broader if x in numbers]
        if bases and bases[0] != number:
            found[number] = bases[0]
    ends = {number: _end(number, found) for number in found}
    return {number: end for number, end in ends.items() if end is not None}


def _end(number: int, bases: Mapping[int, int]) -> int | None:
    """Follow a hydrate of a salt of an acid to the end; a circle has none."""
    seen = {number}
    while number in bases:
        number = bases[number]
        if number in seen:
            return None
        seen.add(number)
    return number


def _surfaces(
    group: Group,
    term: Term,
    is_salt: bool,
    ordinary: Mapping[str, int],
    dropped: Counter[tuple[str, str]],
) -> Iterator[tuple[tuple[int, ...], Surface]]:
    """Yield the names that may be used, with their order among all names."""
    for place, entry in enumerate(group):
        names = tuple(_named(entry, is_salt))
        asked = replace(entry, labels=term.labels)
        links = _links(names, asked, ordinary)
        for text, kind in names:
            one = policy(text, kind, asked, ordinary)
            if one.use == "spot":
                one = links.get(key_of(text), one)
            if one.use == "drop" or not key_of(text):
                dropped[entry.source, one.row or "no letters"] += 1
                continue
            order = (
                one.use != "spot",
                _place(_KIND_ORDER, kind),
                _place(_TRUST_ORDER, entry.source),
                place,
            )
            code = entry.id if entry.id and entry.id != term.id else None
            yield order, Surface(text, term, kind, one.case, entry.source, one.use == "spot", code)


def _named(entry: Entry, is_salt: bool) -> Iterator[tuple[str, Kind]]:
    for text, kind in ((entry.name, "name"), *entry.names):
        yield text, "salt" if is_salt and kind in ("name", "synonym") else cast(Kind, kind)


def _links(
    names: Sequence[tuple[str, Kind]], entry: Entry, ordinary: Mapping[str, int]
) -> dict[str, Policy]:
    """Return the keys that may only link: what holds for one spelling or number holds for all."""
    decided = ((key_of(text), policy(text, kind, entry, ordinary)) for text, kind in names)
    return {key: one for key, one in decided if one.use == "link"}


def _owned(curated: Sequence[Surface]) -> Mapping[str, frozenset[str]]:
    """Map the key of each curated name of any case to the kinds of thing that it decides on."""
    found: dict[str, set[str]] = defaultdict(set)
    for surface in curated:
        if surface.case == "any":
            kinds = domains(surface.term.labels)
            # What no source has (a TEST, a POPULATION) is no finding; creatinine is a substance, too.
            found[key_of(surface.text)].update(kinds if kinds & SOURCE_DOMAINS else {"finding"})
    return {key: frozenset(kinds) for key, kinds in found.items()}


def _is_owned(surface: Surface, owned: Mapping[str, frozenset[str]]) -> bool:
    return not domains(surface.term.labels).isdisjoint(owned.get(key_of(surface.text), ()))
