"""Terms: one concept a row, with the names that a text may call it by.

The rows stand in ``rules/terms_*.tsv``. A synonym that begins with ``=`` matches its letters' case
alone; a row whose ``case`` is ``exact`` does so for all its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_CONSONANT_Y = re.compile(r"[^aeiou]y$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the lexicon; ``labels`` has several where its role depends on the context."""

    labels: tuple[str, ...]
    name: str
    id: str | None
    xrefs: tuple[str, ...]
    brands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surface:
    """A name as a text may write it."""

    text: str
    term: Term
    kind: str  # name, synonym, brand
    is_exact: bool  # the letters' case must agree


@cache
def read_terms() -> tuple[Surface, ...]:
    """Read all names of all tables, in the order of their rows."""
    return tuple(surface for table in TABLES for row in _rows(table) for surface in _surfaces(row))


def variants(surface: str) -> Iterator[str]:
    """Yield a name and the forms that rules derive from it: plural, hyphen, closed-up space.

    >>> list(variants("side-effect"))
    ['side-effect', 'side effect', 'side-effects', 'side effects']
    """
    seen: dict[str, None] = {}
    for number in (surface, _plural(surface)):
        seen[number] = None
        if "-" in number:
            seen[number.replace("-", " ")] = None
    yield from seen


def _plural(surface: str) -> str:
    last = surface[-1:]
    if not last.isalpha() or last.isupper() or surface.endswith(("is", "us")) or len(surface) < 4:
        return surface
    if _CONSONANT_Y.search(surface):
        return surface[:-1] + "ies"
    if surface.endswith("s") and not surface.endswith("ss"):
        return surface
    return surface + ("es" if _SIBILANT.search(surface) else "s")


def _rows(table: str) -> tuple[Row, ...]:
    return read_table(
        table, COLUMNS, required=("label", "name", "example"), choices={"case": ("exact",)}
    )


def _surfaces(row: Row) -> Iterator[Surface]:
    term = Term(
        row.texts("label"),
        row.text("name"),
        row.text("id") or None,
        row.texts("xrefs"),
        row.texts("brands"),
    )
    exact = row.text("case") == "exact"
    yield Surface(term.name, term, "name", exact)
    for kind, column in (("synonym", "synonyms"), ("brand", "brands")):
        for text in row.texts(column):
            yield Surface(text.removeprefix("="), term, kind, exact or text.startswith("="))
