"""Approved oncology biologics and targeted drugs with their antigens and genes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import chosen, drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.tabular import csv_rows

SOURCE = "oncology"
_KEY_COLUMNS = ("symbol", "role", "agent", "phase")
_APPROVED = ("approved", "off_label")


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield drugs by name, without an identifier: merging finds them in the other sources."""
    for row in chosen(SOURCE, "name"):
        yield from _listed(shelf, tally, row.text("value"), row.texts("gives"))
    yield from _agents(shelf, tally)


def _listed(shelf: Shelf, tally: Tally, ending: str, columns: tuple[str, ...]) -> Iterator[Entry]:
    # A row of choices names a table's columns: drug, brand (or "-"), then those that hold targets.
    drug, brand, *targets = columns
    data, where = shelf.open(ending)
    needed = [name for name in columns if name != "-"]
    for row in csv_rows(data, where, needed):
        tally.keep()
        symbols = [symbol for name in targets for symbol in row[name].split(";") if symbol]
        yield _entry(row[drug], symbols, row.get(brand, ""))


def _agents(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    # The table lists genes of tumours; a drug under several genes ("pembrolizumab" under PD-1 and
    # PD-L1) does not tell which of them it acts on.
    data, where = shelf.open("cancer-key-genes.csv")
    genes: defaultdict[str, set[str]] = defaultdict(set)
    phases: defaultdict[str, set[str]] = defaultdict(set)
    for row in csv_rows(data, where, _KEY_COLUMNS):
        if row["role"] != "target":
            tally.drop("a marker, no drug's target")
            continue
        genes[row["agent"]].add(row["symbol"])
        phases[row["agent"]].add(row["phase"])
    for agent, symbols in genes.items():
        reason = drop_reason(SOURCE, agent)
        reason = reason or ("not approved" if phases[agent].isdisjoint(_APPROVED) else "")
        reason = reason or ("listed under several genes or none" if not _single(symbols) else "")
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        yield _entry(agent, sorted(symbols), "")


def _single(symbols: set[str]) -> bool:
    return len(symbols) == 1 and "" not in symbols


def _entry(drug: str, symbols: list[str], brand: str) -> Entry:
    name = re.sub(r"\s*\([^)]*\)$", "", drug.strip())
    brands = [part.strip() for part in brand.split(";") if part.strip()]
    facts = [("target", symbol.strip(), "") for symbol in symbols]
    facts += [("brand", text, "") for text in brands]
    names = tuple((text, "brand") for text in brands)
    return Entry(SOURCE, "", ("DRUG",), name, names, facts=tuple(facts))
