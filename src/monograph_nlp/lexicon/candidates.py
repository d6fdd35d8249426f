"""Names that are nearly another one: the same words in another order, or a typing error.

Names are sorted by their first letter, since writers seldom mistype it, and each letter's table is built
when it is first needed: by their words, whatever the order, and by their length, since a slip of the pen
changes it by one letter at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

SHORTEST = 6  # letters of a name that is looked for at all
_LONGEST = 50  # characters
_MOST_WORDS = 7
_LETTERS_A_SLIP = 8  # one slip of the pen in so many letters
_MOST_SLIPS = 2
_SHORT_WORD = 4  # letters; shorter words may hold no slip
_KEPT = 1 << 12  # names that were looked for, with what was found
_SMALL_WORDS = frozenset(("a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "with"))

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Near:
    """A name close to the one that was looked for; ``slips`` is 0 where only the order differs."""

    name: str
    slips: int
    similarity: float  # 0..1


class NearNames:
    """The names of one label, ready for approximate search."""

    def __init__(self, names: Iterable[str]) -> None:
        tables: dict[str, dict[str, None]] = defaultdict(dict)
        for name in names:
            if _is_searchable(name):
                tables[name[0].lower()][name.lower()] = None
        self._tables = {letter: _Table(tuple(rows)) for letter, rows in tables.items()}
        self._nearest = lru_cache(maxsize=_KEPT)(self._looked_up)

    def near(self, name: str) -> tuple[Near, ...]:
        """Return the names that differ by word order or by few slips, the nearest first.

        >>> NearNames(["carbamazepine", "cetirizine"]).near("carbamazepnie")[0].name
        'carbamazepine'
        """
        return self._nearest(name.lower()) if _is_searchable(name) else ()

    def _looked_up(self, text: str) -> tuple[Near, ...]:
        letters = self._tables.keys() & {word[0] for word in text.split()}
        found = {
            name: Near(name, 0, 1.0)
            for letter in letters
            for name in self._tables[letter].reordered(text)
        }
        if text[0] in letters:
            for name, slips in self._tables[text[0]].mistyped(text):
                similarity = 1 - slips / min(len(text), len(name))
                found.setdefault(name, Near(name, slips, similarity))
        order = sorted(found.values(), key=lambda near: (near.slips, -near.similarity, near.name))
        return tuple(order)


class _Table:
    """The names that begin with one letter."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def reordered(self, text: str) -> list[str]:
        """Return the other names that are made of the same words."""
        return [name for name in self._by_words.get(_bag(text), ()) if name != text]

    def mistyped(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the other names that a few slips lead to, each with their number."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        short = _short_words(text)
        for length in range(len(text) - _MOST_SLIPS, len(text) + _MOST_SLIPS + 1):
            allowed = min(_MOST_SLIPS, length // _LETTERS_A_SLIP, len(text) // _LETTERS_A_SLIP)
            if allowed < abs(length - len(text)):
                continue
            names = self._by_length.get(length, ())
            near = process.extract_iter(text, names, scorer=OSA.distance, score_cutoff=allowed)
            for name, slips, _ in near:
                # in "vitamin A" and "vitamin E" the letter is all the difference
                if slips and _short_words(name) == short:
                    yield name, int(slips)

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[str]]:
        return _grouped(self._names, _bag)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        return _grouped(self._names, len)


def _grouped(names: Iterable[str], key: Callable[[str], _Key]) -> dict[_Key, list[str]]:
    groups: dict[_Key, list[str]] = defaultdict(list)
    for name in names:
        groups[key(name)].append(name)
    return dict(groups)


def _is_searchable(name: str) -> bool:
    """Say whether a name is made of words: in formulas and codes, each letter counts."""
    if len(name) > _LONGEST or name.count(" ") >= _MOST_WORDS or not name[:1].isalpha():
        return False
    bare = name.replace(" ", "")
    if bare.isalpha():  # nearly all are
        return len(bare) >= SHORTEST
    return sum(map(str.isalpha, bare)) >= SHORTEST and not any(map(str.isdigit, bare))


def _bag(name: str) -> tuple[str, ...]:
    words = name.replace("-", " ").replace(",", " ").split()
    return tuple(sorted(word for word in words if word not in _SMALL_WORDS))


def _short_words(name: str) -> list[str]:
    return [word for word in name.split() if len(word) < _SHORT_WORD]
