"""MeSH headings: chemicals, classes, targets, diseases, findings and effects, told by their trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monograph_nlp.lexicon.building.choices import drop_reason, tree_labels
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.mesh_links import read_links
from monograph_nlp.lexicon.building.names import natural_names, with_kinds
from monograph_nlp.lexicon.building.tabular import tsv_rows

SOURCE = "mesh"


@dataclass(frozen=True, slots=True)
class Heading:
    """A descriptor: its UI, name, entry terms and tree numbers, as the file has them."""

    ui: str
    name: str
    entry_terms: tuple[str, ...]
    trees: tuple[str, ...]


def read_headings(shelf: Shelf) -> tuple[Heading, ...]:
    """Read all descriptors, whatever tree they stand in."""
    data, where = shelf.open("mesh_id_label_mappings.tsv")
    return tuple(
        Heading(ui, name, _parts(terms), _parts(trees))
        for _, (ui, name, terms, trees, *_) in tsv_rows(data, where, 4)
    )


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the headings whose trees give a label."""
    headings = read_headings(shelf)
    at = {tree: heading.ui for heading in headings for tree in heading.trees}
    parents = {tree.rpartition(".")[0] for tree in at}
    links = read_links(shelf)
    for heading in headings:
        labels = tree_labels(SOURCE, heading.trees)
        reason = "" if labels else "no tree that serves the lexicon"
        reason = reason or drop_reason(SOURCE, heading.name)
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        is_parent = not parents.isdisjoint(heading.trees)
        yield _entry(heading, _as_class(heading, labels, is_parent), at, links)


def _entry(
    heading: Heading,
    labels: tuple[str, ...],
    at: Mapping[str, str],
    links: Mapping[str, tuple[str, ...]],
) -> Entry:
    name, others = natural_names(heading.name, heading.entry_terms)
    above = (at.get(tree.rpartition(".")[0], "") for tree in heading.trees)
    return Entry(
        SOURCE,
        f"mesh:{heading.ui}",
        labels,
        name,
        with_kinds(others, name),
        tuple(link for link in links.get(heading.ui, ()) if _fits(link, labels)),
        tuple(dict.fromkeys(f"mesh:{ui}" for ui in above if ui and ui != heading.ui)),
        tags=heading.trees,
    )


def _fits(link: str, labels: tuple[str, ...]) -> bool:
    # A protein that is given as a medicine is linked to the gene it comes from, or acts on.
    return labels == ("TARGET",) or not link.startswith(("hgnc:", "uniprot:"))


def _as_class(heading: Heading, labels: tuple[str, ...], is_parent: bool) -> tuple[str, ...]:
    # A plural heading with narrower ones ("Fluoroquinolones") names a group, never one substance.
    plural = heading.name.partition(",")[0].endswith("s") and not heading.name.endswith(
        ("ss", "us", "is")
    )
    if "DRUG" in labels and plural and is_parent:
        return tuple("DRUG_CLASS" if label == "DRUG" else label for label in labels)
    return labels


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
