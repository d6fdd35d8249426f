"""Words → word pieces, as BERT's vocabularies cut them (Schuster & Nakajima 2012; Devlin et al. 2019)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

UNKNOWN, FIRST, LAST, PAD = "[UNK]", "[CLS]", "[SEP]", "[PAD]"
_LONGEST = 60  # letters of a word that are cut; of a longer one the rest is not read
_MOST_WORDS = 100_000  # whose pieces are kept


class Pieces:
    """Cuts words into the longest pieces that a vocabulary holds, from the left.

    Capitals and accents do not count, as in the uncased vocabularies.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._kept: dict[str, tuple[int, ...]] = {}
        self.first, self.last = self._numbers[FIRST], self._numbers[LAST]
        self.pad = self._numbers[PAD]

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """Read a vocabulary of one piece a line."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def cut(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the numbers of each word's pieces, at least one a word.

        >>> Pieces(["[UNK]", "[CLS]", "[SEP]", "[PAD]", "neutro", "##penia"]).cut(["Neutropenia", "é"])
        [(4, 5), (0,)]
        """
        return [self._kept.get(word) or self._cut(word) for word in words]

    def _cut(self, word: str) -> tuple[int, ...]:
        form = _plain(word)
        found: list[int] = []
        start = 0
        while start < len(form):
            end = self._longest(form, start)
            if end == start:
                found = [self._numbers[UNKNOWN]]
                break
            found.append(self._numbers[form[start:end] if not start else f"##{form[start:end]}"])
            start = end
        made = tuple(found) or (self._numbers[UNKNOWN],)
        if len(self._kept) < _MOST_WORDS:
            self._kept[word] = made
        return made

    def _longest(self, form: str, start: int) -> int:
        mark = "##" if start else ""
        for end in range(len(form), start, -1):
            if mark + form[start:end] in self._numbers:
                return end
        return start


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.lower()[:_LONGEST])
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
