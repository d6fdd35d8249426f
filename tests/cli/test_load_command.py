import gzip
import io
import json
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from databases import KINDS, ask, checksums
from monograph_nlp.record.codec import encode
from monograph_nlp.write import write
from monograph_nlp.write.database import load


@pytest.fixture
def records(sample):
    return [
        replace(sample, id=f"r{n}", document=replace(sample.document, id=f"d{n}")) for n in range(5)
    ]


@pytest.fixture
def path(tmp_path, records):
    write(records, tmp_path / "records.jsonl")
    return tmp_path / "records.jsonl"


@pytest.mark.parametrize("kind", KINDS)
def test_load_fills_the_tables_and_says_how_many(call, fresh, kind, path, records):
    url, clean = fresh(kind), fresh(kind)
    result = call("load", path, "--to", url, "--batch", 2)
    assert result.exit_code == 0, result.output
    shown = url.partition("?")[0]
    assert result.stdout == f"5 documents (5 new) → {shown}\n"
    load(records, clean)
    assert checksums(url) == checksums(clean)
    again = call("load", path, "--to", url)
    assert (again.exit_code, again.stdout) == (0, f"5 documents (5 unchanged) → {shown}\n")


def test_load_tells_new_replaced_and_unchanged_apart(call, tmp_path, records, path):
    url = f"sqlite:///{tmp_path}/a.db"
    call("load", path, "--to", url)
    newer = [replace(records[0], id="r0-2"), *records[1:], replace(records[0], id="r9")]
    newer[-1] = replace(newer[-1], document=replace(records[0].document, id="d9"))
    write(newer, tmp_path / "newer.jsonl")
    result = call("load", tmp_path / "newer.jsonl", "--to", url)
    assert result.stdout.startswith("6 documents (1 new, 1 replaced, 4 unchanged) →")


def test_load_takes_folders_packed_files_and_standard_input(
    call, tmp_path, records, path, monkeypatch
):
    url = f"sqlite:///{tmp_path}/a.db"
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(encode(replace(records[0], id="packed"))))
    piped = replace(records[0], id="piped", document=replace(records[0].document, source="-"))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(encode(piped))))
    result = call("load", tmp_path, tmp_path / "b.jsonl.gz", "--to", url)
    assert result.stdout.startswith("6 documents (5 new, 1 replaced)")
    done = subprocess.run(
        [sys.executable, "-m", "monograph_nlp", "load", "-", "--to", url],
        input=encode(piped),
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(ask(url, "SELECT * FROM documents")) == 6


def test_a_bad_line_is_told_and_the_others_go_on(call, tmp_path, records, path):
    lines = path.read_bytes().splitlines()
    wrong = json.loads(lines[1]) | {"sections": "none"}
    path.write_bytes(b"\n".join([lines[0], b"{", json.dumps(wrong).encode(), lines[3]]))
    url = f"sqlite:///{tmp_path}/a.db"
    result = call("load", path, tmp_path / "missing.jsonl", "--to", url)
    assert result.exit_code == 1
    assert result.stdout.startswith("2 documents (2 new) →")
    assert result.stdout.endswith("; 3 inputs failed\n")
    starts = [f"{path}:2: $: not JSON", f"{path}:3: $.sections: 'none' is not", "missing.jsonl"]
    told = result.stderr.splitlines()
    assert len(told) == 3
    assert all(start in line for start, line in zip(starts, told, strict=True))


def test_strict_stops_at_a_bad_line_and_undoes_its_batch(call, tmp_path, path):
    with path.open("ab") as stream:
        stream.write(b"{\n")
    url = f"sqlite:///{tmp_path}/a.db"
    result = call("load", path, "--to", url, "--strict", "--batch", 2)
    assert result.exit_code == 1
    assert f"{path}:6: $: not JSON" in result.stderr
    assert result.stdout.startswith("4 documents (4 new) →")
    assert len(ask(url, "SELECT * FROM documents")) == 4


def test_two_documents_of_one_name_are_told(call, tmp_path, records):
    other = replace(records[0].document, sha256="f" * 64)
    write([*records, replace(records[0], id="x", document=other)], tmp_path / "a.jsonl")
    result = call("load", tmp_path / "a.jsonl", "--to", f"sqlite:///{tmp_path}/a.db")
    assert result.exit_code == 0
    assert "1 document replaced another of the same id and source" in result.stderr


def test_quiet_prints_errors_only(call, tmp_path, path):
    result = call("load", path, tmp_path / "no", "--to", f"sqlite:///{tmp_path}/a.db", "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--to", "mysql://u:geheim@h/d"],
        ["--to", "geheim.db"],
        ["--to", "sqlite://"],
        ["--to", "sqlite:///a.db", "--batch", "0"],
        ["--to", "sqlite:///a.db", "--batch", "many"],
        [],
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(call, tmp_path, path, arguments, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("load", path, *arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert "geheim" not in result.output
    assert "Traceback" not in result.output
    assert not list(tmp_path.glob("*.db"))


def test_a_database_that_is_away_is_an_error_without_a_trace(call, path):
    result = call("load", path, "--to", "postgresql://u:geheim@localhost:1/d")
    assert result.exit_code == 1
    error, last = result.stderr.splitlines()
    assert error.startswith("monograph-nlp: postgresql://u:***@localhost:1/d: cannot be opened (")
    assert last == "Nothing was loaded."
    assert "geheim" not in result.output


def test_a_database_that_goes_away_keeps_what_was_committed(call, tmp_path, path):
    url = f"sqlite:///{tmp_path}/a.db"
    assert call("load", path, "--to", url).exit_code == 0
    ask(url, "DELETE FROM documents WHERE record_id > 'r1'")
    ask(
        url,
        "CREATE TRIGGER full BEFORE INSERT ON facts WHEN NEW.record_id = 'r4' "
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )
    result = call("load", path, "--to", url, "--batch", 1)
    assert result.exit_code == 1
    assert "the load broke off (the disk is full)" in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout.startswith("4 documents (2 new, 2 unchanged)")
    ask(url, "DROP TRIGGER full")
    again = call("load", path, "--to", url)
    assert again.stdout.startswith("5 documents (1 new, 4 unchanged)")


def test_no_record_at_all_is_no_failure(call, tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"\n")
    result = call("load", tmp_path / "empty.jsonl", "--to", f"sqlite:///{tmp_path}/a.db")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing was loaded.\n")
