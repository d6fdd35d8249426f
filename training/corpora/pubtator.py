"""PubTator: a title line, an abstract line, and a table of mentions and relations below them.

The document is the title, a space and the abstract. Used by BC5CDR (Li et al. 2016) and BioRED
(Luo et al. 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.document import CorpusError, Document, Place, Span, check

_BLANK_LINES = re.compile(r"\n\s*\n")
_MENTION_CELLS = 5  # PMID, start, end, text, type; the concept's id may follow


def read(path: Path) -> Iterator[Document]:
    """Yield the abstracts of a file, in its order.

    Raises:
        CorpusError: a block has no title and abstract, or a mention does not quote them.
    """
    for block in _BLANK_LINES.split(path.read_text(encoding="utf-8").strip()):
        yield _document(block.split("\n"), path.name)


def _document(lines: list[str], file: str) -> Document:
    pmid, title = _headed(lines, 0, "t", file)
    _, abstract = _headed(lines, 1, "a", file)
    text = f"{title} {abstract}"
    rows = [line.split("\t") for line in lines[2:]]
    spans = tuple(
        _span(row, index, text, Place(file, pmid))
        for index, row in enumerate(row for row in rows if _is_mention(row))
    )
    return Document(id=pmid, group=pmid, text=text, spans=spans)


def _headed(lines: list[str], number: int, kind: str, file: str) -> tuple[str, str]:
    cells = lines[number].split("|", 2) if number < len(lines) else []
    if len(cells) != 3 or cells[1] != kind:
        raise CorpusError(
            f"{file}: expected PMID|{kind}|text, found {'|'.join(cells)[:60]!r} in a block that "
            f"begins {lines[0][:60]!r}."
        )
    return cells[0], cells[2]


def _is_mention(row: list[str]) -> bool:
    return len(row) >= _MENTION_CELLS and row[1].isdigit() and row[2].isdigit()


def _span(row: list[str], index: int, text: str, place: Place) -> Span:
    fragments = ((int(row[1]), int(row[2])),)
    check(place, text, fragments, row[3])
    return Span(f"M{index}", row[4], fragments)
