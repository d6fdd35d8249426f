"""Texts inside formats that are lines with tabs between their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# A tab, and all that str.splitlines (and so most readers) takes for the end of a line
_BREAKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BREAK = re.compile(f"[{_BREAKS}]")
_RUN = re.compile(f" *[{_BREAKS}][{_BREAKS} ]*")


def one_line(text: str) -> str:
    """Return the text with a space for each tab and line break: as long as before.

    >>> one_line("renal\\r\\nfailure")
    'renal  failure'
    """
    return _BREAK.sub(" ", text)


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges without the line breaks and tabs in them, in order.

    >>> list(pieces("renal \\n failure", [(0, 15)]))
    [(0, 5), (8, 15)]
    """
    for start, end in spans:
        for found in _RUN.finditer(text, start, end):
            if found.start() > start:
                yield start, found.start()
            start = found.end()
        if end > start:
            yield start, end
