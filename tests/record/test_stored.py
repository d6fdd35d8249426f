import gzip
import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.record.codec import encode
from monograph_nlp.record.stored import holds_records, read_records
from monograph_nlp.types import Record


@pytest.fixture
def two(sample: Record) -> list[Record]:
    return [sample, replace(sample, id="r-2")]


@pytest.fixture
def lines(two: list[Record]) -> bytes:
    return b"\n".join(map(encode, two)) + b"\n\n"


def test_a_file_packed_or_not_a_folder_and_standard_input(
    tmp_path, monkeypatch, two, lines
) -> None:
    plain, packed = tmp_path / "records.jsonl", tmp_path / "other.jsonl.gz"
    plain.write_bytes(lines)
    packed.write_bytes(gzip.compress(lines))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    for place in (plain, packed, str(tmp_path), "-"):
        assert list(read_records(place)) == two
    assert all(holds_records(Path(place)) for place in (plain, packed, tmp_path, "-"))


def test_a_folder_of_packed_records(tmp_path, two, lines) -> None:
    (tmp_path / "records.jsonl.gz").write_bytes(gzip.compress(lines))
    assert list(read_records(tmp_path)) == two


def test_documents_are_no_records(tmp_path, lines) -> None:
    (tmp_path / "documents.jsonl").write_text('{"id": "a", "text": "b"}\n', "utf-8")
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "records.txt").write_bytes(lines)
    for name in ("documents.jsonl", "empty.jsonl", "records.txt", "none.jsonl", ""):
        assert not holds_records(tmp_path / name)


def test_errors_name_the_file_and_the_line(tmp_path, lines) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines + b"{}")
    with pytest.raises(ReadError, match=r"a\.jsonl:4"):
        list(read_records(path))
    path.write_bytes(gzip.compress(lines)[:-20])
    with pytest.raises(ReadError, match="gzip data are damaged"):
        list(read_records(path))
    with pytest.raises(ReadError, match="No such file"):
        list(read_records(tmp_path / "none.jsonl"))
    with pytest.raises(ReadError, match=r"has no records\.jsonl"):
        list(read_records(tmp_path))
