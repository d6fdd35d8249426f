"""Ontology terms as the JSON exports write them, and walks over their parents."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

import msgspec

from monograph_nlp.lexicon.building.choices import drop_reason, gives
from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.building.names import LONGEST, natural_order, with_kinds


class Link(msgspec.Struct):
    """A cross-reference: the other vocabulary, as the file spells it, and the number there."""

    namespace: str
    id: str


class Node(msgspec.Struct):
    """A term; ``relations`` holds parents under ``is_a`` and other edges under their own names."""

    id: str
    name: str
    namespace: str = ""
    synonyms: list[str] = []
    xrefs: list[Link] = []
    alt_ids: list[str] = []
    relations: dict[str, list[str]] = {}


def entry_of(source: str, node: Node, labels: tuple[str, ...], longest: int = LONGEST) -> Entry:
    """Return a term as an entry, with its parents; by-names longer than ``longest`` are left out."""
    name = natural_order(node.name)
    others = (natural_order(text) for text in node.synonyms if not drop_reason(source, text))
    return Entry(
        source,
        node.id.lower(),
        labels,
        name,
        with_kinds([text for text in others if len(text) <= longest], name),
        curies(source, node.xrefs),
        tuple(parent.lower() for parent in node.relations.get("is_a", ())),
    )


def curies(source: str, links: Iterable[Link]) -> tuple[str, ...]:
    """Return the cross-references into the vocabularies that the source's ``name`` rows list."""
    prefixes = gives(source, "name")
    found = (
        prefixes[link.namespace][0] + link.id.rpartition(":")[2]
        for link in links
        if link.namespace in prefixes
    )
    return tuple(dict.fromkeys(found))


def children_of(nodes: Iterable[Node]) -> Mapping[str, list[str]]:
    """Return id → ids of the terms that are one ``is_a`` step below it."""
    children: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes:
        for parent in node.relations.get("is_a", ()):
            children[parent].append(node.id)
    return children


def below(children: Mapping[str, list[str]], root: str, most: int) -> frozenset[str]:
    """Return the root and the terms at most ``most`` steps below it.

    >>> sorted(below({"a": ["b"], "b": ["c"], "c": ["d"]}, "a", 2))
    ['a', 'b', 'c']
    """
    steps = {root: 0}
    queue = deque([root])
    while queue:
        parent = queue.popleft()
        for child in children.get(parent, ()):
            if child not in steps and steps[parent] < most:
                steps[child] = steps[parent] + 1
                queue.append(child)
    return frozenset(steps)
