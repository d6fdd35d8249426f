"""A table of the user's own (TSV with a header) → names.

Columns, in any order: ``label`` and ``name``; ``id``, ``xrefs``, ``synonyms``, ``brands`` and ``case`` may be left out. The
cells mean what they do in ``rules/terms_*.tsv``; lines that begin with ``# `` are comments.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed.files import problem, read_lines
from monograph_nlp.lexicon.licensed.vocabulary import Vocabulary
from monograph_nlp.lexicon.terms import read_terms, surfaces_of
from monograph_nlp.rules import Row

REQUIRED = ("label", "name")
COLUMNS = (*REQUIRED, "id", "synonyms", "xrefs", "brands", "case")
_CASES = ("any", "capital", "exact", "link")
_CURIE = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*:[^\s|]+")  # one, as in the record's schema


def read(path: Path, *, source: str) -> Vocabulary:
    """Read a table in UTF-8; ``source`` is the name under which its surfaces go.

    Raises:
        LexiconError: the table is missing or damaged, or a row is not well formed.
    """
    if not path.is_file():
        state = "a folder" if path.is_dir() else "no such file"
        raise problem(path, state, "a table (TSV)", "Check the path.")
    rows = list(_rows(path))
    if not rows:
        raise problem(path, "no row below the header", "a row for each concept", "Add rows.")
    _check_ids(rows)
    return Vocabulary(tuple(name for row in rows for name in surfaces_of(row, source)), (path,))


def _rows(path: Path) -> Iterator[Row]:
    lines = (found for found in read_lines(path) if not found[1].startswith("# "))
    number, line = next(lines, (1, ""))
    header = [cell.strip() for cell in line.split("\t")]
    _check_header(header, f"{path}:{number}")
    for number, line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(header):
            raise problem(
                f"{path}:{number}",
                f"{len(cells)} cells",
                f"{len(header)}, parted by tabs ({', '.join(header)})",
                "Add the empty cells, or take out the tabs.",
            )
        row = Row(f"{path}:{number}", dict(zip(header, cells, strict=True)))
        _check(row)
        yield row


def _check_header(header: list[str], where: str) -> None:
    do = "Write the names of the columns into the first line, parted by tabs."
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            raise problem(where, f"column {name!r}", f"each once of {', '.join(COLUMNS)}", do)
    if missing := [name for name in REQUIRED if name not in header]:
        raise problem(where, f"no column {', '.join(missing)}", ", ".join(REQUIRED), do)


def _check(row: Row) -> None:
    for column in REQUIRED:
        if not row.texts(column):
            raise problem(row.where, f"{column} is empty", "one in every row", "Fill it in.")
    for label in row.texts("label"):
        if label not in _labels():
            raise _no_choice(row, "label", label, _labels())
    if row.text("case") and row.text("case") not in _CASES:
        raise _no_choice(row, "case", row.text("case"), _CASES)
    for column in ("synonyms", "brands"):
        if "=" in row.texts(column):
            do = "Write the name behind the sign, or take the sign out."
            raise problem(row.where, f"{column} has a lone '='", "a name behind it", do)
    for curie in (row.text("id"), *row.texts("xrefs")):
        if curie and not _CURIE.fullmatch(curie):
            do = "Write the vocabulary's prefix in small letters, a colon, and the code."
            raise problem(row.where, f"{curie!r} is no identifier", "one like mesh:D000000", do)


def _no_choice(row: Row, column: str, value: str, known: Iterable[str]) -> LexiconError:
    names = sorted(known)
    near = difflib.get_close_matches(value.upper(), names, n=1) or difflib.get_close_matches(
        value, names, n=1
    )
    do = f"Did you mean {near[0]}?" if near else "Correct the cell."
    return problem(row.where, f"{column} {value!r}", f"one of {', '.join(names)}", do)


def _check_ids(rows: list[Row]) -> None:
    seen: dict[str, str] = {}
    for row in rows:
        curie = row.text("id")
        if curie and curie in seen:
            raise problem(
                row.where,
                f"id {curie} again (first at {seen[curie]})",
                "one row a concept",
                "Put the names of one concept into one row, parted by |.",
            )
        seen[curie] = row.where


@cache
def _labels() -> frozenset[str]:
    """Return the labels that the lexicon's own tables use."""
    return frozenset(label for surface in read_terms() for label in surface.term.labels)
