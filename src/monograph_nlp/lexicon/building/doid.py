"""Disease Ontology: names of diseases and their links to MeSH and ICD-10-CM."""

from __future__ import annotations

from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.obo import Node, entry_of
from monograph_nlp.lexicon.building.tabular import json_value

SOURCE = "doid"
LABELS = ("CONDITION", "ADVERSE_EVENT")


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield all diseases; the export holds no obsolete ones."""
    data, where = shelf.open("doid.json")
    for node in json_value(data, where, list[Node]):
        reason = drop_reason(SOURCE, node.name)
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        yield entry_of(SOURCE, node, LABELS)
