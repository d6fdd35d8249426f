"""Parts of a unit in which a row of the relations table finds no object: glosses, reasons, headings."""

from __future__ import annotations

import re

from monograph_nlp.text.units import UnitMention


class Asides:
    """Where a pattern says that no objects stand; a match of its group ``further`` bars those behind the first.

    Args:
        pattern: of the row, if it has one.
        text: the unit's, masked.
    """

    def __init__(self, pattern: re.Pattern[str] | None, text: str) -> None:
        self._places = [
            (*match.span(), bool(match.groupdict().get("further")))
            for match in (pattern.finditer(text) if pattern else ())
        ]

    def hold(self, mention: UnitMention, *, is_further: bool) -> bool:
        """Say whether a mention stands in one; ``is_further``: the row has found another in the unit."""
        return any(
            start <= mention.start and mention.end <= end and (is_further or not bars_further)
            for start, end, bars_further in self._places
        )
