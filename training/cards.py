"""The card of an exported tagger: what it learned from, under which terms, and what its files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from monograph_nlp.rules import read_table
from monograph_nlp.tagging.card import FILE, Card, HeadCard, digest_of
from training.heads import Head

_TERMS = Path(__file__).with_name("terms.tsv")
_COLUMNS = ("corpus", "terms", "example")
VERSION = "1"


def write_card(
    folder: Path,
    heads: Sequence[Head],
    *,
    windows: tuple[int, int],
    name: str,
    kind: str,
    files: tuple[str, ...],
) -> None:
    """Write ``card.json`` beside the files; what the scores mean is added by ``finish``.

    Args:
        folder: of the tagger.
        heads: of the network, in the order of its outputs.
        windows: the room and the margin of those that a text is read in, in words or pieces.
        name: of the profile.
        kind: which scorer reads the files.
        files: of the tagger, beside the card.
    """
    card = Card(
        name=name,
        version=VERSION,
        kind=kind,
        heads=tuple(HeadCard(head.name, head.tags) for head in heads),
        room=windows[0],
        margin=windows[1],
        files={file: digest_of(folder / file) for file in files},
        corpora=learned_from(),
    )
    save(card, folder)


def learned_from() -> tuple[dict[str, str], ...]:
    """Return what the taggers learned from, with its terms."""
    rows = read_table(str(_TERMS), _COLUMNS, required=_COLUMNS)
    return tuple({"corpus": row.text("corpus"), "terms": row.text("terms")} for row in rows)


def save(card: Card, folder: Path) -> None:
    """Write a card into the folder of its tagger."""
    text = msgspec.json.format(msgspec.json.encode(card), indent=1)
    (folder / FILE).write_bytes(text + b"\n")
