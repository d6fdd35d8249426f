"""Which of many patterns can match at all in a text, told by the words that it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

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

    def open_to(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in a text, in order."""
        words = set(in_small_letters(text).split())
        return sorted(set(self._always).union(*map(self._of_word.__getitem__, words)))


class _Words(dict[str, tuple[int, ...]]):
    """Word → the patterns whose literals it holds; the first words that are asked for are kept."""

    def __init__(self, needed: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self._by_key: dict[str, list[tuple[str, Sequence[int]]]] = defaultdict(list)
        for literal, numbers in needed.items():
            self._by_key[literal[:_KEY]].append((literal, numbers))
        self._lengths = sorted({len(key) for key in self._by_key})

    def __missing__(self, word: str) -> tuple[int, ...]:
        keys = {word[i : i + n] for n in self._lengths for i in range(len(word) - n + 1)}
        some = (held for key in keys & self._by_key.keys() for held in self._by_key[key])
        found = tuple({n for literal, numbers in some if literal in word for n in numbers})
        if len(word) <= _LONGEST and len(self) < _KEPT:
            self[word] = found
        return found
