"""DrugBank's open names, with the brands and variants of a drug dictionary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from monograph_nlp.lexicon.building.choices import drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.mesh import read_headings
from monograph_nlp.lexicon.building.names import natural_order, with_kinds
from monograph_nlp.lexicon.building.pickles import load_plain
from monograph_nlp.lexicon.building.salts import is_salt
from monograph_nlp.lexicon.building.tabular import tsv_rows
from monograph_nlp.lexicon.building.variants import table, variants_of
from monograph_nlp.rules import Value

SOURCE = "drugbank"
Owners = Mapping[str, frozenset[str]]


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the drugs that have a DrugBank number.

    The dictionary's MeSH numbers are wrong too often to use; a MeSH heading is taken where it, or an
    entry term of it, is the drug's own name.
    """
    owners = _owners(shelf)
    links = _links(shelf)
    data, where = shelf.open("drug_ner_dictionary.pkl.bz2")
    dictionary = load_plain(data, where)
    variants = variants_of(dictionary, "drug", where)
    brands = _brands(dictionary, where)
    seen = set()
    for canonical, about in table(dictionary, "drug_canonical_to_data", where).items():
        number = about.get("drugbank_id") if isinstance(about, dict) else None
        if not isinstance(about, dict) or not isinstance(number, str) or number in seen:
            tally.drop("no DrugBank number" if number is None else "DrugBank number seen before")
            continue
        seen.add(number)
        title = str(about.get("name") or canonical)
        if reason := drop_reason(SOURCE, title):
            tally.drop(reason)
            continue
        tally.keep()
        names = (*links.get(number, {}).get("NAME", ()), *variants.get(canonical, ()))
        yield _entry(number, title, names, links.get(number, {}), owners, brands)
    for number, found in links.items():
        if number in seen or "NAME" not in found:
            continue
        if reason := drop_reason(SOURCE, found["NAME"][0]):
            tally.drop(reason)
        else:
            tally.keep()
            yield _entry(number, found["NAME"][0], found["NAME"], found, owners, brands)


def _entry(
    number: str,
    title: str,
    names: tuple[str, ...],
    links: Mapping[str, tuple[str, ...]],
    owners: Owners,
    brands: frozenset[str],
) -> Entry:
    own = owners.get(title.casefold(), frozenset())
    kept = []
    for name in names:
        bearers = owners.get(name.casefold(), frozenset())
        # A variant that MeSH gives to another concept came in through a wrong MeSH number.
        if not bearers or bearers & own:
            kept.append(natural_order(name))
    chebis = links.get("CHEBI", ())  # several: a salt's or an isomer's among them
    xrefs = tuple(f"chebi:{chebi}" for chebi in chebis if len(chebis) == 1)
    xrefs += tuple(f"mesh:{ui}" for ui in own if len(own) == 1)
    pairs = tuple(
        (name, "brand" if name in brands else "salt" if is_salt(name, title) else kind)
        for name, kind in with_kinds(kept, title)
    )
    facts = tuple(("brand", name, "") for name, kind in pairs if kind == "brand")
    return Entry(SOURCE, f"drugbank:{number}", ("DRUG",), title, pairs, xrefs, facts=facts)


def _owners(shelf: Shelf) -> Owners:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for heading in read_headings(shelf):
        for name in (heading.name, *heading.entry_terms):
            owners[name.casefold()].add(heading.ui)
    data, where = shelf.open("mesh_supp_id_label_mappings.tsv")
    for _, (ui, name, terms, *_) in tsv_rows(data, where, 4):
        for text in (name, *terms.split("|")):
            owners[text.casefold()].add(ui)
    return {name: frozenset(uis) for name, uis in owners.items()}


def _links(shelf: Shelf) -> dict[str, dict[str, tuple[str, ...]]]:
    # Of the numbers, only ChEBI's own statements have open terms; the names are the open vocabulary.
    links: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    data, where = shelf.open("drugbank_mappings.tsv")
    for _, (number, space, target, origin, *_) in tsv_rows(data, where, 4):
        if space == "NAME" or (space == "CHEBI" and origin == "chebi"):
            links[number][space] = (*links[number].get(space, ()), target)
    return dict(links)


def _brands(dictionary: Value, where: str) -> frozenset[str]:
    rows = table(dictionary, "drug_variant_to_variant_data", where)
    return frozenset(
        name for name, about in rows.items() if isinstance(about, dict) and about.get("is_brand")
    )
