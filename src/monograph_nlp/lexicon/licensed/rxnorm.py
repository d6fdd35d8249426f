"""A licensed RxNorm (``RXNCONSO.RRF``, and ``RXNREL.RRF`` beside it) → names of drugs.

Ingredients (IN), their salts (PIN) and combinations (MIN) are concepts; a brand (BN) is a name of the
one ingredient or combination that it stands for, and a concept of its own where that cannot be told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.lexicon.licensed import rrf
from monograph_nlp.lexicon.licensed.files import Layout, find_tables, read_columns
from monograph_nlp.lexicon.licensed.rrf import Atom
from monograph_nlp.lexicon.licensed.vocabulary import Vocabulary
from monograph_nlp.lexicon.licensed.wording import can_find, case_of, is_usable
from monograph_nlp.lexicon.terms import Surface, Term

NAMES = Layout("RXNCONSO.RRF", "|", rrf.NAME_COLUMNS, least=18)
RELATIONS = Layout(
    "RXNREL.RRF",
    "|",
    (
        *("RXCUI1", "RXAUI1", "STYPE1", "REL", "RXCUI2", "RXAUI2", "STYPE2", "RELA", "RUI"),
        *("SRUI", "SAB", "SL", "DIR", "RG", "SUPPRESS", "CVF"),
    ),
    least=16,
)
_OWN = "RXNORM"  # the SAB of the names that RxNorm itself gives
_INGREDIENT, _SALT, _SEVERAL, _BRAND = "IN", "PIN", "MIN", "BN"  # its term types


@dataclass(frozen=True, slots=True)
class _Drugs:
    """RxNorm's own concepts: their names, term types, and the ingredients that they relate to."""

    atoms: Mapping[str, list[Atom]]
    types: Mapping[str, str]
    ingredients: Mapping[str, frozenset[str]]

    def name(self, cui: str) -> str:
        return next(
            a.text for a in self.atoms[cui] if a.source == _OWN and a.type == self.types[cui]
        )

    def of_type(self, *types: str) -> Iterator[str]:
        return (cui for cui, found in self.types.items() if found in types)


def read(path: Path, *, source: str, language: str = rrf.LANGUAGE) -> Vocabulary:
    """Read a folder of RxNorm; ``source`` is the name under which its surfaces go.

    Raises:
        LexiconError: a table is missing or damaged, or nothing is left.
    """
    tables = find_tables(path, "RxNorm", (NAMES.file,), optional=(RELATIONS.file,))
    left_out: Counter[str] = Counter()
    atoms = rrf.gather(
        tables[NAMES.file], NAMES, language=language, keep=lambda _, __: True, left_out=left_out
    )
    types = dict(_types(atoms, left_out))
    related = _ingredients(tables[RELATIONS.file], types) if RELATIONS.file in tables else {}
    surfaces = tuple(_surfaces(_Drugs(atoms, types, related), source))
    if not surfaces:
        raise rrf.nothing_left(tables[NAMES.file], language, left_out)
    return Vocabulary(surfaces, tuple(tables.values()), language, dict(left_out))


def _types(atoms: Mapping[str, list[Atom]], left_out: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield concept → the term type of RxNorm's own name, for substances and brands."""
    for cui, names in atoms.items():
        own = [a.type for a in names if a.source == _OWN and is_usable(a.text)]
        kinds = [t for t in (_INGREDIENT, _SALT, _SEVERAL, _BRAND) if t in own]
        if kinds:
            yield cui, kinds[0]
        else:
            left_out["concepts that are no substance or brand"] += 1


def _ingredients(path: Path, types: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return salt, combination or brand → the ingredients that a relation joins it with.

    The term types say which side is the ingredient, so the direction of a relation is of no account.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, (first, second, suppress) in read_columns(
        path, RELATIONS, "RXCUI1", "RXCUI2", "SUPPRESS"
    ):
        if suppress in ("N", ""):
            for whole, part in ((first, second), (second, first)):
                if types.get(part) == _INGREDIENT and types.get(whole, _INGREDIENT) != _INGREDIENT:
                    found[whole].add(part)
    return {whole: frozenset(parts) for whole, parts in found.items()}


def _surfaces(drugs: _Drugs, source: str) -> Iterator[Surface]:
    owners = _owners_of_brands(drugs)
    brands: defaultdict[str, list[str]] = defaultdict(list)
    for brand, owner in owners.items():
        brands[owner].append(brand)
    for cui in drugs.of_type(_INGREDIENT, _SEVERAL, _SALT):
        names = tuple(drugs.name(brand) for brand in brands[cui])
        term = _term(drugs, cui, names)
        yield from rrf.surfaces(term, drugs.atoms[cui], source=source)
        for brand, name in zip(brands[cui], names, strict=True):
            yield _brand(name, term, source, f"rxnorm:{brand}")
    for cui in drugs.of_type(_BRAND):
        if cui not in owners:
            yield _brand(drugs.name(cui), _term(drugs, cui, ()), source, None)


def _term(drugs: _Drugs, cui: str, brands: tuple[str, ...]) -> Term:
    parts = drugs.ingredients.get(cui, frozenset())
    moiety = f"rxnorm:{min(parts)}" if drugs.types[cui] == _SALT and len(parts) == 1 else None
    xrefs = tuple(
        xref
        for xref in rrf.cross_references(drugs.atoms[cui])
        if xref != f"rxnorm:{cui}"  # the codes of RxNorm's own names are its concepts
    )
    return Term(("DRUG",), drugs.name(cui), f"rxnorm:{cui}", xrefs, brands, moiety)


def _brand(name: str, term: Term, source: str, code: str | None) -> Surface:
    return Surface(
        name, term, "brand", case_of(name, "brand"), source, can_find(name, "brand"), code
    )


def _owners_of_brands(drugs: _Drugs) -> dict[str, str]:
    """Return brand → its only ingredient, or the combination of the very ingredients it has."""
    several = {drugs.ingredients.get(cui, frozenset()): cui for cui in drugs.of_type(_SEVERAL)}
    found = {}
    for brand in drugs.of_type(_BRAND):
        parts = drugs.ingredients.get(brand, frozenset())
        owner = min(parts) if len(parts) == 1 else several.get(parts) if parts else None
        if owner:
            found[brand] = owner
    return found
