"""Which of many patterns can match at all in a text, told by the words that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from monograph_nlp.rules.literals import in_small_letters, literals

_KEPT = 1 << 14  # words
_LONGEST = 40  # code points of a word that is kept


class Screen:
    """Patterns by the literals that they need; what a word holds is looked up once.

    >>> Screen([r"\\bfever\\b", r"\\d+", r"(?:rash|itch)(?:es)?"]).open_to("No RASHES.")
    [1, 2]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Read the literals off patterns that compile."""
        needed = [literals(pattern) for pattern in patterns]
        self._always = frozenset(number for number, some in enumerate(needed) if not some)
        self._needed = [(number, some) for number, some in enumerate(needed) if some]
        self._of_word = lru_cache(maxsize=_KEPT)(self._held_by)

    def open_to(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in a text, in order."""
        found = set(self._always)
        for word in in_small_letters(text).split():
            found.update(self._of_word(word) if len(word) <= _LONGEST else self._held_by(word))
        return sorted(found)

    def _held_by(self, word: str) -> tuple[int, ...]:
        return tuple(number for number, some in self._needed if any(one in word for one in some))
