from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from monograph_nlp.cli import app, lexicon_check, lexicon_checks, lexicon_info
from monograph_nlp.cli import lexicon_search as search_command
from monograph_nlp.lexicon import cache
from monograph_nlp.lexicon.compiling import write_lexicon
from monograph_nlp.lexicon.reference import Reference, TargetFact
from monograph_nlp.lexicon.terms import COLUMNS, Surface, Term

DRUG = Term(("DRUG",), "velquarinib", "unii:1", ("drugbank:DB1",), ("Velqua",))
GENE = Term(("TARGET",), "QRB", "hgnc:1", (), ())
OTHER = Term(("DRUG",), "velquamab", "unii:2", (), ())
SALT = Term(("DRUG",), "velquarinib citrate", "unii:3", (), (), "unii:1")
NAMES = (
    Surface("velquarinib", DRUG, "name"),
    Surface("Velqua", DRUG, "brand", "capital"),
    Surface("Velqua", OTHER, "brand", "any", "unii"),
    Surface("QRB", GENE, "name", "exact", "hgnc"),
    Surface("velquarinib citrate", SALT, "salt", source="unii", spot=False),
)
FACTS = {
    "unii:1": Reference(
        (TargetFact("QRB", "hgnc:1", "inhibitor", "gtp"),), ("inhibitor",), ("VELQUA",)
    )
}
COMMANDS = ("add", "build", "check", "info", "remove", "search")
SOURCES = (
    "source\tpackage\tversion\tdata_license\tshare_alike\nunii\tnames\t1.2\tFree; Open 1.0\tno\n"
)


