"""The coverage ledger: what every character of the document was taken for."""

from __future__ import annotations

from collections.abc import Sequence

from monograph_nlp.types import Coverage, Fact

_KINDS = ("evidence", "text", "boilerplate", "other_language", "junk")


def cover(
    characters: int, facts: Sequence[Fact], set_aside: Sequence[tuple[int, int, str]]
) -> Coverage:
    """Count each character once: set aside, else evidence of a fact, else other text.

    Args:
        characters: the length of ``Monograph.text``.
        facts: the record's facts.
        set_aside: ``(start, end, kind)`` in code points of ``Monograph.text``.
    """
    ledger = bytearray([_KINDS.index("text")]) * characters
    for fact in facts:
        for evidence in fact.evidence:
            _mark(ledger, evidence.start, evidence.end, "evidence")
    for start, end, kind in set_aside:
        _mark(ledger, start, end, kind)
    return Coverage(*(ledger.count(number) for number in range(len(_KINDS))))


def _mark(ledger: bytearray, start: int, end: int, kind: str) -> None:
    ledger[start:end] = bytes([_KINDS.index(kind)]) * (end - start)
