"""Files of records: each line is a record, or an error with its file and line."""

import gzip
import io
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from databases import ask
from monograph_nlp.errors import ReadError
from monograph_nlp.record.codec import encode
from monograph_nlp.write import database_files
from monograph_nlp.write.database import Loaded, load_files
from monograph_nlp.write.database_files import read_entries


@pytest.fixture
def lines(sample):
    return [encode(replace(sample, id=f"r{number}")) for number in range(3)]


def ids(*paths, **options):
    return [entry.record.id for entry in read_entries(paths, **options)]


def test_lines_are_records_and_empty_lines_are_none(tmp_path, lines):
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([lines[0], b"", b"  ", lines[1] + b"\r"]))
    assert ids(tmp_path / "a.jsonl") == ["r0", "r1"]


def test_packed_files_folders_and_standard_input_are_read_too(tmp_path, lines, monkeypatch):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines[0] + b"\n"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "records.jsonl").write_bytes(lines[1])
    (tmp_path / "packed").mkdir()
    (tmp_path / "packed" / "records.jsonl.gz").write_bytes(gzip.compress(lines[2]))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(lines[0])))
    found = ids(tmp_path / "a.jsonl.gz", tmp_path / "out", str(tmp_path / "packed"), "-")
    assert found == ["r0", "r1", "r2", "r0"]


def test_the_digest_is_that_of_the_line(tmp_path, lines, sample):
    """A file that the package wrote is known again when its records are loaded from memory."""
    (tmp_path / "a.jsonl").write_bytes(lines[0] + b"\n")
    (entry,) = read_entries([tmp_path / "a.jsonl"])
    (other,) = database_files.read_entries([_written(tmp_path, sample)])
    assert entry.digest == other.digest


def _written(folder, sample):
    from monograph_nlp.write import write

    write([replace(sample, id="r0")], folder / "b.jsonl")
    return folder / "b.jsonl"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"{", r"a\.jsonl:2: \$: not JSON"),
        (b"\xff", r"a\.jsonl:2: \$: not JSON"),
        (b"[]", r"a\.jsonl:2: \$: .*not of type 'object'"),
        (b"[" * 100_000, r"a\.jsonl:2: \$: "),
        (b'{"id": "x"}', r"a\.jsonl:2: \$"),
        (b'{"id": "\\ud800"}', r"a\.jsonl:2: \$"),
        (lambda line: line.replace(b'"1.0"', b'"2.0"', 1), r"a\.jsonl:2: \$\.schema_version"),
        (lambda line: line[:-1] + b',"more":1}', r"a\.jsonl:2: \$: .*'more' was unexpected"),
        (
            lambda line: line.replace(b'"score":1.0', b'"score":7', 1),
            r"a\.jsonl:2: \$\.[\w.\[\]]+score: 7 is greater",
        ),
    ],
    ids=["broken", "bytes", "list", "deep", "bare", "surrogate", "version", "key", "score"],
)
def test_a_bad_line_is_told_and_the_others_go_on(tmp_path, lines, bad, message):
    line = bad(lines[1]) if callable(bad) else bad
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([lines[0], line, lines[2]]))
    errors = []
    assert ids(tmp_path / "a.jsonl", on_error=errors.append) == ["r0", "r2"]
    assert len(errors) == 1
    with pytest.raises(ReadError, match=message):
        ids(tmp_path / "a.jsonl")


def test_a_line_without_an_end_is_not_kept_in_memory(tmp_path, lines, monkeypatch):
    monkeypatch.setattr(database_files, "_MOST", len(lines[0]) + 1)
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([lines[0] + b" " * 9, lines[1]]))
    errors = []
    assert ids(tmp_path / "a.jsonl", on_error=errors.append) == ["r1"]
    assert "a.jsonl:1: the line is longer than" in str(errors[0])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "cannot be read .No such file"),
        (lambda path: path.mkdir(), "the folder holds no records; expected a file records.jsonl"),
        (lambda path: path.write_bytes(gzip.compress(b"x" * 99)[:20]), "the gzip data are damaged"),
        (lambda path: path.write_bytes(b"plain"), "the gzip data are damaged"),
    ],
    ids=["missing", "folder", "cut", "not packed"],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path, lines, make, message):
    make(tmp_path / "a.jsonl.gz")
    (tmp_path / "b.jsonl").write_bytes(lines[0])
    errors = []
    paths = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl"]
    assert ids(*paths, on_error=errors.append)[-1:] == ["r0"]
    assert len(errors) == 1
    with pytest.raises(ReadError, match=message):
        ids(*paths)


def test_strictly_read_a_bad_line_undoes_its_batch_alone(tmp_path, lines, sample, fresh):
    url = fresh("sqlite")
    records = [json.loads(line) for line in lines]
    for number, record in enumerate(records):
        record["document"]["id"] = f"d{number}"
    texts = [json.dumps(record) for record in records]
    (tmp_path / "a.jsonl").write_text("\n".join([*texts, "{"]))
    with pytest.raises(ReadError, match=r"a\.jsonl:4"):
        load_files([tmp_path / "a.jsonl"], url, batch=2)
    assert ask(url, "SELECT document_id FROM documents") == [("d0",), ("d1",)]
    done = load_files([tmp_path / "a.jsonl"], url, batch=2, on_error=lambda error: None)
    assert done == Loaded(new=1, unchanged=2)
