"""A tagger of either profile: a text with its lexicon hits → marked ranges of characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.accurate import AccurateTagger
from monograph_nlp.tagging.card import Card, HeadCard, read_card
from monograph_nlp.tagging.decoding import marked
from monograph_nlp.tagging.edges import Edges
from monograph_nlp.tagging.fast import FastTagger
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.scheme import Fragments
from monograph_nlp.tagging.words import words as words_of

_EVENTS = "ADVERSE_EVENT"  # the head of adverse events
_FINDINGS = (_EVENTS, "FINDING")  # heads
Floats = npt.NDArray[np.float32]


class Scorer(Protocol):
    """What reads words: one for each kind of network."""

    card: Card

    def scores(self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> Floats:
        """Return (words, all tags of all heads), before any normalization."""


_KINDS: dict[str, Callable[[Path, Card], Scorer]] = {
    "hashed": FastTagger,
    "pieces": AccurateTagger,
}


class Tagged(NamedTuple):
    """A mention: half-open ranges in code points, the head that found it, and its score.

    The score, 0 to 1, is how often mentions like it were right on text that was not learned from.
    """

    fragments: Fragments
    head: str
    score: float


class Reading(NamedTuple):
    """What a tagger says of a text.

    ``support`` has for each name of the lexicon how much of its words the head of adverse events holds for
    parts of one, 0 to 1, on average: a second opinion where the tagger marks nothing itself.
    """

    found: list[Tagged]
    support: tuple[float, ...]


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
        return self.read(text, hits).found

    def read(self, text: str, hits: Sequence[Hit]) -> Reading:
        """Return the mentions of all heads, and what the tagger thinks of the lexicon's names."""
        words = words_of(text)
        if not words:
            return Reading([], (0.0,) * len(hits))
        shares = self.shares(text, words, hits)
        read = _Words(text, words, {((hit.start, hit.end),) for hit in hits})
        found = [one for head in self.card.heads for one in read.mentions(head, shares[head.name])]
        return Reading(found, tuple(_support(words, hits, shares.get(_EVENTS))))

    def shares(
        self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]
    ) -> dict[str, Floats]:
        """Return for each head the shares of its tags, (words, tags), each row 1 in all."""
        scores = self._scorer.scores(text, words, hits)
        borders = np.cumsum([len(head.tags) for head in self.card.heads])
        parts = np.split(scores, borders[:-1], axis=1)
        return {head.name: _shares(part) for head, part in zip(self.card.heads, parts, strict=True)}


class _Words:
    """The words of a text, from which heads make mentions."""

    def __init__(self, text: str, words: Sequence[tuple[int, int]], known: set[Fragments]) -> None:
        self._edges = Edges(text, words)
        self._known = known

    def mentions(self, head: HeadCard, shares: Floats) -> Iterator[Tagged]:
        """Yield a head's mentions, in order."""
        found = list(self._ranges(head, shares))
        raws, are_known = [raw for _, raw in found], [one in self._known for one, _ in found]
        for (ranges, _), score in zip(found, head.shares_right(raws, are_known), strict=True):
            if score >= head.least:
                yield Tagged(ranges, head.name, score)

    def _ranges(self, head: HeadCard, shares: Floats) -> Iterator[tuple[Fragments, float]]:
        """Yield the ranges of what a head marks, and the raw scores."""
        for found in marked(shares, head.tags, self._edges.forms, head.least_raw):
            for cell in self._edges.cells(found.fragments):
                whole = self._edges.mended(cell, is_finding=head.name in _FINDINGS)
                ranges = self._edges.characters(whole) if whole else ()
                if ranges:
                    yield ranges, found.score


def _support(
    words: Sequence[tuple[int, int]], hits: Sequence[Hit], shares: Floats | None
) -> list[float]:
    if shares is None or not hits:
        return [0.0] * len(hits)
    sums = np.concatenate(([0.0], np.cumsum(1 - shares[:, 0], dtype=np.float64)))
    starts, ends = np.array(words).T
    first = np.searchsorted(starts, [hit.start for hit in hits])
    last = np.searchsorted(ends, [hit.end for hit in hits], side="right")
    size = np.maximum(last - first, 0)
    found: list[float] = np.where(
        size > 0, (sums[np.maximum(last, first)] - sums[first]) / np.maximum(size, 1), 0.0
    ).tolist()
    return found


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


def _shares(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares
