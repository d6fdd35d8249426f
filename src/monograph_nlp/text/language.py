"""Which language a line is written in, from its script and its function words.

Function words are few, frequent and short, so a table of them (``rules/languages.tsv``) tells one
paragraph's language from another's without a model; a line of names and numbers has none, and no
language is named for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from monograph_nlp.rules import read_table

_WORD = re.compile(r"[^\W\d_]{2,}")  # one letter is an initial or a chemist's symbol as often
_OTHER_SCRIPT = re.compile(
    r"[\u0400-\u052f\u0530-\u058f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1100-\u11ff"
    r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
)
_SCRIPT_LANGUAGES = (  # the first range that holds a character names the language
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u052f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_UNKNOWN = "und"  # ISO 639-2, for a script that the table above lacks
_KEPT = 1 << 12  # lines: a component asks for the language of a line, and so does the record
_LONGEST = 1000  # code points of a line that is kept
_MORE_THAN_A_NAME = 8  # characters of another script
_LEAST_WORDS = 6  # a shorter line is named by its script alone
_LEAST_HITS = 3  # different function words
_LEAST_SHARE = 0.18  # share of function words in running text; English has 0.35 to 0.5


def language_of(text: str) -> str | None:
    """Name the language of a line (ISO 639-1), or return None where it cannot be told.

    >>> language_of("Die Behandlung ist nicht für Kinder und wird von der Ärztin begonnen.")
    'de'
    >>> language_of("Neutropenia, anaemia, rash") is None
    True
    """
    return _told(text) if len(text) <= _LONGEST else _told.__wrapped__(text)


@lru_cache(maxsize=_KEPT)
def _told(text: str) -> str | None:
    if _is_other_script(text):
        return next((code for code, script in _SCRIPT_LANGUAGES if script.search(text)), _UNKNOWN)
    words = [word.lower() for word in _WORD.findall(text)]
    known = _function_words()
    hits: Counter[str] = Counter()
    for word in words:
        for code in known.get(word, ()):
            hits[code] += 1
    if len(words) < _LEAST_WORDS or not hits:
        return None
    (best, count), *_ = hits.most_common(1)
    if best == "en" or hits["en"] * 2 >= count:
        return "en" if hits["en"] else None
    different = sum(best in known.get(word, ()) for word in set(words))
    return best if different >= _LEAST_HITS and count / len(words) >= _LEAST_SHARE else None


def holds_other_script(text: str) -> bool:
    """Say whether a line holds more than a name in another script."""
    return not text.isascii() and len(_OTHER_SCRIPT.findall(text)) >= _MORE_THAN_A_NAME


def main_language(lines: Iterable[str]) -> str | None:
    """Name the language that most of a document's characters are written in, if it has a code here."""
    weights: Counter[str] = Counter()
    for line in lines:
        code = language_of(line)
        if code:
            weights[code] += len(line)
    code = weights.most_common(1)[0][0] if weights else None
    return None if code == _UNKNOWN else code


def _is_other_script(text: str) -> bool:
    other = 0 if text.isascii() else len(_OTHER_SCRIPT.findall(text))
    if other < 2:
        return False
    letters = sum(len(word) for word in _WORD.findall(text))
    return other / max(letters, 1) > 0.3


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in read_table(
        "languages.tsv", ("language", "words", "example"), required=("language", "words")
    ):
        for word in dict.fromkeys(row.text("words").split()):
            found.setdefault(word, []).append(row.text("language"))
    return {word: tuple(codes) for word, codes in found.items()}
