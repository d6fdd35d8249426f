from __future__ import annotations

import pytest
from typer.testing import CliRunner

from monograph_nlp.cli import app
from monograph_nlp.lexicon import cache

TABLE = "label\tname\tid\nDRUG\tvelquarinib\thouse:1\n"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.setenv("MONOGRAPH_NLP_CACHE", str(tmp_path / "cache"))
    return lambda *arguments: CliRunner().invoke(app, ["lexicon", *map(str, arguments)])


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_table_is_added_replaced_and_removed(call, table):
    first = call("add", table, "--kind", "tsv", "--name", "ours")
    assert first.exit_code == 0, first.output
    assert f"ours added: 1 concept, 1 name → {cache.path_of('ours')}\n" in first.output
    assert "do not share" in first.output
    assert "ours replaced" in call("add", table, "--kind", "tsv", "--name", "ours").output
    assert call("remove", "ours").output == f"ours removed from {cache.folder()}\n"
    assert cache.added() == ()


def test_what_was_left_out_is_told(call, tmp_path):
    cells = ["C9", "ENG", *[""] * 9, "MSH", "MH", "D999999", "Quorbling", "0", "N", ""]
    other = ["C9", "FRE", *[""] * 9, "MSHFRE", "MH", "D999999", "Quorble", "0", "N", ""]
    atoms = "".join("|".join(row) + "|\n" for row in (cells, other))
    (tmp_path / "MRCONSO.RRF").write_text(atoms, "utf-8")
    (tmp_path / "MRSTY.RRF").write_text("C9|T047|||||\n", "utf-8")
    result = call("add", tmp_path, "--kind", "umls", "--language", "ENG", "--source", "MSH")
    assert result.exit_code == 0, result.output
    assert "Left out: 1 names in another language.\n" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("add", "none", "--kind", "meddra"), 1, "monograph-nlp: none: no such folder"),
        (("add", "none", "--kind", "tsv", "--language", "ENG"), 2, "--language does nothing"),
        (("add", "none", "--kind", "snomed"), 2, "'snomed' is not one of"),
        (("remove", "none"), 2, "monograph-nlp: no vocabulary 'none'"),
    ],
)
def test_what_fails_says_why_and_has_an_exit_code(call, arguments, code, message):
    result = call(*arguments)
    assert (result.exit_code, message in result.output) == (code, True), result.output
