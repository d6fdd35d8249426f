"""Guide to Pharmacology: ligands with their targets and actions. Share-alike: kept in a file of its own."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from monograph_nlp.lexicon.building.choices import drop_reason, gives, values
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.names import natural_order, with_kinds
from monograph_nlp.lexicon.building.tabular import csv_rows

SOURCE = "guide_to_pharmacology"
_MARKUP = re.compile(r"</?\w+>")
# More targets than this, none of them called primary, come from a screen and not from pharmacology.
_MOST = 5
_LIGAND_COLUMNS = ("Ligand id", "Name", "Type", "Approved", "INN", "Synonyms", "UniProt id")
_TARGET_COLUMNS = ("Target id", "Target name", "synonyms", "HGNC id", "Human SwissProt", "Type")
_FACT_COLUMNS = (
    "target_id", "target_ligand", "target_ligand_gene_symbol", "target_species",
    "ligand_id", "type", "action", "primary_target",
)  # fmt: skip
Fact = tuple[str, str, str]


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the targets, and the ligands that are approved or have an INN."""
    targets = _targets(shelf)
    yield from targets.values()
    facts = _facts(shelf, targets)
    data, where = shelf.open("ligands.csv")
    for row in csv_rows(data, where, _LIGAND_COLUMNS):
        if not row["Approved"] and not row["INN"]:
            tally.drop("neither approved nor with an INN")
            continue
        tally.keep()
        yield _ligand(row, facts.get(row["Ligand id"], ()))


def _ligand(row: Mapping[str, str], facts: tuple[Fact, ...]) -> Entry:
    name = _plain(row["INN"]) or _plain(row["Name"])
    given = [_plain(row["Name"]), *map(_plain, row["Synonyms"].split("|"))]
    others = [natural_order(text) for text in given if not drop_reason(SOURCE, text)]
    names = tuple(
        (text.rstrip("®™ "), "brand" if text.endswith(("®", "™")) else kind)
        for text, kind in with_kinds(others, name)
    )
    brands = tuple(("brand", text, "") for text, kind in names if kind == "brand")
    tags = (("approved",) if row["Approved"] else ()) + (("INN",) if row["INN"] else ())
    number = f"iuphar.ligand:{row['Ligand id']}"
    return Entry(
        SOURCE, number, ("DRUG",), name, names, facts=facts + brands, tags=(row["Type"], *tags)
    )


def _targets(shelf: Shelf) -> dict[str, Entry]:
    rows: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    data, where = shelf.open("targets_and_families.csv")
    for row in csv_rows(data, where, _TARGET_COLUMNS):
        rows[row["Target id"]].append(row)
    return {number: _target(number, found) for number, found in rows.items() if number}


def _target(number: str, rows: list[Mapping[str, str]]) -> Entry:
    first = rows[0]
    name = _plain(first["Target name"])
    names = with_kinds(map(_plain, first["synonyms"].split("|")), name)
    genes = [gene for row in rows for gene in row["HGNC id"].split("|") if gene]
    proteins = [protein for row in rows for protein in row["Human SwissProt"].split("|") if protein]
    xrefs = [f"hgnc:{gene}" for gene in genes] + [f"uniprot:{protein}" for protein in proteins]
    return Entry(
        SOURCE,
        f"iuphar.receptor:{number}",
        ("TARGET",),
        name,
        names,
        tuple(dict.fromkeys(xrefs)),
        tags=(first["Type"],),
    )


def _facts(shelf: Shelf, targets: Mapping[str, Entry]) -> dict[str, tuple[Fact, ...]]:
    primary: defaultdict[str, dict[Fact, None]] = defaultdict(dict)
    every: defaultdict[str, dict[Fact, None]] = defaultdict(dict)
    actions = gives(SOURCE, "action")
    species = values(SOURCE, "tag")
    data, where = shelf.open("interactions.csv")
    for row in csv_rows(data, where, _FACT_COLUMNS):
        if row["target_species"] not in species:
            continue
        target = _curie(row, targets)
        if not target:
            continue
        fact = ("target", target, _action(row, actions))
        every[row["ligand_id"]][fact] = None
        if row["primary_target"] == "t":
            primary[row["ligand_id"]][fact] = None
    chosen = {ligand: primary.get(ligand) or facts for ligand, facts in every.items()}
    return {
        ligand: tuple(facts)
        for ligand, facts in chosen.items()
        if ligand in primary or len(facts) <= _MOST
    }


def _curie(row: Mapping[str, str], targets: Mapping[str, Entry]) -> str:
    target = targets.get(row["target_id"])
    if target is None:  # an antibody against another ligand: "TNF"
        return row["target_ligand_gene_symbol"] or _plain(row["target_ligand"])
    genes = [xref for xref in target.xrefs if xref.startswith("hgnc:")]
    return genes[0] if len(genes) == 1 else target.id


def _action(row: Mapping[str, str], actions: Mapping[str, tuple[str, ...]]) -> str:
    # The pair of type and action first ("Agonist/Inverse agonist"), then the type alone.
    for key in (f"{row['type']}/{row['action']}", row["type"]):
        if key in actions:
            return actions[key][0]
    return ""


def _plain(text: str) -> str:
    return _MARKUP.sub("", html.unescape(text)).replace(" ®", "®").strip()