def call(*arguments):
    return CliRunner().invoke(app, ["lexicon", *map(str, arguments)])


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with a lexicon of a few names."""
    write_lexicon(tmp_path / "lexicon.bin", NAMES, FACTS, version="7", notes={"terms": "old"})
    (tmp_path / "SOURCES.tsv").write_text(SOURCES, "utf-8")
    for module in (lexicon_check, lexicon_info):
        monkeypatch.setattr(module, "data_folder", lambda: tmp_path)
    for module in (lexicon_info, search_command):
        monkeypatch.setattr(
            module, "lexicon_files", lambda: (tmp_path / "lexicon.bin", *cache.added())
        )
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_each_help_has_an_example(command):
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"Example: monograph-nlp lexicon {command}" in " ".join(result.stdout.split())


def test_help_names_every_command():
    assert all(command in call("--help").stdout for command in COMMANDS)


def test_search_shows_concepts_in_rank_order_with_their_facts(data):
    result = call("search", "Velqua")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[:-1] == [
        "Velqua: looked up as 'velqua'",
        "1. velquarinib [unii:1] DRUG",
        "   brand 'Velqua' (curated), score 0.98; finds and links, with a capital",
        "   also: drugbank:DB1",
        "   targets: QRB [hgnc:1] (inhibitor, gtp)",
        "   classes: inhibitor",
        "   brands: Velqua",
        "2. velquamab [unii:2] DRUG",
        "   brand 'Velqua' (unii), score 0.98; finds and links, any letters",
        "A mention of it links to:",
    ]


def test_search_shows_what_asks_for_other_letters(data):
    lines = call("search", "velqua").stdout.splitlines()
    assert lines[1] == "1. velquamab [unii:2] DRUG"
    assert lines[3:5] == ["Borne with other letters:", "- velquarinib [unii:1] DRUG"]
    only_refused = call("search", "qrb")
    assert only_refused.exit_code == 1
    assert "these very letters" in only_refused.stdout


def test_search_shows_the_moiety_of_a_salt_that_only_links(data):
    lines = call("search", "velquarinib citrate").stdout.splitlines()
    assert lines[2].endswith("score 0.97; only links, any letters")
    assert lines[3] == "   moiety: unii:1"


def test_search_names_what_is_near_and_its_exit_code_tells_that_nothing_is_found(data):
    near, far = call("search", "velquarnb"), call("search", "rhubarb")
    assert "Nearest names: velquarinib, velqua\n" in near.stdout
    assert (far.exit_code, "No name is near it." in far.stdout) == (1, True)


def test_search_links_a_typing_error(data):
    result = call("search", "velquarinibb")
    assert (result.exit_code, "DRUG: velquarinib [unii:1]" in result.stdout) == (0, True)


def test_search_prints_json(data):
    found = json.loads(call("search", "Velqua", "--label", "drug", "--json").stdout)
    first, second = found["bearers"]
    assert (first["term"]["id"], second["term"]["id"]) == ("unii:1", "unii:2")
    assert (first["case"], first["finds"], first["resolves"]) == ("capital", True, True)
    assert first["reference"]["targets"][0]["action"] == "inhibitor"
    assert [answer["label"] for answer in found["links"]] == ["DRUG"]


def test_search_of_another_label_finds_nothing(data):
    assert call("search", "Velqua", "--label", "TARGET").exit_code == 1


def test_search_refuses_a_label_that_no_concept_has(data):
    result = call("search", "Velqua", "--label", "DRUGS")
    assert result.exit_code == 2
    assert "no concept has the label 'DRUGS'; expected one of DRUG, TARGET" in result.stderr


def test_search_gives_the_identifiers_of_an_added_vocabulary(data, tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    table = tmp_path / "own.tsv"
    table.write_text("label\tname\tid\nDRUG\tvelquarinib\tours:9\nDRUG\tblimp\tours:8\n", "utf-8")
    assert call("add", table, "--kind", "tsv", "--name", "ours").exit_code == 0
    assert "also: drugbank:DB1, ours:9" in call("search", "velquarinib").stdout
    assert "1. blimp [ours:8] DRUG" in call("search", "blimp").stdout
    assert "ours tsv" in " ".join(call("info").stdout.split())


def test_info_counts_names_concepts_and_licences(data):
    result = call("info")
    assert result.exit_code == 0, result.output
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert {"curated 2 2 0", "unii 2 1 1", "hgnc 1 1 0", "DRUG 3", "TARGET 1"} <= set(rows)
    assert any(row.startswith("lexicon.bin 7+") and row.endswith("4 4 1") for row in rows)
    assert {"Free; names 1.2", "Open 1.0; names 1.2"} <= set(rows)
    assert "curated tables: changed since: run `monograph-nlp lexicon build`" in rows
    assert "spelling rules: as compiled" in rows
    assert f"No vocabulary of yours in {cache.folder()}" in rows


@pytest.mark.parametrize("table", [None, "source\tpackage\nunii\tnames\n"])
def test_info_says_when_the_table_of_sources_is_unusable(data, table):
    path = data / "SOURCES.tsv"
    path.unlink()
    if table:
        path.write_text(table, "utf-8")
    result = call("info")
    assert (result.exit_code, f"{path}: the table of sources" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", [("info",), ("search", "Velqua"), ("check",)])
def test_a_damaged_lexicon_is_told_in_a_line(data, command):
    path = data / "lexicon.bin"
    path.write_bytes(path.read_bytes()[:-9])
    result = call(*command)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"monograph-nlp: {path}: no usable lexicon")


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """Two curated tables that share a name, with a row that has no id."""
    header = "\t".join(COLUMNS)
    rows = {
        "terms_a.tsv": "DRUG\tvelquarinib\t\t\tsharename\t\t\tIt is given.",
        "terms_b.tsv": "TARGET\tQRA\thgnc:2\t\t=ShareName\t\t\tIt is there.",
    }
    for name, row in rows.items():
        (tmp_path / name).write_text(f"{header}\n{row}\n", "utf-8")
    paths = tuple(str(tmp_path / name) for name in rows)
    monkeypatch.setattr(lexicon_checks, "TABLES", paths)
    return paths


def test_check_lists_collisions_shared_names_and_rows_without_id(data, tables, monkeypatch):
    result = call("check")
    assert result.exit_code == 0, result.output
    assert "several concepts of one label: 1 (DRUG 1)" in result.stdout
    one_line = "velqua (DRUG): velquarinib [unii:1] curated; velquamab [unii:2] unii"
    assert one_line in result.stdout
    first, second = tables
    assert f"sharename: {first}:2, {second}:2" in result.stdout
    assert "in small letters: not checked" in result.stdout
    assert "with one: 0" in result.stdout  # the concept with an id is the row's own


def test_check_names_the_identified_concept_of_a_row_without_id(data, tables):
    unknown = Term(("DRUG",), "velquarinib", None, (), ())
    known = Term(("DRUG", "CHEMICAL"), "Velquarinib", "unii:1", (), ())
    names = (
        Surface("velquarinib", unknown, "name"),
        Surface("VQR-1", known, "code", source="unii"),
    )
    write_lexicon(data / "lexicon.bin", names, {}, version="7")
    result = call("check")
    assert f"{tables[0]}:2: velquarinib DRUG: Velquarinib [unii:1]" in result.stdout


def test_check_cuts_a_long_list(data, tables):
    assert "… 1 more; --limit shows them" in call("check", "--limit", "0").stdout


def test_check_lists_ordinary_words_by_rank(data, tables, monkeypatch):
    monkeypatch.setattr(
        lexicon_checks, "words_in", lambda folder: {"the": 1, "velqua": 2, "velquarinib": 3}
    )
    result = call("check", "--sources", data)
    assert "in small letters: 1 (and 1 of curated rows" in result.stdout
    assert "velqua (rank 2): velquamab [unii:2] DRUG unii" in result.stdout


def test_check_says_that_the_words_are_not_there_and_downloads_nothing(data, tables):
    result = call("check", "--sources", data)
    assert result.exit_code == 1
    assert f"{data}: holds no symspellpy" in result.stderr


def test_check_refuses_other_bytes_than_the_pinned_ones(data, tables):
    (material,) = (m for m in lexicon_checks.read_materials() if m.source == "ordinary_words")
    (data / material.package.file).write_bytes(b"other")
    result = call("check", "--sources", data)
    assert (result.exit_code, "its SHA-256 is" in result.stderr) == (1, True)
