"""MeSH → ChEBI, UniProt, HGNC, DOID and GO: stated links, and those that a shared number proves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from monograph_nlp.lexicon.building.choices import gives
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.tabular import tsv_rows

SOURCE = "mesh"


def read_links(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """Return MeSH UI → CURIEs of the same concept in other vocabularies."""
    links = _stated(shelf)
    cas = _pairs(shelf, "mesh_cas_mappings.tsv"), _pairs(shelf, "cas_to_chebi.tsv")
    compound = (
        [(ui, number) for number, ui in _pairs(shelf, "pubchem_mesh_map.tsv")],
        [(number, chebi) for chebi, number in _pairs(shelf, "chebi_to_pubchem.tsv")],
    )
    for left, right in (cas, compound):
        for ui, chebi in _joined(left, right):
            if not any(link.startswith("chebi:") for link in links[ui]):
                links[ui][f"chebi:{chebi}"] = None
    return {ui: tuple(found) for ui, found in links.items() if found}


def _stated(shelf: Shelf) -> defaultdict[str, dict[str, None]]:
    # Mappings by name: one that a second concept shares would make two concepts one.
    prefixes = gives(SOURCE, "name")
    data, where = shelf.open("mesh_mappings.tsv")
    pairs = [
        (ui, prefixes[space][0] + target.rpartition(":")[2])
        for _, (_, ui, _, space, target, *_) in tsv_rows(data, where, 6)
        if space in prefixes
    ]
    taken = _by_second(pairs)
    links: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for ui, curie in pairs:
        if len(taken[curie]) == 1:
            links[ui][curie] = None
    return links


def _pairs(shelf: Shelf, ending: str) -> list[tuple[str, str]]:
    data, where = shelf.open(ending)
    return [(cells[0], cells[1]) for _, cells in tsv_rows(data, where, 2)]


def _joined(
    left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    # A number that several share on either side proves nothing.
    left, right = list(left), list(right)
    owners, sharers = _by_second(left), _by_first(right)
    numbers, others = _by_first(left), _by_second(right)
    for ui, number in left:
        targets = sharers.get(number, ())
        if len(owners[number]) == len(numbers[ui]) == len(targets) == 1:
            (target,) = targets
            if len(others[target]) == 1:
                yield ui, target


def _by_first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return found


def _by_second(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    return _by_first((second, first) for first, second in pairs)
