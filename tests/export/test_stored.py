"""Records are read from files one by one, and only valid ones."""

from __future__ import annotations

import gzip
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.export.stored import all_records, read_records
from monograph_nlp.record.codec import encode
from monograph_nlp.types import Record
from monograph_nlp.write.names import file_stem


def _lines(*records: Record) -> bytes:
    return b"".join(encode(record) + b"\n" for record in records)


def test_a_file_a_packed_file_and_a_folder_are_the_same(sample: Record, tmp_path: Path) -> None:
    plain, packed = tmp_path / "records.jsonl", tmp_path / "records.jsonl.gz"
    plain.write_bytes(_lines(sample, replace(sample, id="r-2")))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    found = [list(read_records(path)) for path in (plain, packed, tmp_path)]
    assert [[record.id for record in each] for each in found] == [["r-1", "r-2"]] * 3
    assert found[0][0] == sample


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_is_read(sample: Record, monkeypatch, pack) -> None:
    stream = io.BufferedReader(io.BytesIO(pack(_lines(sample))))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    assert list(read_records(Path("-"))) == [sample]


def test_a_record_is_given_before_the_next_line_is_read(sample: Record, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_bytes(_lines(sample) + b"{\n")
    found = read_records(tmp_path)
    assert next(found) == sample
    with pytest.raises(ReadError, match=r"records.jsonl:2: not JSON"):
        next(found)


def test_wrong_lines_are_told_and_the_others_go_on(sample: Record, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    wrong = json.loads(encode(sample)) | {"sections": "none"}
    shifted = replace(sample, mentions=(replace(sample.mentions[0], text="Other"),))
    path.write_bytes(
        b"\n" + json.dumps(wrong).encode() + b"\n[]\n" + _lines(shifted, sample) + b"\xff\n"
    )
    errors: list[ReadError] = []
    assert list(read_records(path, on_error=errors.append)) == [sample]
    assert [str(error).split(" ")[0] for error in errors] == [
        f"{path}:{number}:" for number in (2, 3, 4, 6)
    ]
    assert "monograph-nlp validate" in str(errors[0])


def test_files_that_are_none_are_told(tmp_path: Path, sample: Record) -> None:
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(_lines(sample) * 50)[:-40])
    errors: list[ReadError] = []
    paths = [tmp_path / "missing.jsonl", tmp_path, broken]
    found = list(all_records(paths, on_error=errors.append))
    assert all(record == sample for record in found)
    said = [str(error) for error in errors]
    assert "missing.jsonl: No such file" in said[0]
    assert "records.jsonl" in said[1]
    assert "gzip data are damaged" in said[2]
    with pytest.raises(ReadError):
        list(all_records(paths))


@pytest.mark.parametrize("id", ["testamab", "Testamab", "../up", "a/b"])
def test_texts_come_from_a_folder(sample: Record, tmp_path: Path, id: str) -> None:
    record = replace(sample, document=replace(sample.document, id=id))
    (tmp_path / "records.jsonl").write_bytes(_lines(replace(record, text=None)))
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / f"{file_stem(id)}.txt").write_bytes((sample.text or "").encode())
    assert list(read_records(tmp_path, text_dir=texts)) == [record]


def test_a_text_is_stored_under_its_id_too(sample: Record, tmp_path: Path) -> None:
    record = replace(sample, text=None, document=replace(sample.document, id="Testamab"))
    (tmp_path / "records.jsonl").write_bytes(_lines(record))
    (tmp_path / "Testamab.txt").write_bytes((sample.text or "").encode())
    (found,) = read_records(tmp_path, text_dir=tmp_path)
    assert found.text == sample.text


@pytest.mark.parametrize(
    ("text", "problem"),
    [(None, "no text in"), (b"another text", r"\$\.document\.characters"), (b"\xff", "not UTF-8")],
)
def test_a_text_that_is_not_the_records_is_refused(
    sample: Record, tmp_path: Path, text: bytes | None, problem: str
) -> None:
    (tmp_path / "records.jsonl").write_bytes(_lines(replace(sample, text=None)))
    if text is not None:
        (tmp_path / "testamab.txt").write_bytes(text)
    with pytest.raises(ReadError, match=problem):
        list(read_records(tmp_path, text_dir=tmp_path))


def test_no_text_outside_the_folder_is_read(sample: Record, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret.txt").write_bytes((sample.text or "").encode())
    record = replace(sample, text=None, document=replace(sample.document, id="../secret"))
    (tmp_path / "records.jsonl").write_bytes(_lines(record))
    with pytest.raises(ReadError, match=r"no text in .*=2e.=2fsecret\.txt"):
        list(read_records(tmp_path, text_dir=tmp_path / "texts"))
