"""The lexicon that ships: made from the rules that ship, small, quick to open, and documented."""

from __future__ import annotations

import csv
import re
import time
from importlib.resources import files
from pathlib import Path

import pytest
import typer

from monograph_nlp.cli.lexicon import lexicon
from monograph_nlp.lexicon.artifact import open_artifact
from monograph_nlp.lexicon.building.materials import read_materials
from monograph_nlp.lexicon.building.packages import Package, read_packages
from monograph_nlp.lexicon.building.reading import READERS
from monograph_nlp.lexicon.building.report import HEADER
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.spelling import spelling_digest
from monograph_nlp.lexicon.terms import terms_digest
from monograph_nlp.rules import Row, read_table

ROOT = Path(__file__).parents[2]
DATA = Path(str(files("monograph_nlp") / "data"))
LEXICON = DATA / "lexicon.bin"
SHARE_ALIKE = DATA / "lexicon_sharealike.bin"
LARGEST = 12_000_000  # bytes
LONGEST = 0.5  # seconds
REBUILD = "the lexicon is out of date: run `make lexicon`"
COMMANDS = typer.main.get_command(lexicon).commands  # type: ignore[attr-defined]
PAGES = [(ROOT / "docs" / name).read_text("utf-8") for name in ("lexicon.md", "own_vocabulary.md")]
SOURCES_PAGE = (ROOT / "docs" / "sources.md").read_text("utf-8")
TAGS = read_table("medicine_tags.tsv", ("tag", "note", "example"))


def _sources() -> list[dict[str, str]]:
    with (DATA / "SOURCES.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_lexicon_is_made_from_the_tables_that_ship() -> None:
    header = open_artifact(LEXICON).header
    assert header.notes["terms"] == terms_digest(), REBUILD


@pytest.mark.parametrize("path", [LEXICON, SHARE_ALIKE], ids=lambda path: path.name)
def test_the_lexicon_is_spelled_by_the_rules_that_ship(path: Path) -> None:
    assert open_artifact(path).header.spelling == spelling_digest(), REBUILD


def test_the_lexicon_is_small_and_opens_at_once() -> None:
    assert sum(path.stat().st_size for path in (LEXICON, SHARE_ALIKE)) <= LARGEST
    assert min(_seconds_to_open() for _ in range(3)) < LONGEST


def _seconds_to_open() -> float:
    begun = time.perf_counter()
    assert Index.open(LEXICON, SHARE_ALIKE).find("ibuprofen", "DRUG")
    return time.perf_counter() - begun


def test_share_alike_facts_are_in_their_own_file_and_bring_no_names() -> None:
    shared = {material.source for material in read_materials() if material.share_alike}
    assert shared
    assert shared.isdisjoint(open_artifact(LEXICON).header.sources)
    header = open_artifact(SHARE_ALIKE).header
    assert header.counts["names"] == header.counts["terms"] == 0 < header.counts["references"]
    assert "ODbL" in header.notes["license"]


def _of_readers() -> list[Package]:
    read = {m.package for m in read_materials() if m.source in READERS}
    return [package for package in read_packages() if package in read]


@pytest.mark.parametrize("package", _of_readers(), ids=lambda package: package.name)
def test_sources_names_every_package_that_gave_data(package: Package) -> None:
    rows = [row for row in _sources() if row["package"] == package.name]
    assert rows, REBUILD
    assert {(row["version"], row["sha256"]) for row in rows} == {(package.version, package.sha256)}


def test_sources_counts_every_source() -> None:
    rows = _sources()
    assert tuple(rows[0]) == HEADER
    counted = {row["source"]: int(row["rows_kept"]) for row in rows if row["rows_kept"]}
    assert counted.keys() >= READERS.keys(), REBUILD
    assert all(counted.values())


@pytest.mark.parametrize("package", read_packages(), ids=lambda package: package.name)
def test_the_page_of_sources_names_every_pinned_package(package: Package) -> None:
    assert f"| {package.name} {package.version} | {package.code_license} |" in SOURCES_PAGE


def test_the_page_of_sources_names_every_licence_of_data() -> None:
    licences = {part for row in read_materials() for part in row.data_license.split("; ")}
    assert {licence for licence in licences if licence not in SOURCES_PAGE} == set()


@pytest.mark.parametrize("row", TAGS, ids=lambda row: row.where)
def test_a_substance_with_the_tag_of_a_medicine_is_a_drug(row: Row) -> None:
    assert Index.open(LEXICON).find(row.text("example"), "DRUG")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_and_option_is_documented(name: str) -> None:
    pages = "\n".join(PAGES)
    assert re.search(rf"^monograph-nlp lexicon {name}\b", pages, re.MULTILINE)
    options = {o for p in COMMANDS[name].params for o in p.opts if o.startswith("--")}
    assert {option for option in options if option not in pages} == set()


def test_commands_and_options_that_the_pages_show_exist() -> None:
    for page in PAGES:
        for line in re.findall(r"^monograph-nlp lexicon (.*)$", page, re.MULTILINE):
            name, *rest = line.split()
            known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
            assert {word for word in rest if word.startswith("--")} <= known, line
