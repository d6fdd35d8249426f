"""The key of a name: what two spellings of one name have in common.

A name and a text are folded by this one module, so that both fold equally: lower case, no accents,
Greek letters by their names, pieces of letters or digits with single blanks between, and the rules of
``rules/spelling.tsv`` on each piece (plurals, US and UK spelling, INN and former national names).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from monograph_nlp.rules import Row, read_table
from monograph_nlp.rules.screening import Screen

TABLE = "spelling.tsv"
COLUMNS = ("id", "pattern", "replacement", "example", "expected")
STOP = "."  # the piece that no name holds unless it is written with one
_CACHED = 1 << 13
_PASSES = 4  # a rule may make room for another; none needs more
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_MARKS = "\u0300-\u036f"
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_PIECE = re.compile(
    r"(?P<drop>(?<=[^\W\d_])['’ʼ′]s(?![^\W_]))"
    rf"|(?P<digits>\d+)|(?P<greek>[{_GREEK}]+)|(?P<other>[{_CJK}]+)"
    rf"|(?P<letters>[^\W\d_{_GREEK}{_CJK}][^\W\d_{_GREEK}{_CJK}{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_GREEK}{_CJK}]*)*)"
    r"|(?P<open>^[\"'“‘]*[(\[{])|(?P<comma>,[)\]}\"'”’]*$)"
    r"|(?P<stop>[.;:!?][)\]}\"'”’]*$|[。，、；：！？])"
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_MARKED = {"open": "(", "comma": ",", "stop": STOP}
_JOINTS = re.compile(r"[\W_]*[-‐‑‒–/&+®™©'’][\W_]*")  # alone between blanks, they part no name


class Piece(NamedTuple):
    """A part of a text: its key, which may hold blanks, and its half-open range of code points."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=_CACHED)
def fold(text: str) -> str:
    """Return the key of a name; empty where it has neither letters nor digits.

    >>> fold("HER-2"), fold("β-Blockers"), fold("Crohn’s disease")
    ('her 2', 'beta blocker', 'crohn disease')
    """
    keys = [piece.key for chunk in text.split() for piece in pieces(chunk)]
    return " ".join(keys).strip(" (,.")


@lru_cache(maxsize=_CACHED)
def pieces(chunk: str) -> tuple[Piece, ...]:
    """Return the pieces of a run of characters without blanks, in order; offsets count from its start.

    A bracket that opens the run is the piece ``(``, a comma that ends it is ``,``, and a full stop,
    colon, semicolon, question or exclamation mark that ends it is ``.``: none of them is passed over.
    """
    found = tuple(_found(chunk))
    if found or _JOINTS.fullmatch(chunk):
        return found
    return (Piece(STOP, 0, len(chunk)),)  # a bullet, an arrow, a row of dots


@lru_cache(maxsize=_CACHED)
def plain(text: str) -> str:
    """Return a text in lower case with single blanks for separators: a key before any rule.

    >>> plain("HER-2 Receptors")
    'her 2 receptors'
    """
    return " ".join(_WORDS.findall(text.lower()))


@lru_cache(maxsize=_CACHED)
def letters(text: str) -> str:
    """Return letters and digits as they are written, without separators; Greek letters by name.

    >>> letters("TNF-α")
    'TNFalpha'
    """
    spelled = "".join(_greek().get(sign, sign) for sign in text)
    return "".join(_WORDS.findall(spelled))


@lru_cache(maxsize=_CACHED)
def is_plural(text: str) -> bool:
    """Tell whether the rules take the last word for a plural; they do so of "diabetes", too.

    >>> is_plural("heart attacks"), is_plural("sepsis")
    (True, False)
    """
    word = plain(_without_marks(text)).rpartition(" ")[2]
    return any(pattern.search(word) for pattern, _ in _rules("plural-"))


@cache
def spelling_digest() -> str:
    """Return 16 hex digits that change with the rules: keys of other rules cannot be looked up."""
    cells = ["\t".join(row.text(column) for column in COLUMNS[:3]) for row in _rows()]
    return hashlib.sha256("\n".join(cells).encode()).hexdigest()[:16]


def _found(chunk: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(chunk):
        kind = match.lastgroup or ""
        if kind == "drop":
            continue
        key = _MARKED.get(kind) or _key(match.group(), kind)
        if key:
            yield Piece(key, *match.span())


def _key(run: str, kind: str) -> str:
    """Return the key of a run of letters or digits."""
    if kind in ("digits", "other"):
        return unicodedata.normalize("NFKC", run)
    bare = _without_marks(run)
    if kind == "greek":
        return " ".join(_spelt(_greek().get(letter, letter)) for letter in bare)
    # Compatibility characters may bring digits and signs: "m²", "㎎".
    return " ".join(_spelt(part) for part in _WORDS.findall(bare))


def _without_marks(run: str) -> str:
    if run.isascii():
        return run.lower()
    parted = unicodedata.normalize("NFKD", run.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@lru_cache(maxsize=_CACHED)
def _spelt(word: str) -> str:
    if not _screen().may_match(word):  # half of all words
        return word
    for _ in range(_PASSES):
        before = word
        for pattern, replacement in _rules(""):
            word = pattern.sub(replacement, word)
        if " " in word:
            return " ".join(_spelt(part) for part in word.split())
        if word == before:
            break
    return word


@cache
def _rules(family: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return pattern and replacement of the rows for Latin letters whose id begins so."""
    ids = {row.text("id"): row for row in _rows()}
    rows = [
        row for key, row in ids.items() if key.startswith(family) and not key.startswith("greek-")
    ]
    return tuple(
        (re.compile(row.regex("pattern")), _blank(row.text("replacement"))) for row in rows
    )


@cache
def _screen() -> Screen:
    return Screen([pattern.pattern for pattern, _ in _rules("")])


@cache
def _greek() -> dict[str, str]:
    rows = [row for row in _rows() if row.text("id").startswith("greek-")]
    return {letter: row.text("replacement") for row in rows for letter in row.text("pattern")}


def _blank(replacement: str) -> str:
    """A cell has no outer blanks: ``_`` stands for one."""
    return replacement.replace("_", " ")


@cache
def _rows() -> tuple[Row, ...]:
    return read_table(TABLE, COLUMNS, required=("id", "pattern", "example", "expected"))
