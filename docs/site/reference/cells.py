"""Cells of Markdown tables: what would end a cell or begin mark-up is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence


def plain(text: str) -> str:
    """Return running text for a cell: on one line, with its code spans as they are."""
    parts = re.split(r"(`+[^`]*`+)", " ".join(text.split()))
    parts[::2] = [re.sub(r"([\\<>*_\[\]])", r"\\\1", part) for part in parts[::2]]
    return "".join(parts).replace("|", r"\|")


def code(text: str) -> str:
    """Return a span of code for a cell, on one line; nothing for nothing. A bar in code ends no cell."""
    if not text:
        return ""
    ticks = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{space}{' '.join(text.splitlines())}{space}{ticks}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table and the blank line behind it."""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
