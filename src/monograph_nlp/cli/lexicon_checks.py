"""What ``lexicon check`` looks for: names that more than one concept claims, and rows to complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.english import read_words
from monograph_nlp.lexicon.building.materials import read_materials
from monograph_nlp.lexicon.building.packages import member, verify
from monograph_nlp.lexicon.layer import Layer
from monograph_nlp.lexicon.postings import Posting
from monograph_nlp.lexicon.spelling import fold
from monograph_nlp.lexicon.terms import COLUMNS, TABLES, Term
from monograph_nlp.rules import Row, read_table

_WORDS = "ordinary_words"
_CURATED = "curated"


@dataclass(frozen=True, slots=True)
class Collision:
    """A name that finds mentions of several concepts of the same labels; the first one wins."""

    key: str
    labels: tuple[str, ...]
    terms: tuple[Term, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ordinary:
    """An English word, 1 being the most frequent one, that finds mentions in small letters."""

    rank: int
    word: str
    term: Term
    source: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A name that several curated rows bear: ``rules/file:line`` of each."""

    key: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unidentified:
    """A curated row without an id, and the source's concept of the same preferred name."""

    row: str
    name: str
    labels: tuple[str, ...]
    known: Term


def collisions(layer: Layer) -> list[Collision]:
    """Return the names that find several concepts of one label, the shortest first."""
    found: list[Collision] = []
    for entry in layer.trie.iterkeys():
        finding = [posting for posting in layer.postings(entry) if posting.is_spot]
        if len(finding) > 1:
            found += _colliding(entry[:-1], finding, layer)
    return sorted(found, key=lambda each: (len(each.key), each.key, each.labels))


def _colliding(key: str, postings: Sequence[Posting], layer: Layer) -> Iterator[Collision]:
    by_label: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        if posting.case != "exact":  # two such names may differ in their letters
            for label in layer.term_at(posting.number).labels:
                by_label[label].append(posting)
    labels: dict[tuple[Posting, ...], list[str]] = defaultdict(list)
    for label, same in by_label.items():
        if len(same) > 1:
            labels[tuple(same)].append(label)
    for bearers, shared in labels.items():
        terms = tuple(layer.term_at(posting.number) for posting in bearers)
        sources = tuple(layer.header.sources[posting.source] for posting in bearers)
        yield Collision(key, tuple(shared), terms, sources)


def words_in(folder: Path) -> dict[str, int]:
    """Return the ordinary words, with their rank, of the package that lies in ``folder``.

    Raises:
        LexiconError: the package is not there, or not the pinned one.
    """
    (material,) = (each for each in read_materials() if each.source == _WORDS)
    path = folder / material.package.file
    if not path.is_file():
        raise LexiconError(
            f"{folder}: holds no {material.package.file}; expected the package of ordinary words. "
            "Name the folder that `lexicon build --sources` used, or build once to download it."
        )
    verify(material.package, path)
    return read_words(member(path, material.member))


def ordinary(layer: Layer, words: dict[str, int]) -> list[Ordinary]:
    """Return the words that find mentions as they are, the most frequent first."""
    found = (
        Ordinary(rank, word, match.term, match.source)
        for word, rank in words.items()
        for match in layer.matches(fold(word), word)
        if match.spot
    )
    return sorted(found, key=lambda each: (each.rank, each.source == _CURATED))


def shared_rows() -> list[Shared]:
    """Return the names that several curated rows bear, in the order of the tables."""
    rows: dict[str, dict[str, None]] = defaultdict(dict)
    for row in _curated_rows():
        for text in (row.text("name"), *row.texts("synonyms"), *row.texts("brands")):
            rows[fold(text.removeprefix("="))][row.where] = None
    return [Shared(key, tuple(where)) for key, where in rows.items() if len(where) > 1]


def unidentified_rows(layer: Layer) -> list[Unidentified]:
    """Return the curated rows that stayed without an id though a source has the name with one."""
    terms = [layer.term_at(number) for number in range(layer.header.counts["terms"])]
    by_name: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_name[fold(term.name)].append(term)
    found = []
    for row in _curated_rows():
        named = by_name[fold(row.text("name"))]
        own = any(
            t.id and t.name == row.text("name") and t.labels == row.texts("label") for t in named
        )
        if not row.text("id") and not own:
            known = [
                term for term in named if term.id and set(term.labels) & set(row.texts("label"))
            ]
            found += [
                Unidentified(row.where, row.text("name"), row.texts("label"), t) for t in known
            ]
    return found


def _curated_rows() -> Iterator[Row]:
    for table in TABLES:
        yield from read_table(table, COLUMNS, required=("label", "name", "example"))
