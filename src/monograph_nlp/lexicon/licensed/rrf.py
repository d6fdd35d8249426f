"""What RxNorm's and the UMLS' tables have in common: names (atoms), gathered by concept.

Layouts: Rich Release Format, RxNorm Technical Documentation and UMLS Reference Manual, U.S. National
Library of Medicine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed.files import Layout, problem, read_columns
from monograph_nlp.lexicon.licensed.wording import can_find, case_of, is_usable
from monograph_nlp.lexicon.postings import MOST_TERMS
from monograph_nlp.lexicon.terms import Kind, Surface, Term
from monograph_nlp.rules import read_table

NAME_COLUMNS = (
    *("CUI", "LAT", "TS", "LUI", "STT", "SUI", "ISPREF", "AUI", "SAUI", "SCUI", "SDUI", "SAB"),
    *("TTY", "CODE", "STR", "SRL", "SUPPRESS", "CVF"),
)
TYPES = "rrf_term_types.tsv"
TYPE_COLUMNS = ("type", "meaning", "kind", "use", "example")
SOURCES = "rrf_sources.tsv"
SOURCE_COLUMNS = ("source", "prefix", "pattern", "labels", "example")
LANGUAGE = "ENG"


@dataclass(frozen=True, slots=True)
class Atom:
    """One name of a concept in one of its source vocabularies."""

    source: str  # SAB
    type: str  # TTY
    code: str
    text: str
    preferred: bool  # the Metathesaurus names the concept so


def gather(
    path: Path,
    layout: Layout,
    *,
    language: str,
    keep: Callable[[str, str], bool],
    left_out: Counter[str],
) -> dict[str, list[Atom]]:
    """Return concept → its names, in the order of the file, without what is suppressed.

    Args:
        path: RXNCONSO.RRF or MRCONSO.RRF.
        layout: its layout, of ``NAME_COLUMNS``.
        language: the LAT of names to take, e.g. ``ENG``.
        keep: whether to take the names that a concept (first) has in a source (second).
        left_out: is told how many rows were left out, and why.

    Raises:
        LexiconError: the table is damaged, has no name that may be kept, or too many concepts.
    """
    found: dict[str, list[Atom]] = {}
    wanted = ("CUI", "LAT", "SAB", "TTY", "CODE", "STR", "SUPPRESS", "TS", "STT", "ISPREF")
    for _, (cui, lat, sab, tty, code, text, suppress, *preference) in read_columns(
        path, layout, *wanted
    ):
        if reason := _reason(lat != language, suppress not in ("N", ""), not keep(cui, sab)):
            left_out[reason] += 1
            continue
        if cui not in found and len(found) == MOST_TERMS:
            raise _too_many(path)
        is_preferred = preference == ["P", "PF", "Y"]
        found.setdefault(cui, []).append(Atom(sab, tty, code, text, is_preferred))
    if not found:
        raise nothing_left(path, language, left_out)
    return found


def surfaces(
    term: Term, atoms: Iterable[Atom], *, source: str, finds: bool = True
) -> Iterator[Surface]:
    """Yield the names of a concept, preferred name first; ``finds``: may they find mentions?"""
    yield _surface(term.name, term, "name", source, finds)
    for atom in atoms:
        kind, use = use_of(atom.type)
        if use != "none" and atom.text != term.name and is_usable(atom.text):
            kind = "synonym" if kind == "name" else kind
            yield _surface(atom.text, term, kind, source, finds and use == "find")


def _surface(text: str, term: Term, kind: Kind, source: str, finds: bool) -> Surface:
    return Surface(text, term, kind, case_of(text, kind), source, finds and can_find(text, kind))


def cross_references(atoms: Iterable[Atom]) -> tuple[str, ...]:
    """Return the codes that a concept has in vocabularies of ``rrf_sources.tsv``, as CURIEs.

    >>> cross_references([Atom("MSH", "MH", "D000000", "Example Fever", False)])
    ('mesh:D000000',)
    """
    found: dict[str, None] = {}
    for atom in atoms:
        if atom.source in _sources():
            prefix, pattern, _ = _sources()[atom.source]
            if match := pattern.fullmatch(atom.code):
                found[f"{prefix}:{match['id']}"] = None
    return tuple(found)


def labels_by_source(source: str) -> tuple[str, ...]:
    """Return the labels that all concepts of a source vocabulary have, if it is that uniform."""
    return _sources()[source][2] if source in _sources() else ()


def use_of(term_type: str) -> tuple[Kind, str]:
    """Return the kind of name that a term type is, and its use: ``find``, ``link`` or ``none``."""
    types = _types()
    return types.get(term_type, types["*"])


@cache
def _types() -> Mapping[str, tuple[Kind, str]]:
    rows = read_table(
        TYPES, TYPE_COLUMNS, required=TYPE_COLUMNS, choices={"use": ("find", "link", "none")}
    )
    return {row.text("type"): (cast(Kind, row.text("kind")), row.text("use")) for row in rows}


@cache
def _sources() -> Mapping[str, tuple[str, re.Pattern[str], tuple[str, ...]]]:
    rows = read_table(SOURCES, SOURCE_COLUMNS, required=("source", "prefix", "pattern", "example"))
    return {
        row.text("source"): (
            row.text("prefix"),
            re.compile(row.regex("pattern")),
            row.texts("labels"),
        )
        for row in rows
    }


def _reason(is_foreign: bool, is_suppressed: bool, is_other: bool) -> str:
    if is_foreign:
        return "names in another language"
    if is_suppressed:
        return "suppressed or obsolete names"
    return "names of other kinds of concepts, or of other sources" if is_other else ""


def _too_many(path: Path) -> LexiconError:
    return problem(
        path,
        f"more than {MOST_TERMS:,} concepts of use",
        "at most so many in one vocabulary",
        "Name the source vocabularies that you need with --source, e.g. --source SNOMEDCT_US, and add "
        "others under another --name.",
    )


def nothing_left(path: Path, language: str, left_out: Collection[str]) -> LexiconError:
    """Return the error for a table of which no name is of use; the caller raises it."""
    return problem(
        path,
        f"no name is left ({', '.join(left_out) or 'the table has none'})",
        f"names in the language {language} and of kinds that a monograph mentions",
        "Check --language and --source, and that the files are of one release.",
    )
