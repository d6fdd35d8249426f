"""The characters of one block: white space collapses, line breaks and raised digits stay."""

from __future__ import annotations

import re

from monograph_nlp.read.structure import Event, Node

# Only ASCII white space collapses, as in HTML; a no-break space is a character of the text.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_SPACE_RUN = re.compile(r" {2,}")
_AROUND_BREAK = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{3,}")
_SIGNS = "0123456789+-−"
_RAISED = str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₋")


class Inline:
    """Collects the text of a block from the events of a walk."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._shift: dict[int, int] = {}
        self._keeps_lines = False

    def feed(self, event: Event) -> None:
        """Take a text, a line break, or the border of a raised, lowered or preformatted run."""
        kind, item = event
        if isinstance(item, str):
            self._add(item)
        elif item.role == "break" and kind == "enter":
            self._parts.append("\n")
        elif item.role in ("sup", "sub"):
            self._shift = self._shift_of(item) if kind == "enter" else {}
        elif item.role == "preformatted":
            self._keeps_lines = kind == "enter"

    def take(self) -> str:
        """Return what was collected, without white space at its ends, and begin anew."""
        text = _AROUND_BREAK.sub("\n", _SPACE_RUN.sub(" ", "".join(self._parts)))
        self._parts.clear()
        return _MANY_BREAKS.sub("\n\n", text).strip()

    def _add(self, text: str) -> None:
        if self._keeps_lines:
            lines = text.replace("\r\n", "\n").split("\n")
            text = "\n".join(_SPACE.sub(" ", line) for line in lines)
        else:
            text = _SPACE.sub(" ", text)
        self._parts.append(text.translate(self._shift) if self._shift else text)

    def _shift_of(self, node: Node) -> dict[int, int]:
        """Raise or lower digits after a digit only: 10<sup>9</sup> must not become 109."""
        before = next((part.rstrip() for part in reversed(self._parts) if part.strip()), "")
        if not before[-1:].isdigit():
            return {}
        return _RAISED if node.role == "sup" else _LOWERED
