"""Files of records: each line is a record, or an error with its file and line."""

import json
from dataclasses import replace

import pytest

from databases import ask
from monograph_nlp.errors import ReadError
from monograph_nlp.record.codec import encode
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


def test_the_digest_is_that_of_the_line(tmp_path, lines, sample):
    """A file that the package wrote is known again when its records are loaded from memory."""
    (tmp_path / "a.jsonl").write_bytes(lines[0] + b"\n")
    (entry,) = read_entries([tmp_path / "a.jsonl"])
    (other,) = read_entries([_written(tmp_path, sample)])
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
