"""A licensed UMLS (``MRCONSO.RRF``, and ``MRSTY.RRF`` beside it) → names of its concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from monograph_nlp.lexicon.licensed import rrf
from monograph_nlp.lexicon.licensed.files import Layout, find_tables, read_columns
from monograph_nlp.lexicon.licensed.rrf import Atom
from monograph_nlp.lexicon.licensed.vocabulary import Vocabulary
from monograph_nlp.lexicon.licensed.wording import is_usable
from monograph_nlp.lexicon.terms import Surface, Term
from monograph_nlp.rules import read_table

RULES = "umls_semantic_types.tsv"
RULE_COLUMNS = ("type", "meaning", "labels", "find", "example")
NAMES = Layout("MRCONSO.RRF", "|", rrf.NAME_COLUMNS, least=18)
TYPES = Layout("MRSTY.RRF", "|", ("CUI", "TUI", "STN", "STY", "ATUI", "CVF"), least=6)


def read(
    path: Path, *, source: str, language: str = rrf.LANGUAGE, vocabularies: Collection[str] = ()
) -> Vocabulary:
    """Read a folder of the Metathesaurus; ``source`` is the name under which its surfaces go.

    A concept's label follows from its semantic types; where there is no ``MRSTY.RRF``, from the first
    of its sources that has but one kind of concepts. Concepts without a label are left out.

    Args:
        path: the folder with the tables, or the one above it.
        source: the vocabulary's name among those added.
        language: the LAT of names to take.
        vocabularies: the SABs to take names from; empty for all.

    Raises:
        LexiconError: a table is missing or damaged, or nothing is left.
    """
    tables = find_tables(path, "UMLS", (NAMES.file,), optional=(TYPES.file,))
    labelled = _labels_by_type(tables[TYPES.file]) if TYPES.file in tables else None
    left_out: Counter[str] = Counter()

    def keep(cui: str, vocabulary: str) -> bool:
        return (labelled is None or cui in labelled) and (
            not vocabularies or vocabulary in vocabularies
        )

    found = rrf.gather(tables[NAMES.file], NAMES, language=language, keep=keep, left_out=left_out)
    surfaces = tuple(_surfaces(found, labelled, source, left_out))
    if not surfaces:
        raise rrf.nothing_left(tables[NAMES.file], language, left_out)
    return Vocabulary(surfaces, tuple(tables.values()), language, dict(left_out))


def _surfaces(
    found: Mapping[str, list[Atom]],
    labelled: Mapping[str, int] | None,
    source: str,
    left_out: Counter[str],
) -> Iterator[Surface]:
    for cui, atoms in found.items():
        labels, finds = _by_source(atoms) if labelled is None else _rules()[labelled[cui]][1:]
        name = next((atom.text for atom in atoms if atom.preferred), atoms[0].text)
        if not labels or not is_usable(name):
            left_out["concepts without a label or a name of use"] += 1
            continue
        term = Term(labels, name, f"umls:{cui}", rrf.cross_references(atoms), ())
        yield from rrf.surfaces(term, atoms, source=source, finds=finds)


def _labels_by_type(path: Path) -> dict[str, int]:
    """Return concept → the number of the first row that fits one of its semantic types."""
    numbers = {tui: number for number, (tui, _, _) in enumerate(_rules())}
    found: dict[str, int] = {}
    for _, (cui, tui) in read_columns(path, TYPES, "CUI", "TUI"):
        number = numbers.get(tui)
        if number is not None:
            found[cui] = min(number, found.get(cui, number))
    return found


def _by_source(atoms: list[Atom]) -> tuple[tuple[str, ...], bool]:
    labels = (rrf.labels_by_source(atom.source) for atom in atoms)
    return next((found for found in labels if found), ()), True


@cache
def _rules() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    rows = read_table(RULES, RULE_COLUMNS, required=RULE_COLUMNS, choices={"find": ("yes", "no")})
    return tuple((row.text("type"), row.texts("labels"), row.text("find") == "yes") for row in rows)
