from __future__ import annotations

import csv
import gzip
import hashlib
import io
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ReadError
from monograph_nlp.read import Limits, read

from .conftest import Save


def _parquet(columns: dict[str, list[object]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", 'id,text\nd1,"flu, ""A"""\n,"two\nlines"\n'),
        ("t.tsv", 'id\ttext\r\nd1\t"flu, ""A"""\r\n\t"two\nlines"\r\n'),
        ("t.csv", '\ufeffid,text\nd1,"flu, ""A"""\n\n,"two\nlines",\n'),
        ("t.csv", 'id,text\nd1,"flu, ""A"""\n,"two\nlines"\n'.encode("utf-16")),
        ("t.csv.gz", gzip.compress(b'id,text\nd1,"flu, ""A"""\n,"two\nlines"\n', mtime=0)),
        ("t.parquet", _parquet({"id": ["d1", None], "text": ['flu, "A"', "two\nlines"]})),
        (
            "t.parquet.gz",
            gzip.compress(
                _parquet({"id": ["d1", ""], "text": ['flu, "A"', "two\nlines"]}), mtime=0
            ),
        ),
    ],
)
def test_each_row_is_a_document(save: Save, name: str, content: str | bytes) -> None:
    first, second = read(save(name, content))
    assert (first.id, first.text, first.source) == ("d1", 'flu, "A"', f"{name}#1")
    assert (second.id, second.text, second.source) == ("t-2", "two\nlines", f"{name}#2")
    assert first.format == name.split(".")[1]
    assert first.sha256 == hashlib.sha256(first.text.encode()).hexdigest()


def test_columns_can_be_named_and_ids_repeat(save: Save) -> None:
    path = save("t.csv", "key,body\n1,a\n1,b\n")
    assert [m.id for m in read(path, text_column="body", id_column="key")] == ["1", "1-2"]
    numbers = save("n.parquet", _parquet({"key": [5, 6], "body": ["a", "b"]}))
    assert [m.id for m in read(numbers, text_column="body", id_column="key")] == ["5", "6"]


def test_a_title_is_read_where_there_is_one(save: Save) -> None:
    cells = {"text": ["a", "b"], "title": [" Aspirin ", None], "id": [1, 2]}
    lines = ("text,title,id", "a, Aspirin ,1", "b,,2")
    for path in (save("t.parquet", _parquet(cells)), save("t.csv", "\n".join(lines))):
        assert [m.title for m in read(path)] == ["Aspirin", ""]
        assert [m.title for m in read(path, text_column="title", on_error=str)] == [""]
    assert [m.title for m in read(save("n.csv", "text\na\n"))] == [""]


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(_TEXTS.filter(str.strip), min_size=1, max_size=9))
def test_values_are_taken_as_they_are(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerows([["text"], *([text] for text in texts)])
        assert [m.text for m in read(path)] == texts
        pq.write_table(
            pa.table({"text": pa.array(texts, pa.string())}), path.with_suffix(".parquet")
        )
        assert [m.text for m in read(path.with_suffix(".parquet"))] == texts


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2,a,b", "3 cells"),
        ("2,", "no text in it"),
        ("2", "no text in it"),
        ('2,"a" b', "not a row"),
        ("2," + "a" * 200, "longer than 60 bytes"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(save: Save, row: str, message: str) -> None:
    path = save("t.csv", f"id,text\n1,x\n{row}\n3,z\n")
    limits = Limits(max_line_bytes=60)
    errors: list[ReadError] = []
    assert [m.id for m in read(path, on_error=errors.append, limits=limits)] == ["1", "3"]
    assert len(errors) == 1
    assert message in str(errors[0])
    with pytest.raises(ReadError):
        list(read(path, limits=limits))


def test_an_unclosed_quote_does_not_swallow_rows_in_silence(save: Save) -> None:
    errors: list[ReadError] = []
    path = save("t.csv", 'id,text\n1,x\n2,"y\n3,z\n')
    assert [m.id for m in read(path, on_error=errors.append)] == ["1"]
    assert "t.csv#2" in str(errors[0])


def test_a_row_in_another_encoding_is_decoded_by_evidence(save: Save) -> None:
    (first, second) = read(save("t.csv", "text\ncafé\n".encode() + "café\n".encode("cp1252")))
    assert (first.text, first.damage) == ("café", ())
    assert second.text == "café"
    assert "Windows-1252" in second.damage[0]


def test_the_csv_limit_of_the_host_program_is_left_alone(save: Save) -> None:
    before = csv.field_size_limit()
    (monograph,) = read(save("t.csv", "text\n" + "a" * 200_000 + "\n"))
    assert len(monograph.text) == 200_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", "id,Texts\n1,x\n", r"columns: 'id', 'Texts'; did you mean 'Texts'\?"),
        ("t.parquet", _parquet({"a": [1]}), "no column 'text' .columns: 'a'"),
        ("t.csv", "", "not a table: it is empty"),
        ("t.csv", b"\x00\x01\x02", "not a table: the content is binary"),
        ("t.csv", "text\nab\n".encode("utf-16") + b"\xd8", r"t.csv#\d: damaged UTF-16"),
        ("t.csv.gz", gzip.compress(b"text\nab\ncd\n", mtime=0)[:-9], "gzip data are damaged"),
        ("t.csv", "It is a text.\n", "no column 'text'"),
        ("t.parquet", b"not parquet", "no Parquet table"),
        ("t.parquet", _parquet({"text": ["x"]})[:-9], "not a table: damaged"),
        ("t.parquet", _parquet({"text": [5]}), "the text is a int"),
        ("t.parquet", _parquet({"text": [None]}), "no text in it"),
    ],
)
def test_what_is_no_table_is_refused(
    save: Save, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(ReadError, match=message):
        list(read(save(name, content)))
