from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ReadError
from monograph_nlp.read import Limits, read

from .conftest import Save

_TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["a\n\nb", "\r\n", "多发性骨髓瘤", "👩‍⚕️ 5 mg", "\u2028", "e\u0301", "", "na\u00c3\u00afve"]
)


@given(st.lists(_TEXTS, min_size=1).filter(lambda texts: "".join(texts).strip()), st.booleans())
def test_each_section_is_its_given_text(texts: list[str], escaped: bool) -> None:
    sections = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    line = json.dumps({"id": "x", "sections": sections}, ensure_ascii=escaped)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(line.encode())
        (monograph,) = read(path)
    assert monograph.text == "\n\n".join(texts)
    assert [s.id for s in monograph.sections] == [str(number) for number in range(len(texts))]
    for section, text in zip(monograph.sections, texts, strict=True):
        assert monograph.text[section.start : section.end] == text
        assert section.body_start == section.start


def test_a_plain_document_is_taken_as_it_is(save: Save) -> None:
    text = "na\u00c3\u00afve\r\n“x” \x07"
    line = json.dumps({"id": 7, "title": "T", "text": text, "more": [1]}).encode()
    (monograph,) = read(save("a.ndjson", b"\xef\xbb\xbf" + line + b"\r\n"))
    assert (monograph.text, monograph.id, monograph.title) == (text, "7", "T")
    assert (monograph.source, monograph.format, monograph.damage) == ("a.ndjson:1", "jsonl", ())
    assert monograph.sha256 == hashlib.sha256(line).hexdigest()


def test_section_metadata_are_kept(save: Save) -> None:
    section = {"id": "S1", "label": "BOXED_WARNING", "title": "boxed", "text": "x"}
    (monograph,) = read(save("a.jsonl", json.dumps({"id": "1", "sections": [section]})))
    found = monograph.sections[0]
    assert (found.id, found.label, found.title) == ("S1", "BOXED_WARNING", "boxed")


def test_ids_are_unique_and_made_up_where_missing(save: Save) -> None:
    lines = ['{"id": "a", "text": "x"}', "", '{"id": "a", "text": "y"}', '{"text": "z"}']
    monographs = list(read(save("f.jsonl", "\n".join(lines))))
    assert [m.id for m in monographs] == ["a", "a-2", "f-4"]
    assert [m.source for m in monographs] == ["f.jsonl:1", "f.jsonl:3", "f.jsonl:4"]


def test_a_lone_surrogate_is_replaced_without_moving_offsets(save: Save) -> None:
    line = '{"id": "a", "sections": [{"text": "x\\ud83d"}, {"text": "yz"}]}'
    (monograph,) = read(save("a.jsonl", line))
    last = monograph.sections[1]
    assert monograph.text == "x\ufffd\n\nyz"
    assert monograph.text[last.start : last.end] == "yz"
    assert monograph.damage


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"id": "a", "text": "x"', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": "a", "text": "\xff"}', "byte 21 of the line is not UTF-8"),
        (b"[1]", "a JSON list"),
        (b'{"id": "a", "body": "x"}', r"keys: id, body"),
        (b'{"id": "a", "text": 3}', "neither a text nor a list of sections"),
        (b'{"id": "a", "text": "x", "sections": []}', "neither"),
        (b'{"id": "a", "sections": []}', "neither"),
        (b'{"id": "a", "sections": ["x"]}', r"a.jsonl:2 sections\[0\]: no text"),
        (b'{"id": "a", "sections": [{"text": " "}]}', "no text in it"),
        (b'{"id": ["a"], "text": "x"}', "id is a list"),
        (b'{"id": true, "text": "x"}', "id is a bool"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(save: Save, line: bytes, message: str) -> None:
    path = save("a.jsonl", b'{"id": "1", "text": "x"}\n' + line + b'\n{"id": "3", "text": "z"}\n')
    errors: list[ReadError] = []
    assert [m.id for m in read(path, on_error=errors.append)] == ["1", "3"]
    assert [error.where.split()[0] for error in errors] == ["a.jsonl:2"]
    with pytest.raises(ReadError, match=message):
        list(read(path))


def test_an_overlong_line_is_named_and_the_others_are_read(save: Save) -> None:
    good = '{"id": "%s", "text": "x"}\n'
    long = good % "long" * 9
    path = save("a.jsonl", good % 1 + long.replace("\n", "") + "\n" + good % 3)
    errors: list[ReadError] = []
    found = list(read(path, on_error=errors.append, limits=Limits(max_line_bytes=40)))
    assert [m.id for m in found] == ["1", "3"]
    assert [error.where for error in errors] == ["a.jsonl:2"]
    assert "longer than 40 bytes" in str(errors[0])


def test_a_line_of_exactly_the_limit_is_read(save: Save) -> None:
    line = '{"id": "1", "text": "x"}'
    limits = Limits(max_line_bytes=len(line))
    for ending in ("", "\n"):
        assert len(list(read(save("a.jsonl", line + ending), limits=limits))) == 1


def test_a_huge_line_takes_bounded_memory(save: Save) -> None:
    huge = b'{"id": "big", "text": "' + b"a" * (100 << 20) + b'"}\n'
    path = save("a.jsonl.gz", gzip.compress(huge + b'{"id": "2", "text": "x"}\n', 1))
    del huge
    errors: list[ReadError] = []
    tracemalloc.start()
    found = [monograph.id for monograph in read(path, on_error=errors.append)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == ["2"]
    assert errors[0].where == "a.jsonl.gz:1"
    assert peak < 60 << 20


def test_a_packed_file_of_any_size_is_streamed(save: Save) -> None:
    line = json.dumps({"id": "1", "text": "a" * 1000}) + "\n"
    path = save("a.jsonl.gz", gzip.compress(line.encode() * 20_000))
    limits = Limits(max_bytes=1, max_unpacked_bytes=1, max_ratio=1)
    assert sum(1 for _ in read(path, limits=limits)) == 20_000


def test_an_empty_file_is_refused(save: Save) -> None:
    with pytest.raises(ReadError, match="empty"):
        list(read(save("a.jsonl", "\n \n")))
