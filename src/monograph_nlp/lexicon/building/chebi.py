"""ChEBI: drugs that another source knows too, with their roles, and the roles as classes."""

from __future__ import annotations

from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import chosen, drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.mesh_links import read_links
from monograph_nlp.lexicon.building.names import natural_order
from monograph_nlp.lexicon.building.obo import Node, below, children_of
from monograph_nlp.lexicon.building.tabular import json_value, tsv_rows

SOURCE = "chebi"
_DEEP = 50  # steps; no branch of the roles is as long


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the roles that are drug classes, and the substances that MeSH or DrugBank links to."""
    data, where = shelf.open("chebi.json")
    nodes = json_value(data, where, list[Node])
    roles = _roles(nodes)
    wanted = _wanted(shelf)
    for node in nodes:
        if node.id in roles:
            tally.keep()
            above = tuple(
                parent.lower() for parent in node.relations.get("is_a", ()) if parent in roles
            )
            yield Entry(SOURCE, node.id.lower(), ("DRUG_CLASS",), node.name, broader=above)
        elif wanted.isdisjoint((node.id, *node.alt_ids)):
            tally.drop("no drug source links to it")
        elif reason := drop_reason(SOURCE, node.name):
            tally.drop(reason)
        else:
            tally.keep()
            yield _substance(node, roles)


def _substance(node: Node, roles: frozenset[str]) -> Entry:
    facts = tuple(
        ("class", role.lower(), "") for role in node.relations.get("has_role", ()) if role in roles
    )
    xrefs = tuple(number.lower() for number in node.alt_ids)
    name = natural_order(node.name)
    return Entry(SOURCE, node.id.lower(), ("DRUG",), name, xrefs=xrefs, facts=facts)


def _roles(nodes: list[Node]) -> frozenset[str]:
    children = children_of(nodes)
    taken, left_out = (
        frozenset().union(
            *(below(children, row.text("value"), _DEEP) for row in chosen(SOURCE, kind))
        )
        for kind in ("root", "without")
    )
    return taken - left_out


def _wanted(shelf: Shelf) -> frozenset[str]:
    wanted = {
        curie.upper()
        for links in read_links(shelf).values()
        for curie in links
        if curie.startswith("chebi:")
    }
    data, where = shelf.open("drugbank_mappings.tsv")
    for _, (_, space, target, origin, *_) in tsv_rows(data, where, 4):
        if space == "CHEBI" and origin == "chebi":  # DrugBank's own links have no open terms
            wanted.add(f"CHEBI:{target}")
    return frozenset(wanted)
