"""Gene Ontology: processes that a drug sets off or stops."""

from __future__ import annotations

from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import chosen, drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.obo import Node, below, children_of, entry_of
from monograph_nlp.lexicon.building.tabular import json_value

SOURCE = "go"
LABELS = ("MECHANISM",)
_LONGEST = 60  # characters; longer names are definitions


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the processes near the roots that the table of choices lists."""
    data, where = shelf.open("go.json")
    nodes = json_value(data, where, list[Node])
    wanted = _wanted(nodes)
    for node in nodes:
        reason = "" if node.id in wanted else "outside the subtrees taken"
        reason = reason or drop_reason(SOURCE, node.name)
        reason = reason or ("name too long" if len(node.name) > _LONGEST else "")
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        yield entry_of(SOURCE, node, LABELS, _LONGEST)


def _wanted(nodes: list[Node]) -> frozenset[str]:
    children = children_of(nodes)
    subtrees = (
        below(children, row.text("value"), int(row.number("gives", 0)))
        for row in chosen(SOURCE, "root")
    )
    return frozenset().union(*subtrees)
