from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from typer.testing import CliRunner

from monograph_nlp.cli import app, lexicon_build
from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon import cache
from monograph_nlp.lexicon.building import assembling, packages
from monograph_nlp.lexicon.building.entries import Tally
from monograph_nlp.lexicon.building.merging import Merged
from monograph_nlp.lexicon.terms import Surface, Term

DRUG = Term(("DRUG",), "velquarinib", "unii:1", (), ())
NAMES = (Surface("velquarinib", DRUG, "name"), Surface("Velqua", DRUG, "brand"))


def call(*arguments):
    return CliRunner().invoke(app, ["lexicon", *map(str, arguments)])


CONTENT = b"a package"
PINNED = packages.Package(
    "names", "1.2", "names.whl", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), "MIT"
)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder with the only package that is pinned."""
    monkeypatch.setattr(packages, "read_packages", lambda: (PINNED,))
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / PINNED.file).write_bytes(CONTENT)
    return folder


def test_build_tells_what_it_reads_and_what_came_of_it(shop, tmp_path, monkeypatch):
    def build(folder, out):
        assert (folder, out) == (shop, tmp_path / "out")
        tally = Tally("unii", 9, 4, Counter({"no medicine": 3, "too long": 2}))
        merged = Merged(NAMES, {("unii", "a curated row bears the name"): 2}, {})
        return assembling.Built({"lexicon.bin": 1_500_000}, merged, (tally,))

    monkeypatch.setattr(assembling, "build", build)
    result = call("build", "--sources", shop, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "Package 1 of 1, names 1.2: checking\n" in result.stderr
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "unii 9 4 3 no medicine; 2 too long" in rows
    assert "unii 2 2 a curated row bears the name" in rows
    assert rows[-2:] == [f"1 concept, 2 names → {tmp_path / 'out'}", "lexicon.bin: 1.5 MB"]


def test_build_leaves_the_old_lexicon_when_a_package_is_not_the_pinned_one(
    shop, tmp_path, monkeypatch
):
    monkeypatch.setattr(lexicon_build, "data_folder", lambda: tmp_path)
    (tmp_path / "lexicon.bin").write_bytes(b"old")
    (shop / PINNED.file).write_bytes(b"another")
    result = call("build", "--sources", shop)
    assert result.exit_code == 1
    assert f"{shop / PINNED.file}: its SHA-256 is" in result.stderr
    assert (tmp_path / "lexicon.bin").read_bytes() == b"old"


def test_build_keeps_packages_in_the_cache_unless_told_otherwise(monkeypatch):
    def fetch(package, folder):
        raise LexiconError(f"asked for {package.name} in {folder}")

    monkeypatch.setattr(packages, "read_packages", lambda: (PINNED,))
    monkeypatch.setattr(packages, "fetch", fetch)
    result = call("build")
    assert result.exit_code == 1
    assert "names 1.2: downloading 0.0 MB" in result.stderr
    assert f"asked for names in {cache.folder().parent / 'sources'}" in result.stderr
