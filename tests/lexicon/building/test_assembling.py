"""From tiny packages to the files that ship."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.artifact import open_artifact
from monograph_nlp.lexicon.building import assembling, reading
from monograph_nlp.lexicon.building.assembling import LEXICON, SHARE_ALIKE, SOURCES, build
from monograph_nlp.lexicon.building.materials import COLUMNS, Material
from monograph_nlp.lexicon.building.report import HEADER
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.terms import Surface, Term

from .conftest import pin, sdist, tsv, wheel

CURATED = Term(("DRUG",), "zorbicin", "unii:AAAAAAAAA3", (), ())
OPEN = {
    "x/UNII_Names.txt": tsv(
        "Name | TYPE | UNII | Display Name",
        "EXAMPLINIB [INN] | cn | AAAAAAAAA1 | EXAMPLINIB",
        "ZYNOVIA | bn | AAAAAAAAA1 | EXAMPLINIB",
        "EXAMPLINIB MESYLATE [USAN] | cn | AAAAAAAAA2 | EXAMPLINIB MESYLATE",
        "ZORBICIN [INN] | cn | AAAAAAAAA3 | ZORBICIN",
        "ZORBOMYCIN | cn | AAAAAAAAA3 | ZORBICIN",
    ),
    "x/hgnc_entries.tsv": tsv(
        "HGNC:0 | symbol | name | status | aliases | | | | | | | locus |",
        "HGNC:1 | EXA1 | exemplary kinase one | Approved | | 1 | P1 | | | | E | gene with protein product |",
    ),
    "x/famplex/relations.csv": "HGNC,EXA1,isa,FPLX,EXA\n",
    "x/frequency.txt": "the 900\nzynovia 20\n",
}
SHARED = {
    "y/ligands.csv": (
        "Ligand id,Name,Type,Approved,INN,Synonyms,UniProt id\n"
        "1,examplinib,Synthetic organic,t,examplinib,sharedonlyinib|Sharedbrand&reg;,\n"
        "2,zorbicin,Synthetic organic,t,zorbicin,,\n"
    ),
    "y/targets_and_families.csv": (
        "Target id,Target name,synonyms,HGNC id,Human SwissProt,Type\n"
        "5,Shared kinase,sharedase,1,P1,enzyme\n"
    ),
    "y/interactions.csv": (
        "target_id,target_ligand,target_ligand_gene_symbol,target_species,"
        "ligand_id,type,action,primary_target\n"
        "5,,,Human,1,Inhibitor,Inhibition,t\n"
        "5,,,Human,2,Inhibitor,Inhibition,t\n"
    ),
}
EXAMPLES = {
    "x/UNII_Names.txt": ("unii", "Zynovia"),
    "x/hgnc_entries.tsv": ("hgnc", "EXA1"),
    "x/famplex/relations.csv": ("hgnc", "fplx:EXA"),
    "x/frequency.txt": ("ordinary_words", "the"),
    "y/ligands.csv": ("guide_to_pharmacology", "sharedonlyinib"),
    "y/targets_and_families.csv": ("guide_to_pharmacology", "Shared kinase"),
    "y/interactions.csv": ("guide_to_pharmacology", "hgnc:1"),
}
FILES = (LEXICON, SHARE_ALIKE, SOURCES)
# What the fixture does, in a process of its own: the hash seed is set when Python starts.
SCRIPT = """
import sys
from pathlib import Path
from monograph_nlp.lexicon.building import assembling, reading
from monograph_nlp.lexicon.building.materials import read_materials
found = read_materials(sys.argv[1] + "/sources.tsv", sys.argv[1] + "/packages.tsv")
assembling.read_materials = reading.read_materials = lambda: found
assembling.build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two packages, which the tables of sources name."""
    folder = tmp_path / "packages"
    folder.mkdir()
    opened = pin(wheel(folder / "open-1.0-py3-none-any.whl", OPEN), "open")
    shared = pin(sdist(folder / "shared-1.0.tar.gz", SHARED), "shared")
    materials = tuple(
        Material(source, shared, member, "ODbL 1.0", True, "a note", example)
        if member in SHARED
        else Material(source, opened, member, "CC0 1.0", False, "a note", example)
        for member, (source, example) in EXAMPLES.items()
    )
    for module in (assembling, reading):
        monkeypatch.setattr(module, "read_materials", lambda: materials)
    monkeypatch.setattr(assembling, "read_terms", lambda: (Surface("zorbicin", CURATED, "name"),))
    _write_tables(folder, materials)
    return folder


def _write_tables(folder: Path, materials: tuple[Material, ...]) -> None:
    lines = ["\t".join(COLUMNS)]
    for m in materials:
        shared = "yes" if m.share_alike else "no"
        cells = (m.source, m.package.name, m.member, m.data_license, shared, m.note, m.example)
        lines.append("\t".join(cells))
    (folder / "sources.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    pins = ["package\tversion\tfile\tbytes\tsha256\tcode_license\texample"]
    for p in dict.fromkeys(m.package for m in materials):
        cells = (p.name, p.version, p.file, str(p.size), p.sha256, p.code_license, "x")
        pins.append("\t".join(cells))
    (folder / "packages.tsv").write_text("\n".join(pins) + "\n", "utf-8")


def written(out: Path) -> Mapping[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def test_names_of_all_open_sources_and_the_rows_lead_to_concepts(packages, tmp_path):
    built = build(packages, tmp_path / "out")
    index = Index.open(tmp_path / "out" / LEXICON)
    assert index.find("Zynovia").term.name == "examplinib"
    assert index.find("examplinib mesylate").term.id == "unii:AAAAAAAAA1"
    assert index.find("zorbomycin").term == CURATED
    assert index.find("EXA1", "TARGET").term.id == "hgnc:1"
    assert index.find("zynovia") is None  # an English word here: a brand with a capital alone
    assert built.sizes == {name: len(written(tmp_path / "out")[name]) for name in FILES[:2]}
    assert built.merged.surfaces[0].term == CURATED


def test_share_alike_data_stay_in_their_own_file(packages, tmp_path):
    build(packages, tmp_path / "out")
    base = Index.open(tmp_path / "out" / LEXICON)
    both = Index.open(tmp_path / "out" / LEXICON, tmp_path / "out" / SHARE_ALIKE)
    for name in ("sharedonlyinib", "Sharedbrand", "Shared kinase", "sharedase"):
        assert both.find(name) is None
    for drug in (base.find("examplinib").term, CURATED):
        assert base.reference(drug).targets == ()
        (fact,) = both.reference(drug).targets
        assert (fact.name, fact.id, fact.action) == ("EXA1", "hgnc:1", "inhibitor")
        assert both.reference(drug).brands == base.reference(drug).brands


def test_each_file_says_what_it_may_be_used_for_and_what_it_is_of(packages, tmp_path):
    build(packages, tmp_path / "out")
    notes = {name: open_artifact(tmp_path / "out" / name).header.notes for name in FILES[:2]}
    assert notes[SHARE_ALIKE] == {"license": "ODbL 1.0"}
    assert notes[LEXICON].keys() == {"terms"}
    table = [line.split("\t") for line in (tmp_path / "out" / SOURCES).read_text().splitlines()]
    assert table[0] == list(HEADER)
    shared = {row[0]: row[HEADER.index("share_alike")] for row in table[1:]}
    assert (shared["unii"], shared["hgnc"]) == ("no", "no")
    assert shared["guide_to_pharmacology"] == "yes"


def test_building_twice_gives_the_same_bytes(packages, tmp_path):
    build(packages, tmp_path / "one")
    build(packages, tmp_path / "two")
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_another_hash_seed_gives_the_same_bytes(packages, tmp_path):
    for seed in ("0", "1"):
        command = [sys.executable, "-c", SCRIPT, str(packages), str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
    assert written(tmp_path / "0") == written(tmp_path / "1")


def _spoil(packages: Path) -> None:
    """Change one byte, as a wrong download would."""
    path = packages / "shared-1.0.tar.gz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def _truncate(packages: Path) -> None:
    path = packages / "open-1.0-py3-none-any.whl"
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("damage", [_spoil, _truncate])
def test_a_wrong_package_leaves_the_old_files_as_they_are(packages, tmp_path, damage):
    build(packages, tmp_path / "out")
    before = written(tmp_path / "out")
    damage(packages)
    with pytest.raises(LexiconError, match="SHA-256"):
        build(packages, tmp_path / "out")
    assert written(tmp_path / "out") == before
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(FILES)


def test_a_wrong_package_makes_no_folder_where_there_was_none(packages, tmp_path):
    _spoil(packages)
    with pytest.raises(LexiconError):
        build(packages, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_source_that_changed_its_layout_leaves_the_old_files_as_they_are(
    packages, tmp_path, monkeypatch
):
    build(packages, tmp_path / "out")
    before = written(tmp_path / "out")
    path = wheel(packages / "open-1.0-py3-none-any.whl", {**OPEN, "x/frequency.txt": "the"})
    changed = pin(path, "open")
    materials = tuple(
        m
        if m.share_alike
        else Material(m.source, changed, m.member, "CC0 1.0", False, "", m.example)
        for m in assembling.read_materials()
    )
    for module in (assembling, reading):
        monkeypatch.setattr(module, "read_materials", lambda: materials)
    with pytest.raises(LexiconError, match="English words: line 1"):
        build(packages, tmp_path / "out")
    assert written(tmp_path / "out") == before
