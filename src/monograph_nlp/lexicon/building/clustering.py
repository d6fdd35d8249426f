"""Which entries of different sources speak of the same concept.

Two entries join when one bears the other's preferred name, nobody else in either source bears it, and
nothing speaks against it: no two identifiers of one namespace, no gene with a substance. A
cross-reference alone does not join (ontologies use it for "roughly the same" too); a
cross-reference with a name in common does, whoever else bears the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.spelling import fold

key_of = cache(fold)  # each name is asked for several times

_WEAK = frozenset({"brand", "code", "abbreviation", "salt"})  # kinds that prove no identity
_DOMAINS = {
    "DRUG": "substance",
    "CHEMICAL": "substance",
    "TARGET": "protein",
    "CONDITION": "finding",
    "ADVERSE_EVENT": "finding",
    "DRUG_CLASS": "class",
    "MECHANISM": "process",
}

SOURCE_DOMAINS = frozenset(_DOMAINS.values())


def cluster(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Return the groups of entries that are one concept, in the order of their first entries."""
    groups = _Groups(entries)
    names = [_names(entry) for entry in entries]
    bearers = _bearers(entries, names)
    by_id = {entry.id: number for number, entry in enumerate(entries) if entry.id}
    # The surest evidence first: what joins later may not undo it.
    for number, entry in enumerate(entries):
        if entry.id:
            groups.join(by_id[entry.id], number)
    for number in range(len(entries)):
        for other in _alone(entries, number, bearers, preferred=True):
            groups.join(number, other)
    for number, entry in enumerate(entries):
        for other in _referenced(entry, by_id):
            if names[number] & names[other]:
                groups.join(number, other)
    pairs = (
        (number, other)
        for number in range(len(entries))
        for other in _alone(entries, number, bearers, preferred=False)
    )
    for number, other in sorted(pairs, key=lambda pair: -len(names[pair[0]] & names[pair[1]])):
        groups.join(number, other)
    return groups.members()


def domain(entry: Entry) -> str:
    """Return the kind of thing that an entry is; a protein drug counts as a substance."""
    return _DOMAINS[entry.labels[0]]


def domains(labels: Iterable[str]) -> frozenset[str]:
    """Return the kinds of thing that labels speak of; a label that no source has stands for itself."""
    return frozenset(_DOMAINS.get(label, label) for label in labels)


def _names(entry: Entry) -> frozenset[str]:
    strong = (text for text, kind in entry.names if kind not in _WEAK)
    return frozenset(key for text in (entry.name, *strong) if len(key := key_of(text)) > 2)


def _bearers(
    entries: Sequence[Entry], names: Sequence[frozenset[str]]
) -> Mapping[tuple[str, str], Mapping[str, list[int]]]:
    """Map domain and key → source → the entries that bear the key."""
    found: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (entry, keys) in enumerate(zip(entries, names, strict=True)):
        for key in keys:
            found[domain(entry), key][entry.source].append(number)
    return found


def _referenced(entry: Entry, by_id: Mapping[str, int]) -> Iterator[int]:
    for curie in entry.xrefs:
        other = by_id.get(curie)
        if other is not None:
            yield other


def _alone(
    entries: Sequence[Entry],
    number: int,
    bearers: Mapping[tuple[str, str], Mapping[str, list[int]]],
    *,
    preferred: bool,
) -> Iterator[int]:
    """Yield the entries of other sources that alone bear an entry's preferred name.

    With ``preferred`` it is their preferred name too; without, one of their names, and no other entry
    of either source bears it.
    """
    entry = entries[number]
    key = key_of(entry.name)
    by_source = bearers.get((domain(entry), key), {})
    for source, others in by_source.items():
        found = [n for n in others if not preferred or key_of(entries[n].name) == key]
        if source == entry.source and found != [number]:
            return
    for source, others in by_source.items():
        found = [n for n in others if not preferred or key_of(entries[n].name) == key]
        if source != entry.source and len(found) == 1:
            yield found[0]


class _Groups:
    """Union-find over entries; a join that would put two ids of a namespace together is refused."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._parent = list(range(len(entries)))
        self._ids = [{_prefix(entry.id): entry.id} if entry.id else {} for entry in entries]
        self._domains = [domain(entry) for entry in entries]

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        if first == second or self._domains[first] != self._domains[second]:
            return
        a, b = self._ids[first], self._ids[second]
        if any(a[prefix] != b[prefix] for prefix in a.keys() & b.keys()):
            return
        self._parent[second] = first
        self._ids[first] = a | b

    def members(self) -> list[tuple[Entry, ...]]:
        found: dict[int, list[Entry]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            found[self._root(number)].append(entry)
        return [tuple(found[root]) for root in sorted(found)]

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number


def _prefix(curie: str) -> str:
    return curie.partition(":")[0]


def identifiers(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the ids of a group and what it refers to, its own first, each once.

    A reference into a namespace where the group has an id of its own is left out: the id is the
    better witness.
    """
    entries = tuple(entries)
    own = dict.fromkeys(entry.id for entry in entries if entry.id)
    prefixes = {_prefix(curie) for curie in own}
    others = (x for entry in entries for x in entry.xrefs if _prefix(x) not in prefixes)
    return (*own, *dict.fromkeys(others))
