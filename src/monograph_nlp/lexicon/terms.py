"""Terms: one concept a row, with the names that a text may call it by.

The rows stand in ``rules/terms_*.tsv``. A synonym that begins with ``=`` matches its letters' case
alone; a row whose ``case`` is ``exact`` does so for all its names. The names of a row whose ``case`` is
``link`` link a mention, and find none: too many texts use them for something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from monograph_nlp.rules import Row, read_table

TABLES = (
    "terms_drugs.tsv",
    "terms_classes.tsv",
    "terms_targets.tsv",
    "terms_mechanisms.tsv",
    "terms_findings.tsv",
    "terms_other.tsv",
)
COLUMNS = ("label", "name", "id", "xrefs", "synonyms", "brands", "case", "example")
Kind = Literal["name", "synonym", "brand", "code", "abbreviation", "salt", "lay", "foreign"]
Case = Literal["any", "capital", "exact"]


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the lexicon; ``labels`` has several where its role depends on the context.

    ``id`` and ``xrefs`` are CURIEs with the Bioregistry's prefixes; ``moiety`` is the CURIE of the
    active moiety where a salt, an ester or a hydrate keeps a concept of its own.
    """

    labels: tuple[str, ...]
    name: str
    id: str | None
    xrefs: tuple[str, ...]
    brands: tuple[str, ...]
    moiety: str | None = None


@dataclass(frozen=True, slots=True)
class Surface:
    """A name as a text may write it.

    ``case`` says which letters the text must have: ``any``, at least one ``capital``, or ``exact`` ones.
    ``spot`` is False where the name links a mention but is too weak to find one. ``code`` is the CURIE of
    this very name, where a vocabulary numbers its names apart from its concepts (MedDRA's LLT).
    """

    text: str
    term: Term
    kind: Kind
    case: Case = "any"
    source: str = "curated"
    spot: bool = True
    code: str | None = None


@cache
def read_terms() -> tuple[Surface, ...]:
    """Read all names of all tables, in the order of their rows."""
    return tuple(
        surface for table in TABLES for row in _rows(table) for surface in surfaces_of(row)
    )


@cache
def terms_digest() -> str:
    """Return 16 hex digits that change with the tables: a lexicon of other tables is out of date."""
    digest = hashlib.sha256()
    for table in TABLES:
        for row in _rows(table):
            digest.update("\t".join(row.text(column) for column in COLUMNS).encode() + b"\n")
    return digest.hexdigest()[:16]


def _rows(table: str) -> tuple[Row, ...]:
    return read_table(
        table, COLUMNS, required=("label", "name", "example"), choices={"case": ("exact", "link")}
    )


def surfaces_of(row: Row, source: str = "curated") -> Iterator[Surface]:
    """Yield the names of a checked row in the order of its cells; columns may be missing but two.

    Args:
        row: has a ``label`` and a ``name``; its ``case`` is a ``Case``, ``link``, or empty for ``any``.
        source: the name under which the surfaces go.
    """
    term = Term(
        row.texts("label"),
        row.text("name"),
        row.text("id") or None,
        row.texts("xrefs"),
        row.texts("brands"),
    )
    spot = row.text("case") != "link"
    case = cast(Case, row.text("case") or "any") if spot else "any"
    yield Surface(term.name, term, "name", case, source, spot)
    columns: tuple[tuple[Kind, str], ...] = (("synonym", "synonyms"), ("brand", "brands"))
    for kind, column in columns:
        for text in row.texts(column):
            bare = text.removeprefix("=")
            yield Surface(bare, term, kind, "exact" if bare != text else case, source, spot)
