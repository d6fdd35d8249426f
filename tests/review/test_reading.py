import json
from dataclasses import replace

import pytest

from monograph_nlp.record.codec import encode
from monograph_nlp.review.reading import read_records

from .made import named


@pytest.fixture
def read(tmp_path):
    """read(line, ..., text_dir) → records, messages."""

    def run(*lines, text_dir=None):
        path = tmp_path / "records.jsonl"
        path.write_bytes(b"\n".join(lines))
        errors = []
        return list(read_records([path], text_dir, errors.append)), [str(e) for e in errors]

    return run


def test_valid_records_come_as_they_are(read, sample):
    bare = replace(sample, text=None)
    assert read(encode(sample), b"", encode(named(bare, "two"))) == (
        [sample, named(bare, "two")],
        [],
    )


def test_what_is_no_valid_record_is_told_and_the_rest_goes_on(read, sample):
    broken = json.loads(encode(named(sample, "broken")))
    broken["coverage"]["junk"] = 1
    records, errors = read(b"{", json.dumps(broken).encode(), encode(sample), encode(sample))
    assert records == [sample]
    assert [".jsonl:1" in errors[0], ".jsonl:2: $.coverage" in errors[1]] == [True, True]
    assert ".jsonl:4: record r-1 comes twice" in errors[2]
    assert len(errors) == 3


def test_a_text_is_taken_from_the_folder(read, sample, tmp_path):
    (tmp_path / "testamab.txt").write_text(sample.text, "utf-8", newline="")
    bare = replace(sample, text=None)
    assert read(encode(bare), text_dir=tmp_path) == ([sample], [])
    missing = named(bare, "missing")
    assert read(encode(missing), text_dir=tmp_path) == ([missing], [])


@pytest.mark.parametrize("name", ["../testamab", "a/../testamab"])
def test_an_id_leads_to_no_file_outside_the_folder(read, sample, tmp_path, name):
    (tmp_path / "testamab.txt").write_text(sample.text, "utf-8", newline="")
    (tmp_path / "texts").mkdir()
    bare = named(replace(sample, text=None), name)
    (record,), errors = read(encode(bare), text_dir=tmp_path / "texts")
    assert (record.text, errors) == (None, [])


@pytest.mark.parametrize(
    ("data", "what"), [(b"other words", "not the text of record r-1"), (b"\xff", "not UTF-8")]
)
def test_another_text_is_told_and_left_out(read, sample, tmp_path, data, what):
    (tmp_path / "testamab.txt").write_bytes(data)
    bare = replace(sample, text=None)
    records, (error,) = read(encode(bare), text_dir=tmp_path)
    assert records == [bare]
    assert what in error
