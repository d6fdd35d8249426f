"""ChemProt and DrugProt: three tables of texts, entities and relations, joined by PMID.

The document is the title, a space and the abstract. ChemProt's table of relations has two cells
more than DrugProt's: the group of the relation, and whether it is of a group that is scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.corpora.document import CorpusError, Document, Place, Relation, Span, check

_TEXT_CELLS = 3  # PMID, title, abstract
_ENTITY_CELLS = 6  # PMID, id, type, start, end, text
_RELATION_CELLS = (4, 6)  # PMID, [group, scored,] type, first, second


def read(texts: Path) -> Iterator[Document]:
    """Yield the abstracts of a table of texts; the two other tables lie beside it.

    Raises:
        CorpusError: a table is missing or not of this layout, or an entity does not quote its
            text.
    """
    entities = _by_document(_beside(texts, "entities"), (_ENTITY_CELLS,))
    relations = _by_document(_beside(texts, "relations"), _RELATION_CELLS)
    for pmid, title, abstract in _rows(texts, (_TEXT_CELLS,)):
        text = f"{title} {abstract}"
        place = Place(_beside(texts, "entities").name, pmid)
        yield Document(
            id=pmid,
            group=pmid,
            text=text,
            spans=tuple(_span(row, text, place) for row in entities[pmid]),
            relations=tuple(_relation(row) for row in relations[pmid]),
        )


def _beside(texts: Path, table: str) -> Path:
    stem = texts.stem.removesuffix("abstracts").removesuffix("texts")
    return texts.with_name(f"{stem}{table}.tsv")


def _by_document(path: Path, widths: tuple[int, ...]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    for row in _rows(path, widths):
        found[row[0]].append(row)
    return found


def _rows(path: Path, widths: tuple[int, ...]) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = line.rstrip("\n").split("\t")
            if len(row) not in widths:
                raise CorpusError(
                    f"{path.name}:{number}: {len(row)} cells, expected "
                    f"{' or '.join(map(str, widths))}."
                )
            yield row


def _span(row: list[str], text: str, place: Place) -> Span:
    _, identifier, label, start, end, quoted = row
    fragments = ((int(start), int(end)),)
    check(place, text, fragments, quoted)
    return Span(identifier, label, fragments)


def _relation(row: list[str]) -> Relation:
    *_, label, first, second = row
    return Relation(label.strip(), first.removeprefix("Arg1:"), second.removeprefix("Arg2:"))
