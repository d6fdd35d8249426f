"""The card of a tagger: what its files are, what its outputs mean, where it comes from, how good it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from monograph_nlp.errors import ConfigError

FILE = "card.json"


Floats = npt.NDArray[np.float64]
Curve = tuple[tuple[float, float], ...]
"""Corners of a rising line: what a network says, and how often it is right then."""

AS_IT_IS: Curve = ((0.0, 0.0), (1.0, 1.0))
"""The curve of scores that nobody has counted."""

_STEPS = 200  # between the raw scores 0 and 1 that are looked at


class HeadCard(msgspec.Struct, frozen=True, dict=True):
    """One head: its tags, what its scores mean, and the score (0..1) that a mention needs at least.

    There is a curve for mentions whose range is a name of the lexicon, since two opinions agree on
    them, and one for the others.
    """

    name: str
    tags: tuple[str, ...]
    least: float = 0.0
    curve: Curve = AS_IT_IS
    known_curve: Curve = AS_IT_IS

    def shares_right(self, raws: Sequence[float], are_known: Sequence[bool]) -> list[float]:
        """Return how often mentions with these raw scores were right where that was counted."""
        if not raws:
            return []
        known, unknown = np.interp(raws, *self._known_corners), np.interp(raws, *self._corners)
        shares: list[float] = np.where(are_known, known, unknown).tolist()
        return shares

    @cached_property
    def _corners(self) -> tuple[Floats, Floats]:
        return _corners(self.curve)

    @cached_property
    def _known_corners(self) -> tuple[Floats, Floats]:
        return _corners(self.known_curve)

    @property
    def least_raw(self) -> float:
        """The lowest raw score with which a mention can have ``least``; over 1 if none can."""
        steps = np.linspace(0, 1, _STEPS + 1)
        curves = (np.interp(steps, *corners) for corners in (self._corners, self._known_corners))
        shares = np.maximum(*curves)
        reached = np.flatnonzero(shares >= self.least)
        return float(steps[max(reached[0] - 1, 0)]) if len(reached) else 1.1


def _corners(curve: Curve) -> tuple[Floats, Floats]:
    said, right = np.array(curve).T
    return said, right


class Card(msgspec.Struct, frozen=True):
    """A tagger's ``card.json``; ``files`` maps the other files of its folder to their SHA-256."""

    name: str
    version: str
    kind: str  # "hashed": words and n-grams by hash; "pieces": word pieces
    heads: tuple[HeadCard, ...]
    room: int  # of a window: words, or pieces
    margin: int
    files: dict[str, str]
    corpora: tuple[dict[str, str], ...] = ()  # what it learned from: corpus, part, terms
    figures: dict[str, float] = {}
    limits: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the card's content; it changes with any file that the card names."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def read_card(folder: Path) -> Card:
    """Read a tagger's card, and check that its files are the ones that it names.

    Raises:
        ConfigError: the folder holds no tagger, or a file is missing, damaged or another one.
    """
    try:
        card = msgspec.json.decode((folder / FILE).read_bytes(), type=Card)
    except FileNotFoundError as cause:
        raise ConfigError(
            f"{folder}: no {FILE}; expected the folder of a tagger, as the training writes it"
        ) from cause
    except (msgspec.MsgspecError, OSError) as cause:
        raise ConfigError(
            f"{folder / FILE}: not the card of a tagger: {cause}; expected the card that the training writes. "
            "Install the package anew, or train the tagger again."
        ) from cause
    for name, digest in card.files.items():
        _check(folder / name, digest)
    return card


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check(path: Path, digest: str) -> None:
    if not path.is_file():
        raise ConfigError(f"{path}: missing; the tagger's card names it. Install the package anew.")
    if (found := digest_of(path)) != digest:
        raise ConfigError(
            f"{path}: SHA-256 {found[:12]}…, expected {digest[:12]}…: the file is damaged, or not the one that "
            "the card was written for. Install the package anew."
        )
