"""FamPlex: protein families and complexes, by the names that papers use."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.choices import gives
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.names import with_kinds
from monograph_nlp.lexicon.building.tabular import decode

SOURCE = "famplex"


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield families and complexes; a name that stands for two of them is dropped."""
    names = _names(shelf)
    xrefs = _xrefs(shelf)
    parents: defaultdict[str, list[str]] = defaultdict(list)
    for space, child, _, parent in read_relations(shelf):
        if space == "FPLX":
            parents[child].append(f"fplx:{parent}")
    for _, (entity, *_) in _rows(shelf, "famplex/entities.csv", 1):
        tally.keep()
        title = entity.replace("_", " ")
        yield Entry(
            SOURCE,
            f"fplx:{entity}",
            ("TARGET",),
            title,
            with_kinds(names.get(entity, ()), title),
            tuple(dict.fromkeys(xrefs.get(entity, ()))),
            tuple(parents[entity]),
        )


def read_relations(shelf: Shelf) -> Iterator[tuple[str, str, str, str]]:
    """Yield (vocabulary of the child, child, ``isa`` or ``partof``, family or complex)."""
    for _, (space, child, relation, _, parent, *_) in _rows(shelf, "famplex/relations.csv", 5):
        yield space, child, relation, parent


def _names(shelf: Shelf) -> dict[str, list[str]]:
    bearers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, (text, *grounding) in _rows(shelf, "famplex/grounding_map.csv", 3):
        for space, entity in zip(grounding[::2], grounding[1::2], strict=False):
            if space == "FPLX":
                bearers[text][entity] = None
    names: defaultdict[str, list[str]] = defaultdict(list)
    for text, entities in bearers.items():
        if len(entities) == 1:
            names[next(iter(entities))].append(text)
    return names


def _xrefs(shelf: Shelf) -> dict[str, list[str]]:
    prefixes = gives(SOURCE, "name")
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, (space, number, entity, *_) in _rows(shelf, "famplex/equivalences.csv", 3):
        if space in prefixes:
            found[entity].append(prefixes[space][0] + number.rpartition(":")[2])
    return found


def _rows(shelf: Shelf, ending: str, least: int) -> Iterator[tuple[int, list[str]]]:
    data, where = shelf.open(ending)
    reader = csv.reader(decode(data, where).splitlines())
    for cells in reader:
        if len(cells) < least:
            raise LexiconError(
                f"{where}:{reader.line_num}: {len(cells)} cells; expected at least {least}. "
                "Download the pinned version of the package."
            )
        yield reader.line_num, cells
