"""MeSH supplementary records: substances and rare diseases below the headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monograph_nlp.lexicon.building.choices import drop_reason, gives
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.mesh import read_headings
from monograph_nlp.lexicon.building.mesh_links import read_links
from monograph_nlp.lexicon.building.names import LONGEST, natural_names, with_kinds
from monograph_nlp.lexicon.building.tabular import tsv_rows

SOURCE = "mesh_supplement"
_LONGEST = 60  # characters of a substance; most longer names are systematic ones


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield substances (mapped to a D heading, or to none) and diseases (to a C heading)."""
    tops = {
        heading.ui: frozenset(tree[0] for tree in heading.trees) for heading in read_headings(shelf)
    }
    links = read_links(shelf)
    data, where = shelf.open("mesh_supp_id_label_mappings.tsv")
    for _, (ui, name, terms, mapped, *_) in tsv_rows(data, where, 4):
        above = [part.lstrip("*") for part in mapped.split(",") if part]
        labels = _labels(above, tops)
        reason = "" if labels else "no tree that serves the lexicon"
        reason = reason or _left_out(labels, name)
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        yield _entry(ui, labels, name, terms, above, links)


def _entry(
    ui: str,
    labels: tuple[str, ...],
    name: str,
    terms: str,
    above: list[str],
    links: Mapping[str, tuple[str, ...]],
) -> Entry:
    kept = [term for term in terms.split("|") if term and not _left_out(labels, term)]
    preferred, others = natural_names(name, kept)
    broader = tuple(f"mesh:{part}" for part in above)
    names = with_kinds(others, preferred)
    # Protein records stay out, so a gene here would be the target's, not the substance's.
    xrefs = tuple(link for link in links.get(ui, ()) if not link.startswith(("hgnc:", "uniprot:")))
    return Entry(SOURCE, f"mesh:{ui}", labels, preferred, names, xrefs, broader)


def _left_out(labels: tuple[str, ...], name: str) -> str:
    if "DRUG" not in labels:
        return "name too long" if len(name) > LONGEST else ""
    return drop_reason(SOURCE, name) or ("name too long" if len(name) > _LONGEST else "")


def _labels(above: list[str], tops: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    trees: frozenset[str] = frozenset().union(*(tops.get(ui, frozenset()) for ui in above))
    rows = gives(SOURCE, "tree")
    return next((labels for tree, labels in rows.items() if tree in trees), ())
