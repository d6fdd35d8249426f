from __future__ import annotations

from dataclasses import replace

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.materials import Material, Shelf, read_materials
from monograph_nlp.lexicon.building.reading import READERS, read_all
from monograph_nlp.lexicon.building.report import HEADER, sources_table

from .conftest import pin, tsv, wheel

UNII = tsv(
    "Name | TYPE | UNII | Display Name",
    "EXAMPLINIB [INN] | cn | AAAAAAAAA1 | EXAMPLINIB",
    "ZYNOVIA | bn | AAAAAAAAA1 | EXAMPLINIB",
    "SOLVENT | of | AAAAAAAAA2 | SOLVENT",
)
DOID = '[{"id": "DOID:14", "name": "example", "namespace": "doid"}]'


@pytest.fixture
def materials(tmp_path):
    path = wheel(
        tmp_path / "tiny-1.0-py3-none-any.whl", {"x/UNII_Names.txt": UNII, "x/doid.json": DOID}
    )
    package = pin(path)
    return (
        Material("doid", package, "x/doid.json", "CC0 1.0", True, "diseases", "doid:14"),
        Material("unii", package, "x/UNII_Names.txt", "public domain", False, "names", "Zynovia"),
    )


def test_sources_are_read_in_the_readers_order(materials, tmp_path):
    entries, tallies = read_all(tmp_path, materials)
    assert [entry.source for entry in entries] == ["unii", "doid"]
    assert [tally.source for tally in tallies] == ["unii", "doid"]


def test_reading_twice_gives_the_same(materials, tmp_path):
    assert read_all(tmp_path, materials) == read_all(tmp_path, materials[::-1])


def test_a_file_that_no_longer_gives_its_example_is_an_error(materials, tmp_path):
    changed = (replace(materials[0], example="doid:99"), materials[1])
    with pytest.raises(LexiconError, match=r"tiny-1\.0/x/doid\.json: gives no 'doid:99'"):
        read_all(tmp_path, changed)


def test_a_package_that_is_not_the_pinned_one_stops_the_build(materials, tmp_path):
    wheel(tmp_path / "tiny-1.0-py3-none-any.whl", {"x/doid.json": "[]"})
    with pytest.raises(LexiconError, match="SHA-256"):
        read_all(tmp_path, materials)


def test_a_missing_member_stops_the_build(materials, tmp_path):
    changed = (replace(materials[0], member="y/doid.json"), materials[1])
    with pytest.raises(LexiconError, match=r"holds no file 'y/doid\.json'"):
        read_all(tmp_path, changed)


def test_a_shelf_names_what_it_holds(materials, tmp_path):
    with pytest.raises(LexiconError, match=r"doid lists no member that ends in 'go\.json'"):
        Shelf(materials[:1], {}).open("go.json")


def test_the_table_of_sources_feeds_every_reader():
    rows = read_materials()
    # The English words are read apart: they judge the names, and none of them is a name.
    assert {row.source for row in rows} == READERS.keys() | {"ordinary_words"}
    assert all(row.data_license and row.example and row.note for row in rows)
    assert len({(row.source, row.member) for row in rows}) == len(rows)


def test_share_alike_data_stand_alone():
    shared = {row.source for row in read_materials() if row.share_alike}
    assert shared == {"guide_to_pharmacology"}
    assert all(row.share_alike for row in read_materials() if row.source in shared)


def test_a_package_without_a_pin_is_an_error(tmp_path):
    header = "source\tpackage\tmember\tdata_license\tshare_alike\tnote\texample\n"
    table = tmp_path / "sources.tsv"
    table.write_text(header + "doid\tnowhere\tx\tCC0\tno\tn\te\n")
    with pytest.raises(LexiconError, match=r"sources\.tsv:2: package 'nowhere' is not pinned"):
        read_materials(str(table))


def test_the_report_tells_licences_and_counts(materials, tmp_path):
    _, tallies = read_all(tmp_path, materials)
    header, first, second = sources_table(materials, tallies).splitlines()
    assert header.split("\t") == list(HEADER)
    cells = dict(zip(HEADER, first.split("\t"), strict=True))
    assert cells["sha256"] == materials[0].package.sha256
    assert (cells["source"], cells["rows_read"], cells["rows_kept"]) == ("unii", "2", "1")
    assert cells["rows_dropped"] == "no list of medicines names it: 1"
    assert (cells["code_license"], cells["data_license"]) == ("MIT", "public domain")
    assert (cells["share_alike"], second.split("\t")[7]) == ("no", "yes")


def test_a_source_of_two_packages_has_two_lines_and_one_count(materials, tmp_path):
    other = replace(materials[1].package, name="other", sha256="1" * 64)
    rows = (*materials, replace(materials[1], package=other, member="x/more.tsv"))
    _, tallies = read_all(tmp_path, materials)
    lines = [line.split("\t") for line in sources_table(rows, tallies).splitlines()[1:]]
    assert [(cells[0], cells[1], cells[8]) for cells in lines] == [
        ("unii", "tiny", "2"),
        ("unii", "other", ""),
        ("doid", "tiny", "1"),
    ]
