"""HGNC: human genes whose products a drug can act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import drop_reason, values
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.famplex import read_relations
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.names import with_kinds
from monograph_nlp.lexicon.building.tabular import tsv_rows

SOURCE = "hgnc"
_COLUMNS = 13


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield approved genes of the locus types chosen; the symbol is the preferred name."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for space, child, _, parent in read_relations(shelf):
        if space == "HGNC":
            families[child].append(f"fplx:{parent}")
    wanted = values(SOURCE, "locus")
    data, where = shelf.open("hgnc_entries.tsv")
    rows = tsv_rows(data, where, _COLUMNS - 1)  # the last cell is empty for most
    next(rows, None)  # the header
    for _, cells in rows:
        if cells[3] != "Approved":
            tally.drop("symbol or entry withdrawn")
        elif cells[11] not in wanted:
            tally.drop("a locus type that is no drug target")
        else:
            tally.keep()
            yield _entry(cells, tuple(families[cells[1]]))


def _entry(cells: list[str], families: tuple[str, ...]) -> Entry:
    number, symbol, title, _, aliases, _, uniprot = cells[:7]
    names = [
        name for name in (title, *_list(aliases), *_list(cells[9])) if not drop_reason(SOURCE, name)
    ]
    return Entry(
        SOURCE,
        number.lower(),
        ("TARGET",),
        symbol,
        with_kinds(names, symbol),
        tuple(f"uniprot:{accession}" for accession in _list(uniprot)),
        families,
        tags=(cells[11],),
    )


def _list(cell: str) -> list[str]:
    return [part for part in cell.strip().split(", ") if part]
