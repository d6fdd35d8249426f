"""What the tagger tells apart, each in a head of its own: ``heads.tsv``.

A head learns from a corpus only where that corpus marks its kind of name wherever it occurs; to the
others it says nothing. So corpora that mark different things teach one network.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.rules import read_table
from monograph_nlp.tagging.scheme import PLAIN_TAGS, TAGS

_TABLE = Path(__file__).with_name("heads.tsv")
_COLUMNS = ("head", "choices", "tags", "weight", "fast", "example", "note")
_TAGS = {"parts": TAGS, "plain": PLAIN_TAGS}


@dataclass(frozen=True, slots=True)
class Head:
    """One question to each word: its tags among ``tags``, for spans that may mean ``choices``."""

    name: str
    choices: frozenset[str]
    tags: tuple[str, ...]
    weight: float  # of its loss
    is_fast: bool  # the fast profile has it, too


def read_heads() -> tuple[Head, ...]:
    """Return the heads in the order of the network's outputs; ``RuleError`` for a bad row."""
    rows = read_table(
        str(_TABLE),
        _COLUMNS,
        required=_COLUMNS[:-1],
        choices={"tags": tuple(_TAGS), "fast": ("yes", "no")},
    )
    return tuple(
        Head(
            row.text("head"),
            frozenset(row.texts("choices")),
            _TAGS[row.text("tags")],
            row.number("weight", 1.0),
            row.text("fast") == "yes",
        )
        for row in rows
    )


def fast_heads() -> tuple[Head, ...]:
    """Return the heads that the fast profile has, in the order of its network's outputs."""
    return tuple(head for head in read_heads() if head.is_fast)
