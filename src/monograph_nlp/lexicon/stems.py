"""INN stems: the class of a drug that its name tells. The rows stand in ``rules/stems.tsv``."""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.rules import Row, read_table

_COLUMNS = ("stem", "position", "label", "class", "min_length", "except", "example")


@cache
def stem_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, frozenset[str]]]]:
    """Return one pattern for words that bear an INN stem, and group → class and excepted words.

    The longest stem that fits decides: -zumab over -mab. Source: WHO, the use of stems in the
    selection of international nonproprietary names (INN).
    """
    parts, rows_of = [], {}
    for number, row in enumerate(sorted(_rows(), key=lambda row: -len(row.text("stem")))):
        bare = _bare(row)
        rest = f"[a-z]{{{max(int(row.number('min_length', 6)) - len(bare), 1)},}}"
        word = f"{bare}{rest}" if row.text("position") == "prefix" else f"{rest}{bare}"
        parts.append(f"(?P<s{number}>{word})")
        excepted = frozenset(word.lower() for word in row.texts("except"))
        rows_of[f"s{number}"] = (row.text("class"), excepted)
    return re.compile("|".join(parts)), rows_of


@cache
def _ends() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stems that begin a word, and those that end one."""
    rows = _rows()
    prefixes = tuple(_bare(row) for row in rows if row.text("position") == "prefix")
    return prefixes, tuple(_bare(row) for row in rows if row.text("position") != "prefix")


@cache
def _rows() -> tuple[Row, ...]:
    return read_table("stems.tsv", _COLUMNS, required=("stem", "position"))


def _bare(row: Row) -> str:
    return row.text("stem").strip("-")


def stem_class(name: str) -> str | None:
    """Return the class that a drug name's stem means, or None.

    >>> stem_class("nilotinib")
    'tyrosine kinase inhibitor'
    """
    word, (prefixes, suffixes) = name.lower().strip(), _ends()
    if not (word.endswith(suffixes) or word.startswith(prefixes)):
        return None  # nearly every word; the pattern would try each stem at each letter
    pattern, rows_of = stem_pattern()
    match = pattern.fullmatch(word)
    if not match:
        return None
    meaning, excepted = rows_of[match.lastgroup or ""]
    return meaning if word not in excepted else None
