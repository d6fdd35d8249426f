"""The card of an exported tagger: what it learned from, under which terms, and what its files are."""

from __future__ import annotations

from pathlib import Path

import msgspec

from monograph_nlp.rules import read_table
from monograph_nlp.tagging.card import FILE, Card, HeadCard, digest_of

_TERMS = Path(__file__).with_name("terms.tsv")
_COLUMNS = ("corpus", "terms", "example")
VERSION = "1"


def write_card(
    folder: Path,
    *,
    name: str,
    kind: str,
    heads: tuple[HeadCard, ...],
    room: int,
    margin: int,
    files: tuple[str, ...],
) -> None:
    """Write ``card.json`` beside the files; figures are added by ``training.measure``."""
    card = Card(
        name=name,
        version=VERSION,
        kind=kind,
        heads=heads,
        room=room,
        margin=margin,
        files={file: digest_of(folder / file) for file in files},
        corpora=tuple(
            {"corpus": row.text("corpus"), "terms": row.text("terms")}
            for row in read_table(str(_TERMS), _COLUMNS, required=_COLUMNS)
        ),
    )
    text = msgspec.json.format(msgspec.json.encode(card), indent=1)
    (folder / FILE).write_bytes(text + b"\n")
