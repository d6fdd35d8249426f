"""FDA adverse reaction sets: a text for each section of a label, and a table of offsets.

A row holds the fragments (``start,end``, parted by semicolons), a UMLS concept, the quoted words
and a MedDRA number; the two numbers are not kept. One place has a row for each of its concepts,
and gives one span. Where the quoted words stand in another order than in the text, so do the
fragments.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora.document import CorpusError, Document, Fragments, Place, Span, check

_LABEL = "AdverseReaction"
_CELLS = 4


def read(folder: Path) -> Iterator[Document]:
    """Yield the sections, by file name; the group is the drug's name in the file name.

    Raises:
        CorpusError: a table is missing or not of this layout, or a row does not quote its text.
    """
    paths = sorted((folder / "Txt").glob("*.txt"), key=lambda path: path.name)
    if not paths:
        raise CorpusError(f"{folder}: no texts in Txt; expected one for each section.")
    for path in paths:
        drug, _, section = path.stem.partition("_")
        text = path.read_bytes().decode("utf-8")  # read_text would shorten \r\n, and shift offsets
        spans = dict.fromkeys(_spans(folder / "Gold" / f"{path.stem}.offsets", text))
        yield Document(path.stem, drug, text, tuple(spans), section=section.replace("_", " "))


def _spans(path: Path, text: str) -> Iterator[Span]:
    if not path.exists():
        raise CorpusError(f"{path.name}: missing; expected a table of offsets beside the text.")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("|")
        if len(cells) != _CELLS:
            raise CorpusError(f"{path.name}:{number}: {len(cells)} cells, expected {_CELLS}.")
        fragments = _fragments(cells[0], f"{path.name}:{number}")
        check(Place(path.name, path.stem), text, fragments, cells[2])
        yield Span(cells[0], _LABEL, fragments)


def _fragments(cell: str, where: str) -> Fragments:
    try:
        pairs = [tuple(map(int, pair.split(","))) for pair in cell.split(";")]
        return tuple((start, end) for start, end in pairs)
    except ValueError as cause:
        raise CorpusError(f"{where}: {cell!r} is no list of start,end;start,end.") from cause
