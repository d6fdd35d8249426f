"""Which of many patterns can match at all in a text, told by the words that it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from monograph_nlp.rules.literals import in_small_letters, literals

_KEPT = 1 << 14  # words
_LONGEST = 40  # code points of a word that is kept
_KEY = 3  # letters by which a word's literals are looked up


class Screen:
    """Patterns by the literals that they need; what a word holds is looked for once.

    >>> Screen([r"\\bfever\\b", r"\\d+", r"(?:rash|itch)(?:es)?"]).open_to("No RASHES.")
    [1, 2]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Read the literals off patterns that compile."""
        needed: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for number, pattern in enumerate(patterns):
            some = literals(pattern)
            for literal in some:
                needed[literal].append(number)
            self._always += [] if some else [number]
        self._of_word = _Words(needed)

    def may_match(self, text: str) -> bool:
        """Tell whether one of the patterns may match in a text."""
        words = in_small_letters(text).split()
        return bool(self._always) or any(map(self._of_word.__getitem__, words))

    def open_to(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in a text, in order."""
        words = set(in_small_letters(text).split())
        return sorted(set(self._always).union(*map(self._of_word.__getitem__, words)))


@lru_cache(maxsize=1 << 10)  # several screens ask for the words of one sentence
def _keys(word: str) -> frozenset[str]:
    return frozenset(word[i : i + n] for n in range(1, _KEY + 1) for i in range(len(word) - n + 1))


class _Words(dict[str, tuple[int, ...]]):
    """Word → the patterns whose literals it holds; the first words that are asked for are kept."""

    def __init__(self, needed: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self._by_key: dict[str, list[tuple[str, Sequence[int]]]] = defaultdict(list)
        for literal, numbers in needed.items():
            self._by_key[literal[:_KEY]].append((literal, numbers))

    def __missing__(self, word: str) -> tuple[int, ...]:
        some = (held for key in _keys(word) & self._by_key.keys() for held in self._by_key[key])
        found = tuple({n for literal, numbers in some if literal in word for n in numbers})
        if len(word) <= _LONGEST and len(self) < _KEPT:
            self[word] = found
        return found
