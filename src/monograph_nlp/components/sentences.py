"""``monograph_sentences``: sentence starts that never cross a block, and the units of statement.

Reads ``doc._.blocks`` and ``doc._.set_aside`` if they are there; writes ``token.is_sent_start`` and ``doc._.units``: the
characters of each sentence and table cell, without its bullet, with the index of its block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of


class Sentences:
    """Splits blocks into sentences with pysbd; list items and table cells are units."""

    def __init__(self) -> None:
        declare()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``token.is_sent_start`` and ``doc._.units``."""
        from monograph_nlp.text.blocks import Block, split_blocks
        from monograph_nlp.text.places import Apart
        from monograph_nlp.text.sentences import split_units

        text = text_of(doc)
        blocks = [Block(**block) for block in doc._.blocks] or list(split_blocks(text))
        barred = Apart([(zone["start"], zone["end"]) for zone in doc._.set_aside])
        units = list(split_units(text, blocks, barred))
        doc._.units = [list(unit) for unit in units]
        _mark_starts(doc, list(_borders(text, units)))
        return doc


def _borders(text: str, units: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """Yield where each sentence starts; the bullet or number of an item belongs to its first."""
    done, last = 0, -1
    for start, end, block in units:
        yield start if block == last else text.rfind("\n", done, start) + 1 or done
        done, last = end, block


def _mark_starts(doc: Doc, borders: list[int]) -> None:
    """Start a sentence at the first token that begins at a border or after it.

    All at once: setting ``token.is_sent_start`` looks through the whole ``Doc`` for each token.
    """
    starts = np.full(len(doc), -1, dtype="int64")
    firsts = np.searchsorted(Alignment(doc).starts, np.maximum.accumulate([0, *borders]))
    starts[firsts[firsts < len(doc)]] = 1
    doc.from_array([SENT_START], cast(Any, starts.astype("uint64")))


@Language.factory("monograph_sentences", assigns=["token.is_sent_start", "doc._.units"])
def create(nlp: Language, name: str) -> Sentences:
    """Create the component."""
    return Sentences()
