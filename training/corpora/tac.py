"""TAC 2017 ADR: XML of FDA labels, with mentions and relations, or with texts alone.

One document for each section, since offsets count inside a section. A mention's ``start`` and
``len`` hold several numbers, parted by commas, where it is discontinuous.
Layout: Roberts, Demner-Fushman & Tonning, "Overview of the TAC 2017 Adverse Reaction Extraction
from Drug Labels Track".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from training.corpora.document import (
    CorpusError,
    Document,
    Fragments,
    Place,
    Relation,
    Span,
    check,
)

FOLDS = 5
"""How many folds ``fold_of`` makes."""


def read(folder: Path) -> Iterator[Document]:
    """Yield the sections of all labels of a folder, by file name.

    Raises:
        CorpusError: a file is no XML of this layout, or a mention does not quote its section.
    """
    for path in label_files(folder):
        yield from _sections(path)


def label_files(folder: Path) -> list[Path]:
    """Return the XML files of a folder, sorted by name; ``CorpusError`` if there are none."""
    paths = sorted(folder.glob("*.xml"), key=lambda path: path.name)
    if not paths:
        raise CorpusError(f"{folder}: no XML files; expected the labels of the corpus.")
    return paths


def fold_of(folder: Path) -> dict[str, int]:
    """Return file stem → fold: the i-th file by name belongs to fold i mod 5.

    The stem is the ``group`` of the file's documents.
    """
    return {path.stem: index % FOLDS for index, path in enumerate(label_files(folder))}


def _sections(path: Path) -> Iterator[Document]:
    root = _root(path)
    texts = {section.get("id", ""): section.text or "" for section in root.iter("Section")}
    spans: dict[str, list[Span]] = {section: [] for section in texts}
    for mention in root.iter("Mention"):
        section = mention.get("section", "")
        if section not in texts:
            raise CorpusError(f"{path.name}: mention {mention.get('id')} is in no section.")
        spans[section].append(_span(mention, texts[section], Place(path.name, section)))
    relations = [_relation(element) for element in root.iter("Relation")]
    for element in root.iter("Section"):
        section = element.get("id", "")
        own = tuple(spans[section])
        yield Document(
            id=f"{path.stem}/{section}",
            group=path.stem,
            text=texts[section],
            spans=(*own, *_turned(own, relations)),
            relations=_between(own, relations),
            section=element.get("name", ""),
        )


def _turned(spans: Sequence[Span], relations: Iterable[Relation]) -> Iterator[Span]:
    """Yield reactions that are not the drug's own once more, labelled by what turns them."""
    types = {span.id: span.label for span in spans}
    turns: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        if relation.label == "Negated":
            turns[relation.first].add("Negated")
        elif types.get(relation.second) in ("DrugClass", "Animal"):
            turns[relation.first].add("OtherSubject")
    for span in spans:
        for turn in sorted(turns[span.id]):
            yield Span(f"{span.id}-{turn}", f"{span.label}.{turn}", span.fragments)


def _root(path: Path) -> etree._Element:
    try:
        return etree.parse(path).getroot()
    except etree.XMLSyntaxError as cause:
        raise CorpusError(f"{path.name}: not XML: {cause}") from cause


def _span(mention: etree._Element, text: str, place: Place) -> Span:
    fragments = _fragments(mention.get("start", ""), mention.get("len", ""), place)
    check(place, text, fragments, mention.get("str", ""))
    return Span(mention.get("id", ""), mention.get("type", ""), fragments)


def _fragments(starts: str, lengths: str, place: Place) -> Fragments:
    try:
        pairs = zip(map(int, starts.split(",")), map(int, lengths.split(",")), strict=True)
        return tuple((start, start + length) for start, length in pairs)
    except ValueError as cause:
        raise CorpusError(
            f"{place.file}: document {place.document}: start {starts!r} and len {lengths!r} "
            "are not the same number of integers."
        ) from cause


def _relation(element: etree._Element) -> Relation:
    return Relation(element.get("type", ""), element.get("arg1", ""), element.get("arg2", ""))


def _between(spans: tuple[Span, ...], relations: list[Relation]) -> tuple[Relation, ...]:
    ids = {span.id for span in spans}
    return tuple(item for item in relations if item.first in ids and item.second in ids)
