from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.export.texts import text_file, text_of, with_text
from monograph_nlp.types import Record
from monograph_nlp.write.names import file_stem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "texts").mkdir()
    return tmp_path / "texts"


@pytest.mark.parametrize("id", ["a", "A", "labels.zip/a", "x/y/z", "a..b", "..a/b", "é | c"])
@pytest.mark.parametrize("named", [str, file_stem])
def test_a_text_lies_under_its_id_or_its_safe_name(folder: Path, id: str, named: type[str]) -> None:
    path = folder / f"{named(id)}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a text\r\n")
    assert text_file(id, folder) == path
    assert text_of(id, folder) == "a text\r\n"


@pytest.mark.parametrize(
    "id",
    ["../secret", "x/../../secret", "./../secret", "{outside}/secret", "..", "", "/", "a\0b", "\ud800", "x" * 5000, "a/" * 3000],
)  # fmt: skip
def test_no_id_leads_out_of_the_folder(
    folder: Path, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "x").mkdir()
    id = id.format(outside=folder.parent)
    assert text_file(id, folder) is None
    monkeypatch.chdir(folder)
    assert text_file(id, Path()) is None
    assert text_file(id, Path("../texts")) is None
    with pytest.raises(ReadError, match="no text in"):
        text_of(id, folder)


@pytest.mark.parametrize("id", ["testamab", "Testamab", "../up", "a/b"])
def test_a_record_gets_its_text(sample: Record, tmp_path: Path, id: str) -> None:
    record = replace(sample, document=replace(sample.document, id=id))
    (tmp_path / f"{file_stem(id)}.txt").write_bytes((sample.text or "").encode())
    assert with_text(replace(record, text=None), tmp_path) == record


@pytest.mark.parametrize(
    ("text", "problem"),
    [(None, "no text in"), (b"another text", r"\$\.document\.characters"), (b"\xff", "not UTF-8")],
)
def test_a_text_that_is_not_the_records_is_refused(
    sample: Record, tmp_path: Path, text: bytes | None, problem: str
) -> None:
    if text is not None:
        (tmp_path / "testamab.txt").write_bytes(text)
    with pytest.raises(ReadError, match=problem):
        with_text(replace(sample, text=None), tmp_path)


def test_no_text_outside_the_folder_is_read(sample: Record, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret.txt").write_bytes((sample.text or "").encode())
    record = replace(sample, text=None, document=replace(sample.document, id="../secret"))
    with pytest.raises(ReadError, match=r"no text in .*=2e.=2fsecret\.txt"):
        with_text(record, tmp_path / "texts")
