"""From the pinned packages to the files that ship: the lexicon, the share-alike facts and their SOURCES.

The same packages and rules give the same bytes. All files are made before the first is written, so that
a wrong package leaves the old ones as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.lexicon.artifact import Header, write
from monograph_nlp.lexicon.building.english import read_words
from monograph_nlp.lexicon.building.entries import Tally
from monograph_nlp.lexicon.building.materials import Material, Shelf, fetch_all, read_materials
from monograph_nlp.lexicon.building.merging import Merged, merge
from monograph_nlp.lexicon.building.reading import read_all
from monograph_nlp.lexicon.building.referring import references, shared_references
from monograph_nlp.lexicon.building.report import sources_table
from monograph_nlp.lexicon.compiling import compile_surfaces
from monograph_nlp.lexicon.reference import Reference
from monograph_nlp.lexicon.terms import Surface, read_terms, terms_digest

VERSION = "1"
LEXICON = "lexicon.bin"
SHARE_ALIKE = "lexicon_sharealike.bin"
SOURCES = "SOURCES.tsv"
_WORDS = "ordinary_words"


@dataclass(frozen=True, slots=True)
class Built:
    """What was written, for a summary: bytes by file name, the merged names and the counts."""

    sizes: Mapping[str, int]
    merged: Merged
    tallies: tuple[Tally, ...]


def build(folder: Path, out: Path) -> Built:
    """Read the packages in ``folder`` (missing ones are downloaded into it) and write into ``out``.

    Raises:
        LexiconError: a package cannot be had, is damaged or not the pinned one, or has another layout;
            nothing is written then.
    """
    materials = read_materials()
    entries, tallies = read_all(folder)
    shared = {material.source for material in materials if material.share_alike}
    own = [entry for entry in entries if entry.source not in shared]
    words = _words(materials, folder)
    merged = merge(own, read_terms(), words)
    facts = references(own, merged.concepts)
    others = shared_references(
        [entry for entry in entries if entry.source in shared], own, merged.concepts
    )
    files = {
        LEXICON: _compiled(merged.surfaces, facts, {"terms": terms_digest()}),
        SHARE_ALIKE: _compiled((), others, {"license": _licenses(materials, shared)}),
    }
    table = sources_table(materials, [*tallies, Tally(_WORDS, len(words), len(words))])
    out.mkdir(parents=True, exist_ok=True)
    for name, (parts, header) in files.items():
        write(out / name, parts, header)
    (out / SOURCES).write_text(table, encoding="utf-8", newline="\n")
    sizes = {name: (out / name).stat().st_size for name in files}
    return Built(sizes, merged, tuple(tallies))


def _compiled(
    surfaces: Sequence[Surface], facts: Mapping[str, Reference], notes: Mapping[str, str]
) -> tuple[dict[str, bytes], Header]:
    return compile_surfaces(surfaces, facts, version=VERSION, notes=notes)


def _words(materials: Sequence[Material], folder: Path) -> dict[str, int]:
    of_words = tuple(material for material in materials if material.source == _WORDS)
    data, _ = Shelf(of_words, fetch_all(of_words, folder)).open(".txt")
    return read_words(data)


def _licenses(materials: Sequence[Material], sources: set[str]) -> str:
    return "; ".join(dict.fromkeys(m.data_license for m in materials if m.source in sources))
