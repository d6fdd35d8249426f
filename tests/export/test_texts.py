from __future__ import annotations

from pathlib import Path

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.export.texts import text_file, text_of
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
