"""Which of many patterns can match at all in a text, told by the words that it holds.

Literals of all screens are bits of one number, so that what a text holds is looked for once, and each screen
asks with one operation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import accumulate, chain
from operator import or_

from monograph_nlp.rules.literals import in_small_letters, literals

_KEPT = 1 << 13  # words
_LONGEST = 40  # code points of a word that is kept
_KEPT_TEXTS, _LONGEST_TEXT = 1 << 11, 1 << 9  # several screens look at a line, and at its sentences
_KEPT_ANSWERS = 1 << 12  # of a screen
_KEY = 3  # letters by which literals are looked up in a word


class Screen:
    """Patterns by the literals that they need; what a word holds is looked for once.

    >>> Screen([r"\\bfever\\b", r"\\d+", r"(?:rash|itch)(?:es)?"]).open_to("No RASHES.")
    (1, 2)
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Read the literals off patterns that compile."""
        self._patterns = tuple(patterns)
        self._always: list[int] = []
        self._opened: dict[int, list[int]] = defaultdict(list)  # bit of a literal → patterns
        for number, pattern in enumerate(patterns):
            some = literals(pattern)
            for bit in _HELD.learn(some):
                self._opened[bit].append(number)
            if not some:
                self._always.append(number)
        self._mine = reduce(or_, self._opened, 0)
        self._answers: dict[int, tuple[int, ...]] = {}

    def __reduce__(self) -> tuple[type[Screen], tuple[tuple[str, ...]]]:
        """Go to another process by the patterns: bits are given anew there."""
        return Screen, (self._patterns,)

    def may_match(self, text: str) -> bool:
        """Tell whether one of the patterns may match in a text."""
        return bool(self._always) or bool(self._mine & _in_text(text))

    def open_to(self, *texts: str) -> tuple[int, ...]:
        """Return the numbers of the patterns that may match in these texts, in order."""
        return self._open(reduce(or_, map(_in_text, texts)))

    def ranges(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """Return where each pattern may match: lines that hold what it needs, with the lines beside them.

        For patterns whose matches lie on two lines at most. The ranges are half-open, in order, and do
        not touch; patterns that may match nowhere are left out.

        >>> Screen(["fever", "rash"]).ranges("No rash.\\nPain.\\nPain.\\nFever.")
        {0: [(15, 27)], 1: [(0, 15)]}
        """
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for held, start, end in _in_lines(text):
            for number in self._open(held):
                places = found[number]
                first = places.pop()[0] if places and start <= places[-1][1] else start
                places.append((first, end))
        return dict(sorted(found.items()))

    def _open(self, held: int) -> tuple[int, ...]:
        held &= self._mine
        answer = self._answers.get(held)
        if answer is None:
            some = chain.from_iterable(map(self._opened.__getitem__, _bits_of(held)))
            answer = tuple(sorted({*self._always, *some}))
            if len(self._answers) < _KEPT_ANSWERS:
                self._answers[held] = answer
        return answer


class _Held(dict[str, int]):
    """Word → the bits of the literals that it holds; the first words that are asked for are kept."""

    def __init__(self) -> None:
        super().__init__()
        self._bits: dict[str, int] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)

    def learn(self, some: Iterable[str]) -> list[int]:
        """Return the bits of literals, one each; new ones are given to those that have none."""
        for literal in some:
            if literal not in self._bits:
                self._bits[literal] = 1 << len(self._bits)
                self._by_key[literal[:_KEY]].add(literal)
                self.clear()
                _kept_in_text.cache_clear()
                _in_lines.cache_clear()
        return [self._bits[literal] for literal in some]

    def __missing__(self, word: str) -> int:
        parts = {word[i : i + n] for n in range(1, _KEY + 1) for i in range(len(word) - n + 1)}
        some = (literal for key in parts & self._by_key.keys() for literal in self._by_key[key])
        found = reduce(or_, (self._bits[literal] for literal in some if literal in word), 0)
        if len(word) <= _LONGEST and len(self) < _KEPT:
            self[word] = found
        return found


_HELD = _Held()


def _bits_of(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest


def _in_words(words: Iterable[str]) -> int:
    return reduce(or_, map(_HELD.__getitem__, words), 0)


@lru_cache(maxsize=1)  # screens of one document ask for its text one after the other
def _in_lines(text: str) -> list[tuple[int, int, int]]:
    """Return what each line holds, where the one before it starts and the one behind it ends."""
    ends = [*accumulate(map(len, text.splitlines(keepends=True)))]
    held = [_in_text(line.strip()) for line in text.splitlines()]
    return [*zip(held, [0, 0, *ends], [*ends[1:], *ends[-1:]], strict=False)]


def _in_text(text: str) -> int:
    return _kept_in_text(text) if len(text) <= _LONGEST_TEXT else _kept_in_text.__wrapped__(text)


@lru_cache(maxsize=_KEPT_TEXTS)
def _kept_in_text(text: str) -> int:
    return _in_words(in_small_letters(text).split())
