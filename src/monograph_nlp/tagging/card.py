"""The card of a tagger: what its files are, what its outputs mean, where it comes from, how good it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from monograph_nlp.errors import ConfigError

FILE = "card.json"


class HeadCard(msgspec.Struct, frozen=True):
    """One head: its tags, and the score (0..1) that a mention needs at least."""

    name: str
    tags: tuple[str, ...]
    least: float = 0.0


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
        raise ConfigError(f"{folder / FILE}: not the card of a tagger: {cause}") from cause
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
