"""All sources, in order: packages in, entries and their counts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from monograph_nlp.collecting import collecting_later
from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building import (
    chebi,
    disease_names,
    doid,
    drug_names,
    famplex,
    go,
    guide_to_pharmacology,
    hgnc,
    icd10cm,
    mesh,
    mesh_supplement,
    mondo,
    oncology,
    unii,
)
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import (
    Material,
    Shelf,
    fetch_all,
    read_materials,
)

Reader = Callable[[Shelf, Tally], Iterator[Entry]]

READERS: Mapping[str, Reader] = {
    module.SOURCE: module.read
    for module in (
        unii,
        drug_names,
        mesh,
        mesh_supplement,
        chebi,
        mondo,
        doid,
        disease_names,
        icd10cm,
        hgnc,
        famplex,
        go,
        oncology,
        guide_to_pharmacology,
    )
}


def read_all(
    folder: Path, materials: Sequence[Material] | None = None
) -> tuple[list[Entry], list[Tally]]:
    """Read every source of the table from the packages in ``folder``; missing ones are downloaded.

    The order is that of the readers and, within a source, of its rows: the same packages give the same
    entries in the same order. Share-alike sources are among them, told by ``Entry.source``.

    Raises:
        LexiconError: a package is missing, damaged or not the pinned one, or has another layout.
    """
    listed = tuple(read_materials() if materials is None else materials)
    files = fetch_all(listed, folder)
    with collecting_later():  # millions of small objects: collecting doubles the time
        return _read(listed, files)


def _read(
    listed: tuple[Material, ...], files: Mapping[str, Path]
) -> tuple[list[Entry], list[Tally]]:
    entries: list[Entry] = []
    tallies: list[Tally] = []
    for source, reader in READERS.items():
        of_source = tuple(material for material in listed if material.source == source)
        if not of_source:
            continue
        tally = Tally(source)
        found = list(reader(Shelf(of_source, files), tally))
        _check_examples(of_source, found)
        entries += found
        tallies.append(tally)
    return entries, tallies


def _check_examples(materials: Sequence[Material], entries: Sequence[Entry]) -> None:
    # A layout that changed silently (a column moved) would pass every other check.
    wanted = {material.example: material for material in materials}
    for entry in entries:
        parts = (entry.id, entry.name, *entry.xrefs, *entry.broader)
        parts += tuple(text for text, _ in entry.names) + tuple(fact[1] for fact in entry.facts)
        for part in parts:
            wanted.pop(part, None)
        if not wanted:
            return
    for example, material in wanted.items():
        raise LexiconError(
            f"{material.where}: gives no {example!r} to the lexicon; expected the example of its row in "
            "rules/lexicon_sources.tsv. Download the pinned version, or correct the row."
        )
