from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.read import SUFFIXES, Limits, read, read_text

from .conftest import Save


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.txt", "text"), ("a.TXT", "text"), ("a.md", "markdown"), ("a.markdown", "markdown")],
)
def test_the_suffix_chooses_the_reader(save: Save, name: str, form: str) -> None:
    (monograph,) = read(save(name, "# Drug\n\nIt treats flu."))
    assert (monograph.id, monograph.format, monograph.source) == ("a", form, name)


@pytest.mark.parametrize("name", ["drug.txt.gz", "DRUG.TXT.GZ"])
def test_a_packed_file_has_the_stem_and_hash_of_the_plain_one(save: Save, name: str) -> None:
    data = b"Drug X treats flu."
    (packed,) = read(save(name, gzip.compress(data)))
    assert packed.id.lower() == "drug"
    assert packed.text == data.decode()
    assert packed.sha256 == hashlib.sha256(data).hexdigest()
    assert packed.source == name


def test_only_known_suffixes_leave_the_stem(save: Save) -> None:
    (monograph,) = read(save("drug.v1.2.txt", "It treats flu."))
    assert monograph.id == "drug.v1.2"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", "no text"),
        ("a.txt", " \n\t ", "no text"),
        ("a.rtf", "x", "unknown suffix '.rtf'"),
        ("a.htlm", "x", "Did you mean .htm"),
        ("a", "x", "no suffix"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF document"),
        ("a.txt", b"PK\x03\x04 ...", "a ZIP archive"),
        ("a.txt", b"\x1f\x8b ...", "gzip data"),
        ("a.txt", b"\x89PNG\r\n", "a PNG image"),
        ("a.html", b"\xff\xd8\xff\xe0", "a JPEG image"),
        ("a.csv", b"PAR1....", "a Parquet table"),
        ("a.jsonl", b"PK\x03\x04\n", "a ZIP archive"),
        ("a.txt", b"ab\x00cd", "binary"),
        ("a.txt", bytes(range(1, 9)) * 40, "binary"),
        ("a.txt.gz", b"not packed", "gzip data are damaged"),
        ("a.txt.gz", gzip.compress(b"a text" * 99, mtime=0)[:-20], "gzip data are damaged"),
        (
            "a.jsonl.gz",
            gzip.compress(b'{"id": "1", "text": "x"}\n' * 9, mtime=0)[:-9],
            "are damaged",
        ),
    ],
)
def test_a_bad_file_is_refused(save: Save, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        list(read(save(name, content)))
    assert str(caught.value).startswith(name)


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(read(tmp_path / "gone.txt"))
    for name in ("folder", "folder.txt"):
        (tmp_path / name).mkdir()
        with pytest.raises(ReadError, match="it is a directory"):
            list(read(tmp_path / name))


def test_an_error_can_be_handed_over_instead(save: Save) -> None:
    errors: list[ReadError] = []
    assert list(read(save("a.txt", ""), on_error=errors.append)) == []
    assert [error.where for error in errors] == ["a.txt"]


def test_an_error_raised_by_the_handler_reaches_the_caller_once(save: Save) -> None:
    seen: list[ReadError] = []

    def stop(error: ReadError) -> None:
        seen.append(error)
        raise error

    with pytest.raises(ReadError):
        list(read(save("a.txt", ""), on_error=stop))
    assert len(seen) == 1


def test_a_decompression_bomb_is_refused_early(save: Save) -> None:
    bomb = save("a.txt.gz", gzip.compress(b"a" * (40 << 20)))
    with pytest.raises(ReadError, match="unpack to more than 200 times"):
        list(read(bomb))
    with pytest.raises(ReadError, match="max_unpacked_bytes"):
        list(read(bomb, limits=Limits(max_unpacked_bytes=1 << 20)))


def test_a_large_whole_document_is_refused(save: Save) -> None:
    with pytest.raises(ReadError, match=r"101 bytes: too large.*max_bytes"):
        list(read(save("a.html", "a" * 101), limits=Limits(max_bytes=100)))


def test_a_callers_text_is_taken_as_it_is() -> None:
    text = "na\u00c3\u00afve\r\n“quoted” ﬁne １０⁹\x07"
    monograph = read_text(text, "mine")
    assert (monograph.text, monograph.id, monograph.damage) == (text, "mine", ())
    with pytest.raises(ReadError, match="no text"):
        read_text(" \n", "mine")


def test_each_suffix_is_listed_plain_and_packed() -> None:
    plain = {suffix for suffix in SUFFIXES if not suffix.endswith(".gz")}
    assert {".txt", ".html", ".xml", ".json", ".jsonl", ".parquet", ".pdf", ".docx"} <= plain
    assert {f"{suffix}.gz" for suffix in plain} == set(SUFFIXES) - plain


def test_importing_the_readers_brings_in_no_heavy_library() -> None:
    code = (
        "import sys, monograph_nlp.read\n"
        "heavy = {'lxml', 'selectolax', 'pandas', 'pyarrow', 'ftfy', 'pypdfium2', 'docx', 'spacy'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("name", "content"), [("a.csv", "id,text\n"), ("a.tsv", "id\ttext\n")])
def test_a_table_without_rows_is_told(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ReadError, match="holds no document"):
        list(read(path))
