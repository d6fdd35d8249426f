"""Names that are nearly another one: the same words in another order, or a typing error.

Character 3-grams, weighed by how rare they are, bring up a handful of names; the edit distance
decides. Names are sorted by their first letter, since writers seldom mistype it, and each letter's
table is built when it is first needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

SHORTEST = 6  # letters of a name that is looked for at all
_LONGEST = 50  # characters
_MOST_WORDS = 7
_CONSIDERED = 100  # names that the 3-grams bring up
_LETTERS_A_SLIP = 8  # one slip of the pen in so many letters
_MOST_SLIPS = 2
_SHORT_WORD = 4  # letters; shorter words may hold no slip
_SMALL_WORDS = frozenset(("a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "with"))


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

    def near(self, name: str) -> tuple[Near, ...]:
        """Return the names that differ by word order or by few slips, the nearest first.

        >>> NearNames(["carbamazepine", "cetirizine"]).near("carbamazepnie")[0].name
        'carbamazepine'
        """
        if not _is_searchable(name):
            return ()
        text = name.lower()
        found = dict.fromkeys(
            near
            for letter in dict.fromkeys(word[0] for word in text.split())
            if letter in self._tables
            for other in self._tables[letter].nearest(text)
            if (near := _compare(text, other))
        )
        return tuple(sorted(found, key=lambda near: (near.slips, -near.similarity, near.name)))


class _Table:
    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def nearest(self, text: str) -> list[str]:
        vectorizer, matrix = self._fitted
        products = matrix.dot(vectorizer.transform([text]).T).toarray().ravel()
        best = (-products).argsort(kind="stable")[:_CONSIDERED]
        return [self._names[number] for number in best if products[number] > 0]

    @cached_property
    def _fitted(self) -> tuple[TfidfVectorizer, csr_matrix]:
        import numpy
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=numpy.float32)
        return vectorizer, vectorizer.fit_transform(self._names)


def _is_searchable(name: str) -> bool:
    """Say whether a name is made of words: in formulas and codes, each letter counts."""
    return (
        len(name) <= _LONGEST
        and name.count(" ") < _MOST_WORDS
        and sum(map(str.isalpha, name)) >= SHORTEST
        and not any(map(str.isdigit, name))
        and name[0].isalpha()
    )


def _compare(name: str, other: str) -> Near | None:
    """Return how near two names are, or None where they are two names."""
    from rapidfuzz.distance import OSA

    if name != other and _bag(name) == _bag(other):
        return Near(other, 0, 1.0)
    if _short_words(name) != _short_words(other):
        return None  # in "vitamin A" and "vitamin E" the letter is all the difference
    letters = min(len(name), len(other))
    allowed = min(_MOST_SLIPS, letters // _LETTERS_A_SLIP)
    slips = OSA.distance(name, other, score_cutoff=allowed)
    if slips > allowed or name[0] != other[0] or name == other:
        return None
    return Near(other, slips, 1 - slips / letters)


def _bag(name: str) -> tuple[str, ...]:
    words = name.replace("-", " ").replace(",", " ").split()
    return tuple(sorted(word for word in words if word not in _SMALL_WORDS))


def _short_words(name: str) -> list[str]:
    return [word for word in name.split() if len(word) < _SHORT_WORD]
