from dataclasses import replace

import pytest
from typer.testing import CliRunner

from monograph_nlp.cli import app
from monograph_nlp.record.codec import encode

FORMATS = ["kgx", "fhir", "brat", "pubtator"]


@pytest.fixture
def stored(sample, tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_bytes(encode(sample) + b"\n")
    return path


@pytest.mark.parametrize("to", FORMATS)
def test_export_writes_and_counts(call, stored, tmp_path, to):
    result = call("export", stored, "--to", to, "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 record (")
    assert f"→ {tmp_path / 'out'}" in result.stdout
    assert (tmp_path / "out").exists()


def test_the_line_says_how_much_and_what_was_left_out(call, stored, tmp_path):
    result = call("export", stored, "--to", "kgx", "-o", tmp_path / "graph")
    first, second = result.stdout.splitlines()
    assert first == f"1 record (1 of 8 facts, 12%): 2 nodes, 1 edge → {tmp_path / 'graph'}"
    assert second == "Left out: 6 for an object without an id; 1 for no subject."


def test_quiet_prints_nothing(call, stored, tmp_path):
    result = call("export", stored, "--to", "kgx", "-o", tmp_path / "graph", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_file_can_be_printed(call, stored):
    result = call("export", stored, "--to", "pubtator", "-o", "-")
    assert result.stdout.startswith("testamab|t|Testamab injection\ntestamab|a|")
    assert "1 record" in result.stderr


def test_a_folder_is_the_records_in_it(call, stored, tmp_path):
    result = call("export", stored.parent, "--to", "fhir", "-o", tmp_path / "b.ndjson")
    assert result.exit_code == 0, result.output


def test_records_come_through_a_pipe(house, stored, tmp_path):
    arguments = ["export", "-", "--to", "kgx", "-o", str(tmp_path / "graph")]
    result = CliRunner().invoke(app, arguments, input=stored.read_bytes())
    assert result.exit_code == 0, result.output
    assert (tmp_path / "graph" / "edges.tsv").exists()


def test_a_record_that_fails_is_told_and_the_others_go_on(call, sample, tmp_path):
    path = tmp_path / "r.jsonl"
    bare = replace(sample, id="r-2", text=None)
    path.write_bytes(encode(bare) + b"\n{\n" + encode(sample) + b"\n")
    result = call("export", path, tmp_path / "no.jsonl", "--to", "brat", "-o", tmp_path / "out")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert "record r-2: it holds no text" in told[0]
    assert f"{path}:2: $: not JSON" in told[1]
    assert "no.jsonl: cannot be read (No such file" in told[2]
    assert (tmp_path / "out" / "testamab.ann").exists()


def test_nothing_is_written_of_nothing(call, tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"")
    result = call("export", tmp_path / "empty.jsonl", "--to", "kgx", "-o", tmp_path / "graph")
    assert result.exit_code == 0
    assert "Nothing was exported" in result.stderr
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize(
    ("to", "output", "said"),
    [
        ("kgx", "-", "cannot be printed"),
        ("brat", "records.jsonl", "is a file"),
        ("fhir", ".", "is a folder"),
        ("pubtator", "records.jsonl", "is also an input"),
    ],
)
def test_an_output_that_cannot_be_is_wrong_usage(call, stored, tmp_path, to, output, said):
    before = stored.read_bytes()
    target = output if output == "-" else tmp_path / output
    result = call("export", stored, "--to", to, "-o", target)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert stored.read_bytes() == before


def test_the_texts_of_a_brat_folder_serve_to_validate(call, sample, tmp_path):
    record = replace(sample, document=replace(sample.document, id="Testamab/1"))
    path = tmp_path / "r.jsonl"
    path.write_bytes(encode(record) + b"\n")
    assert call("export", path, "--to", "brat", "-o", tmp_path / "brat").exit_code == 0
    path.write_bytes(encode(replace(record, text=None)) + b"\n")
    texts = ("--text-dir", tmp_path / "brat")
    assert call("validate", path, *texts).exit_code == 0
    result = call("export", path, "--to", "pubtator", "-o", tmp_path / "p", *texts)
    assert result.exit_code == 0, result.output
