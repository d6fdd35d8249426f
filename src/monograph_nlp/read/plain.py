"""Plain text and Markdown: taken as they are, line for line.

Headings and lists are recognized later, from the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from monograph_nlp.read.repair import repair
from monograph_nlp.read.source import Source, check_kind, sha256
from monograph_nlp.types import Monograph


def read(source: Source) -> Iterator[Monograph]:
    """Yield the file as one document."""
    data = source.read_bytes()
    check_kind(data, source.name, source.suffix)
    repaired = repair(data, source.name)
    yield Monograph(
        id=source.stem,
        text=repaired.text,
        format="text" if source.suffix == ".txt" else "markdown",
        source=source.name,
        sha256=sha256(data),
        damage=repaired.damage,
    )
