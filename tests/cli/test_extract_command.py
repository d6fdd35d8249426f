import os
from dataclasses import replace

import pytest

from monograph_nlp.record.codec import decode


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two documents, a file of another kind, a hidden file and a nested folder."""
    monkeypatch.chdir(tmp_path)
    docs = tmp_path / "docs"
    (docs / "deep").mkdir(parents=True)
    (docs / "b.txt").write_text("fine")
    (docs / "deep" / "a.TXT").write_text("fine")
    (docs / "notes.doc").write_text("bad")
    (docs / ".hidden.txt").write_text("bad")
    return docs


def ids(path) -> list[str]:
    return [decode(line).id for line in path.read_bytes().splitlines()]


def test_reads_a_folder_to_the_bottom_in_order(call, folder):
    result = call("extract", folder, "-o", "out.jsonl")
    assert result.exit_code == 0
    assert ids(folder.parent / "out.jsonl") == ["b", "a"]
    assert result.stdout == "2 documents, 16 facts, 16 mentions, 4 issues → out.jsonl\n"
    assert result.stderr == ""


def test_a_file_is_read_once_however_often_it_is_named(call, folder):
    call("extract", folder / "b.txt", folder, folder / "b.txt")
    assert ids(folder.parent / "records.jsonl") == ["b", "a"]


def test_a_named_file_is_read_whatever_its_suffix(call, folder):
    (folder / "notes.doc").write_text("fine")
    assert call("extract", folder / "notes.doc").exit_code == 0
    assert ids(folder.parent / "records.jsonl") == ["notes"]


def test_an_earlier_output_is_no_input(call, folder):
    for _ in range(2):
        assert call("extract", folder, "-o", folder / "out.jsonl").exit_code == 0
    assert ids(folder / "out.jsonl") == ["b", "a"]


@pytest.mark.parametrize(
    ("words", "message"),
    [("bad", "no document"), ("fails", "stage linker failed"), ("broken", "$.coverage")],
)
def test_one_bad_input_does_not_stop_the_others(call, folder, words, message):
    (folder / "c.txt").write_text(words)
    result = call("extract", folder, "-o", "out.jsonl")
    assert result.exit_code == 1
    assert message in result.stderr
    assert ids(folder.parent / "out.jsonl") == ["b", "a"]
    assert result.stdout.endswith("→ out.jsonl; 1 input failed\n")


def test_a_file_that_the_system_will_not_give_does_not_stop_the_others(call, folder):
    (folder / "c.txt").symlink_to(folder / "nowhere")
    result = call("extract", folder, "-o", "out.jsonl")
    assert result.exit_code == 1
    assert "c.txt" in result.stderr
    assert ids(folder.parent / "out.jsonl") == ["b", "a"]


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere"])
def test_a_missing_input_does_not_stop_the_others(call, folder, name):
    result = call("extract", folder / name, folder, "-o", "out.jsonl")
    assert result.exit_code == 1
    assert f"{name}: no such file" in result.stderr
    assert ids(folder.parent / "out.jsonl") == ["b", "a"]


def test_a_folder_that_cannot_be_listed_is_told(call, folder, monkeypatch):
    scan = os.scandir

    def closed(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    result = call("extract", folder, "-o", "out.jsonl")
    assert result.exit_code == 1
    assert "deep: the folder cannot be read (Permission denied)" in result.stderr
    assert ids(folder.parent / "out.jsonl") == ["b"]


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_nothing_is_written_where_nothing_was_extracted(call, folder, format):
    out = folder.parent / "out"
    (folder / "c.txt").write_text("bad")
    (folder / "d.txt").write_text("broken")
    bad = ["extract", folder / "c.txt", folder / "d.txt", "-o", out, "--format", format]
    result = call(*bad)
    assert result.exit_code == 1
    assert "was not written; 2 inputs failed" in result.stderr.replace("\n", " ")
    assert not [path for path in out.rglob("*") if path.is_file()]
    assert not out.is_file()


def test_an_older_file_is_kept_where_nothing_was_extracted(call, folder):
    (folder / "c.txt").write_text("bad")
    call("extract", folder / "b.txt")
    assert call("extract", folder / "c.txt").exit_code == 1
    assert ids(folder.parent / "records.jsonl") == ["b"]


def test_an_empty_folder_is_a_failure_that_names_the_suffixes(call, tmp_path):
    result = call("extract", tmp_path, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert ".jsonl, .txt" in result.stderr


def test_dash_prints_json_lines_and_nothing_else(call, folder):
    result = call("extract", folder, "-o", "-", "--summary")
    lines = result.stdout.splitlines()
    assert [decode(line).id for line in lines] == ["b", "a"]
    assert "Adverse events" in result.stderr
    assert "→ -" in result.stderr


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_tables_go_into_a_folder(call, folder, format):
    assert call("extract", folder, "--format", format).exit_code == 0
    assert (folder.parent / "records" / f"facts.{format}").stat().st_size > 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["docs", "-o", "-", "--format", "csv"],
        ["docs", "--format", "xlsx"],
        ["docs", "-o", "docs"],
        ["docs", "-o", "docs", "--format", "csv"],
        ["docs", "-o", "docs/b.txt", "--format", "parquet"],
        ["docs/b.txt", "-o", "docs/b.txt"],
        ["docs/b.txt", "-o", "docs/deep/../b.txt"],
        ["docs/deep", "-o", "docs", "--format", "csv"],
        ["docs", "--config", "nowhere.cfg"],
        ["docs", "--colour"],
    ],
)
def test_wrong_usage_is_2(call, folder, arguments):
    assert call("extract", *arguments).exit_code == 2
    assert not (folder.parent / "records.jsonl").exists()
    assert (folder / "b.txt").read_text() == "fine"


def test_a_wrong_configuration_is_2_with_its_message(call, folder, tmp_path):
    (tmp_path / "wrong.cfg").write_text("wrong")
    result = call("extract", folder, "--config", tmp_path / "wrong.cfg")
    assert result.exit_code == 2
    assert "no component 'x'" in result.stderr


def test_a_profile_that_does_not_exist_is_2(call, folder):
    result = call("extract", folder, "--profile", "best")
    assert result.exit_code == 2
    assert "accurate" in result.stderr


def test_the_profile_reaches_the_pipeline(call, folder):
    result = call("extract", folder, "--profile", "lexicon")
    assert result.exit_code == 2
    assert "profile 'lexicon' has come" in result.stderr


def test_options_reach_reader_and_pipeline(call, folder):
    call("extract", folder / "b.txt", "--text-column", "body", "--id-column", "key", "--with-text")
    record = decode((folder.parent / "records.jsonl").read_bytes())
    assert record.document.source == "key"
    assert record.text is not None


def test_quiet_says_nothing_when_all_is_well(call, folder):
    result = call("extract", folder, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_summary_shows_a_document_as_it_is(call, folder, house, sample, monkeypatch):
    title = "[bold]Te\x1b[31mst[/bold] :smile:"
    shown = replace(sample, document=replace(sample.document, title=title))
    monkeypatch.setattr(house, "run", lambda *_, **__: iter([shown]))
    output = call("extract", folder, "--summary").stdout
    assert "[bold]Te[31mst[/bold] :smile:" in output
    assert "=Rare: [red]fever[/red]" in output
    assert "\x1b" not in output
    assert output.endswith("1 document, 8 facts, 8 mentions, 2 issues → records.jsonl\n")


def test_an_unwritable_output_is_told_without_a_trace(call, folder):
    (folder.parent / "file").write_text("")
    result = call("extract", folder, "-o", folder.parent / "file" / "out.jsonl")
    assert result.exit_code == 1
    assert result.stderr.startswith("monograph-nlp: ")
