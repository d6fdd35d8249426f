"""Print what the corpora hold: documents, characters, spans per label, and what overlaps.

    python -m training.corpora.summary CORPORA [--gold-leaflets FOLDER]

Every span is checked against its text on the way, so this is the check of the corpora as well.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from training import held_out, learning
from training.corpora import catalog, leaflet_gold
from training.corpora.document import Document
from training.corpora.labels import LabelMap

_WIDTH = 110  # columns; the tables have the same form in a file


@dataclass(slots=True)
class Count:
    """What a part holds; ``removed`` counts what is held out elsewhere, or stands in two parts."""

    name: str
    use: str
    documents: int = 0
    characters: int = 0
    discontinuous: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    removed: int = 0

    def add(self, documents: Iterable[Document]) -> None:
        """Count these documents too."""
        for document in documents:
            self.documents += 1
            self.characters += len(document.text)
            for span in document.spans:
                self.spans[f"{span.label} → {' or '.join(span.choices) or '–'}"] += 1
                self.discontinuous += len(span.fragments) > 1


def main() -> None:
    """Parse the arguments; print two tables."""
    parser = argparse.ArgumentParser(description="what the corpora hold")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--gold-leaflets", type=Path, help="folder of the leaflets' annotations")
    options = parser.parse_args()
    counts = count(options.corpora)
    if options.gold_leaflets:
        counts.append(_gold(options.gold_leaflets, options.corpora))
    console = Console(width=_WIDTH)
    console.print(_totals(counts))
    console.print(_labels(counts))


def count(corpora: Path) -> list[Count]:
    """Count every part of the catalogue; ``CorpusError`` where one is not as its reader expects."""
    counts = {part.name: Count(part.name, part.use) for part in catalog.parts()}
    removed: list[learning.Removed] = []
    kept_out = held_out.read(corpora, catalog.parts("held_out"))
    for part, document in learning.documents(corpora, kept_out, removed):
        counts[part.name].add([document])
    for item in removed:
        counts[item.part].removed += 1
    for part in catalog.parts("held_out", "check"):
        counts[part.name].add(map(LabelMap.of(part.corpus).apply, catalog.read(part, corpora)))
    for part in catalog.parts("texts"):
        counts[part.name].add(catalog.read(part, corpora))
    return list(counts.values())


def _gold(annotations: Path, corpora: Path) -> Count:
    (leaflets,) = (part for part in catalog.parts("texts") if part.layout == "leaflets")
    counted = Count("leaflets/gold", "held_out")
    documents = leaflet_gold.read(annotations, corpora / leaflets.path)
    counted.add(map(LabelMap.of(leaflets.corpus).apply, documents))
    return counted


def _totals(counts: Iterable[Count]) -> Table:
    table = Table("part", "use", title="Documents")
    for column in ("documents", "characters", "spans", "discontinuous", "removed"):
        table.add_column(column, justify="right")
    for item in counts:
        figures = (item.documents, item.characters, item.spans.total(), item.discontinuous)
        cells = [f"{figure:,}" for figure in (*figures, item.removed)]
        table.add_row(item.name, item.use, *cells)
    return table


def _labels(counts: Iterable[Count]) -> Table:
    table = Table("part", "label of the corpus → ours", title="Spans that have a label of ours")
    table.add_column("spans", justify="right")
    for item in counts:
        for label, number in item.spans.most_common():
            table.add_row(item.name, label, f"{number:,}")
    return table


if __name__ == "__main__":
    main()
