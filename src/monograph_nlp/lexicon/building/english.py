"""Ordinary English words with their frequency rank; read at build time, none of it ships.

A source's name that is also an ordinary word (the brand "Impact", the gene "CAT") may only be
accepted by its letters' case. Source: the frequency dictionary of SymSpell, a line ``word count``.
"""

from __future__ import annotations

from monograph_nlp.errors import LexiconError


def read_words(content: bytes) -> dict[str, int]:
    """Return word → frequency rank, 1 for the most frequent; words of equal count keep file order.

    Args:
        content: UTF-8 text, with or without a byte order mark; a line holds a lower-case word, a
            blank and how often the word was counted.

    Raises:
        LexiconError: the text is not UTF-8, holds no word, or a line is not well formed; names it.

    >>> read_words(b"rest 20\\nthe 900\\n")
    {'the': 1, 'rest': 2}
    """
    counts: dict[str, int] = {}
    for number, line in enumerate(_decoded(content).splitlines(), 1):
        if line.strip():
            word, count = _word_and_count(line, number)
            counts[word] = max(count, counts.get(word, 0))
    if not counts:
        raise _error("no word in it", "a word and its count on each line")
    ordered = sorted(counts, key=counts.__getitem__, reverse=True)
    return {word: rank for rank, word in enumerate(ordered, 1)}


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise _error(f"byte {cause.start} is not UTF-8", "UTF-8 text") from cause


def _word_and_count(line: str, number: int) -> tuple[str, int]:
    match line.split():
        case [word, count] if count.isascii() and count.isdigit():
            return word.lower(), int(count)
    raise _error(f"line {number}: {line[:40]!r}", "a word, a blank and a whole number")


def _error(what: str, expected: str) -> LexiconError:
    return LexiconError(
        f"frequency dictionary of English words: {what}; expected {expected}. "
        "Check that the package and its version are the pinned ones."
    )
