"""The alias index: from a name, as it stands in a text, to the concepts that bear it."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.terms import COLUMNS, TABLES, Surface, Term, read_terms, variants
from monograph_nlp.rules import read_table

VERSION = "seed-1"
_STEM_COLUMNS = ("stem", "position", "label", "class", "min_length", "except", "example")


class Index:
    """Names and their variants, each with the terms that bear it; the first row wins."""

    def __init__(self, surfaces: tuple[Surface, ...]) -> None:
        self._folded: dict[str, Match] = {}
        self._exact: dict[str, Match] = {}
        self._by_name: dict[str, Term] = {}
        for surface in surfaces:
            self._by_name.setdefault(surface.term.name.lower(), surface.term)
            for number, text in enumerate(variants(surface.text)):
                match = Match(
                    surface.term, surface.text, surface.kind if number == 0 else "variant"
                )
                if surface.is_exact:
                    self._exact.setdefault(text, match)
                else:
                    self._folded.setdefault(text.lower(), match)

    def find(self, text: str) -> Match | None:
        """Return the match for a name as a text writes it, or None."""
        name = " ".join(text.split())
        return self._exact.get(name) or self._folded.get(name.lower())

    def term(self, name: str) -> Term | None:
        """Return the term of a preferred name, or None."""
        return self._by_name.get(name.lower())

    def names(self, *, exact: bool) -> tuple[str, ...]:
        """Return every name that matches by exact case, or every one that matches by any."""
        return tuple(self._exact if exact else self._folded)


@cache
def open_index() -> Index:
    """Open the embedded lexicon; opened once a process."""
    return Index(read_terms())


@cache
def lexicon_version() -> str:
    """Return name, version and content hash of the embedded lexicon, for a record's provenance."""
    digest = hashlib.sha256()
    for table in TABLES:
        for row in read_table(table, COLUMNS):
            digest.update("\t".join(row.text(column) for column in COLUMNS).encode() + b"\n")
    return f"{VERSION}+{digest.hexdigest()[:12]}"


@cache
def stem_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, frozenset[str]]]]:
    """Return one pattern for words that bear an INN stem, and group → class and excepted words.

    The longest stem that fits decides: -zumab over -mab. Source: WHO, the use of stems in the
    selection of international nonproprietary names (INN).
    """
    rows = read_table("stems.tsv", _STEM_COLUMNS, required=("stem", "position"))
    parts, rows_of = [], {}
    for number, row in enumerate(sorted(rows, key=lambda row: -len(row.text("stem")))):
        bare = row.text("stem").strip("-")
        rest = f"[a-z]{{{max(int(row.number('min_length', 6)) - len(bare), 1)},}}"
        word = f"{bare}{rest}" if row.text("position") == "prefix" else f"{rest}{bare}"
        parts.append(f"(?P<s{number}>{word})")
        excepted = frozenset(word.lower() for word in row.texts("except"))
        rows_of[f"s{number}"] = (row.text("class"), excepted)
    return re.compile("|".join(parts)), rows_of


def stem_class(name: str) -> str | None:
    """Return the class that a drug name's stem means, or None.

    >>> stem_class("nilotinib")
    'tyrosine kinase inhibitor'
    """
    pattern, rows_of = stem_pattern()
    word = name.lower().strip()
    match = pattern.fullmatch(word)
    if not match:
        return None
    meaning, excepted = rows_of[match.lastgroup or ""]
    return meaning if word not in excepted else None
