"""Salts, esters, hydrates and biologic suffixes: what is left when they are taken off a name."""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.rules import Row, read_table

COLUMNS = ("kind", "value", "example", "base")


def base_names(name: str) -> tuple[str, ...]:
    """Return what the active moiety in a salt's name may be called, likeliest first.

    The names are capital; there is none where the name is no salt's. The caller knows which exist.

    >>> base_names("imatinib mesylate"), base_names("sodium chloride")
    (('IMATINIB',), ())
    >>> base_names("alendronate sodium")
    ('ALENDRONATE', 'ALENDRONIC ACID')
    """
    if suffix := _suffix().fullmatch(name.upper()):
        return (suffix[1],)
    return _without_words(name.upper())


def is_salt(name: str, base: str) -> bool:
    """Say whether a name is the base's name with salt words before or after it.

    >>> is_salt("imatinib mesylate", "Imatinib"), is_salt("filgrastim-sndz", "Filgrastim")
    (True, False)
    """
    return base.upper() in _without_words(name.upper())


def _without_words(text: str) -> tuple[str, ...]:
    words = text.replace(",", "").split(" ")
    first, last = 0, len(words)
    while last and words[last - 1] in _words():
        last -= 1
    while first < last and words[first] in _words():
        first += 1
    # Words that are all salt words ("sodium chloride") name a substance of its own.
    if first == last or last - first == len(words):
        return ()
    return _with_acids(" ".join(words[first:last]))


def _with_acids(base: str) -> tuple[str, ...]:
    for ending, acid in _endings():
        if base.endswith(ending):
            return base, base.removesuffix(ending) + acid
    return (base,)


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    rows = (row for row in _rows() if row.text("kind") == "ending")
    return tuple((row.text("value").upper(), row.text("base").upper()) for row in rows)


@cache
def _words() -> frozenset[str]:
    return frozenset(row.text("value").upper() for row in _rows() if row.text("kind") == "word")


@cache
def _suffix() -> re.Pattern[str]:
    patterns = [row.regex("value") for row in _rows() if row.text("kind") == "suffix"]
    return re.compile(rf"(.+?)(?:{'|'.join(patterns)})", re.IGNORECASE)


@cache
def _rows() -> tuple[Row, ...]:
    return read_table(
        "salts.tsv", COLUMNS, required=COLUMNS, choices={"kind": ("word", "suffix", "ending")}
    )
