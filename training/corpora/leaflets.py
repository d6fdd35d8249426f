"""EMA package leaflets as HTML, read by the package's own reader; no annotations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monograph_nlp.read import read as read_monographs
from training.corpora.document import CorpusError, Document


def read(folder: Path) -> Iterator[Document]:
    """Yield the leaflets of a folder, by file name; ``CorpusError`` if there are none.

    Raises:
        ReadError: a file is no HTML that can be read.
    """
    paths = sorted(folder.glob("*.html"), key=lambda path: path.name)
    if not paths:
        raise CorpusError(f"{folder}: no HTML files; expected package leaflets.")
    for path in paths:
        for monograph in read_monographs(path):
            yield Document(id=path.stem, group=path.stem, text=monograph.text)
