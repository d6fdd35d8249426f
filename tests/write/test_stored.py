"""Records are read from files one by one, packed or not, and only valid ones."""

import gzip
import io
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.record.codec import encode
from monograph_nlp.types import Record
from monograph_nlp.write import stored
from monograph_nlp.write.stored import holds_records, read_records


@pytest.fixture
def two(sample: Record) -> list[Record]:
    return [sample, replace(sample, id="r-2")]


@pytest.fixture
def lines(two: list[Record]) -> bytes:
    return b"\n".join(map(encode, two)) + b"\n\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_a_folder_and_standard_input_packed_or_not(
    tmp_path, monkeypatch, two, lines, pack
) -> None:
    plain, folder = tmp_path / "a.jsonl", tmp_path / "out"
    folder.mkdir()
    inside = folder / ("records.jsonl" if pack is bytes else "records.jsonl.gz")
    for path in (plain, inside):
        path.write_bytes(pack(lines))
    stream = io.BufferedReader(io.BytesIO(pack(lines)))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    assert list(read_records([plain, str(folder), "-"])) == two * 3
    assert all(holds_records(Path(place)) for place in (plain, folder, "-"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_stays_open_for_who_stops_early(monkeypatch, two, lines, pack) -> None:
    stream = io.BufferedReader(io.BytesIO(pack(lines)))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    found = read_records(["-"])
    assert next(found) == two[0]
    found.close()
    assert not stream.closed


def test_documents_are_no_records(tmp_path, lines) -> None:
    (tmp_path / "documents.jsonl").write_text('{"id": "a", "text": "b"}\n', "utf-8")
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "records.txt").write_bytes(lines)
    for name in ("documents.jsonl", "empty.jsonl", "records.txt", "none.jsonl", ""):
        assert not holds_records(tmp_path / name)


def test_a_record_is_given_before_the_next_line_is_read(sample: Record, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_bytes(encode(sample) + b"\n{\n")
    found = read_records([tmp_path])
    assert next(found) == sample
    with pytest.raises(ReadError, match=r"records.jsonl:2: \$: not JSON"):
        next(found)


def test_wrong_lines_are_told_and_the_others_go_on(sample: Record, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    wrong = json.loads(encode(sample)) | {"sections": "none"}
    shifted = replace(sample, mentions=(replace(sample.mentions[0], text="Other"),))
    found = [b"", json.dumps(wrong).encode(), b"[]", encode(shifted), encode(sample), b"\xff"]
    path.write_bytes(b"\n".join(found))
    errors: list[ReadError] = []
    assert list(read_records([path], errors.append)) == [sample]
    assert [str(error).split(" ")[0] for error in errors] == [
        f"{path}:{number}:" for number in (2, 3, 4, 6)
    ]
    assert "monograph-nlp validate" in str(errors[0])


def test_a_line_that_is_longer_than_a_record_is_told(sample, tmp_path, monkeypatch) -> None:
    line = encode(sample)
    monkeypatch.setattr(stored, "_MOST", len(line) + 1)
    (tmp_path / "a.jsonl").write_bytes(line + b" " * 9 + b"\n" + line)
    errors: list[ReadError] = []
    assert list(read_records([tmp_path / "a.jsonl"], errors.append)) == [sample]
    assert "a.jsonl:1: the line is longer than" in str(errors[0])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "cannot be read .No such file"),
        (lambda path: path.mkdir(), r"the folder has no records\.jsonl"),
        (lambda path: path.write_bytes(gzip.compress(b"x" * 99)[:20]), "the gzip data are damaged"),
        (lambda path: path.write_bytes(b"plain"), "the gzip data are damaged"),
    ],
    ids=["missing", "folder", "cut", "not packed"],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(
    tmp_path, two, lines, make, message
) -> None:
    make(tmp_path / "a.jsonl.gz")
    (tmp_path / "b.jsonl").write_bytes(lines)
    errors: list[ReadError] = []
    paths = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl"]
    assert list(read_records(paths, errors.append)) == two
    assert len(errors) == 1
    with pytest.raises(ReadError, match=message):
        list(read_records(paths))
