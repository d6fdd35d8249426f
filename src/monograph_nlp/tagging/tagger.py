"""A tagger of either profile: a text with its lexicon hits → marked ranges of characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.accurate import AccurateTagger
from monograph_nlp.tagging.card import Card, read_card
from monograph_nlp.tagging.decoding import marked
from monograph_nlp.tagging.edges import Edges
from monograph_nlp.tagging.fast import FastTagger
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.scheme import Fragments
from monograph_nlp.tagging.words import words as words_of


class Scorer(Protocol):
    """What reads words: one for each kind of network."""

    card: Card

    def scores(
        self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]
    ) -> npt.NDArray[np.float32]:
        """Return (words, all tags of all heads), before any normalization."""


_KINDS: dict[str, Callable[[Path, Card], Scorer]] = {
    "hashed": FastTagger,
    "pieces": AccurateTagger,
}


_FINDINGS = ("ADVERSE_EVENT", "FINDING")  # heads


class Tagged(NamedTuple):
    """A mention: half-open ranges in code points, the head that found it, and its score.

    The score, 0 to 1, is how often mentions like it were right on text that was not learned from.
    """

    fragments: Fragments
    head: str
    score: float


class Tagger:
    """Finds mentions; the same text and hits always give the same."""

    def __init__(self, scorer: Scorer) -> None:
        self.card = scorer.card
        self._scorer = scorer

    @property
    def version(self) -> str:
        """Name, version and digest of the card, which names the digests of all files."""
        return f"{self.card.name} {self.card.version}+{self.card.digest[:12]}"

    def tag(self, text: str, hits: Sequence[Hit]) -> list[Tagged]:
        """Return the mentions of all heads, head by head, in order.

        Args:
            text: of any length; it is read in windows that overlap.
            hits: the names of the lexicon in the text.
        """
        words = words_of(text)
        return list(self._tag(text, words, hits)) if words else []

    def _tag(
        self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]
    ) -> Iterator[Tagged]:
        scores, edges = self._scorer.scores(text, words, hits), Edges(text, words)
        forms = [text[start:end] for start, end in words]
        known = {((hit.start, hit.end),) for hit in hits}
        first = 0
        for head in self.card.heads:
            own = scores[:, first : first + len(head.tags)]
            first += len(head.tags)
            for found in marked(_shares(own), head.tags, forms, head.least_raw):
                for cell in edges.cells(found.fragments):
                    whole = edges.mended(cell, is_finding=head.name in _FINDINGS)
                    ranges = edges.characters(whole) if whole else ()
                    score = head.share_right(found.score, is_known=ranges in known)
                    if ranges and score >= head.least:
                        yield Tagged(ranges, head.name, score)


def open_tagger(folder: str | Path) -> Tagger:
    """Open the tagger in a folder, as the training exports it.

    Raises:
        ConfigError: the folder holds no tagger, its files are damaged, or of an unknown kind.
    """
    folder = Path(folder)
    card = read_card(folder)
    if card.kind not in _KINDS:
        raise ConfigError(f"{folder}: kind {card.kind!r}; expected one of {sorted(_KINDS)}")
    return Tagger(_KINDS[card.kind](folder, card))


def _shares(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return shares
