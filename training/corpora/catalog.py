"""Which corpora there are, what each may be used for, and the reader of each: ``corpora.tsv``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.rules import read_table
from training.corpora import fda_ars, iob, leaflets, phee, pubtator, roam, standoff, tac
from training.corpora.document import Document

_TABLE = Path(__file__).parents[1] / "corpora.tsv"
_COLUMNS = ("corpus", "part", "layout", "path", "use", "pretrain", "example", "note")
_USES = ("folds", "train", "held_out", "check", "texts")
_READERS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "fda_ars": fda_ars.read,
    "iob": iob.read,
    "leaflets": leaflets.read,
    "phee": phee.read,
    "pubtator": pubtator.read,
    "roam": roam.read,
    "standoff": standoff.read,
    "tac": tac.read,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a corpus.

    ``use`` is ``train`` or ``held_out``; ``folds`` where the part is both, by cross-validation;
    ``check`` for what no model may learn from; ``texts`` for texts without annotations.
    """

    corpus: str
    part: str
    layout: str
    path: str  # below the folder of the corpora
    use: str
    may_pretrain: bool  # whether its texts may serve continued pretraining

    @property
    def name(self) -> str:
        """Corpus and part, parted by a slash."""
        return f"{self.corpus}/{self.part}"


def parts(*uses: str) -> tuple[Part, ...]:
    """Return the parts with one of these uses, in the table's order; all, if none is given."""
    rows = read_table(
        str(_TABLE),
        _COLUMNS,
        required=_COLUMNS[:-1],
        choices={"use": _USES, "layout": _READERS, "pretrain": ("yes", "no")},
    )
    found = [
        Part(
            corpus=row.text("corpus"),
            part=row.text("part"),
            layout=row.text("layout"),
            path=row.text("path"),
            use=row.text("use"),
            may_pretrain=row.text("pretrain") == "yes",
        )
        for row in rows
    ]
    return tuple(part for part in found if not uses or part.use in uses)


def read(part: Part, corpora: Path) -> Iterator[Document]:
    """Yield a part's documents with the corpus's own labels; ``CorpusError`` as its reader's."""
    return _READERS[part.layout](corpora / part.path)
