from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building import packages
from monograph_nlp.lexicon.building.packages import fetch, member, read_packages, verify

from .conftest import pin, sdist, wheel

WHEEL = "tiny-1.0-py3-none-any.whl"


def test_every_pin_is_whole():
    rows = read_packages()
    assert len({package.name for package in rows}) == len(rows) >= 8
    for package in rows:
        assert len(package.sha256) == 64
        assert int(package.sha256, 16) >= 0
        assert package.size > 100_000
        assert package.version in package.file


def test_a_file_that_is_there_needs_no_network(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "download", lambda *_: pytest.fail("asked the network"))
    path = wheel(tmp_path / WHEEL, {"data/a.txt": "alpha"})
    assert fetch(pin(path), tmp_path) == path


def test_a_wrong_hash_says_what_was_found_and_what_to_do(tmp_path):
    path = wheel(tmp_path / WHEEL, {"data/a.txt": "alpha"})
    with pytest.raises(LexiconError) as caught:
        verify(pin(path, digest="0" * 64), path)
    message = str(caught.value)
    assert pin(path).sha256 in message
    assert "0" * 64 in message
    assert "tiny 1.0" in message
    assert "Delete the file" in message


def test_a_download_is_kept_when_it_is_the_pinned_one(tmp_path, monkeypatch):
    origin = wheel(tmp_path / WHEEL, {"data/a.txt": "alpha"})
    monkeypatch.setattr(packages, "download", _copy(origin.read_bytes()))
    folder = tmp_path / "new" / "folder"
    assert fetch(pin(origin), folder).read_bytes() == origin.read_bytes()
    assert [path.name for path in folder.iterdir()] == [WHEEL]


def test_a_download_that_is_another_file_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "download", _copy(b"another file"))
    folder = tmp_path / "folder"
    with pytest.raises(LexiconError, match="SHA-256"):
        fetch(pin(tmp_path / WHEEL, digest="0" * 64), folder)
    assert list(folder.iterdir()) == []


def test_a_missing_file_is_an_error_and_not_a_traceback(tmp_path):
    with pytest.raises(LexiconError, match="cannot be read"):
        verify(pin(tmp_path / WHEEL, digest="0" * 64), tmp_path / WHEEL)


@pytest.mark.parametrize(("make", "name"), [(wheel, WHEEL), (sdist, "tiny-1.0.tar.gz")])
def test_a_member_is_read_without_unpacking_to_disk(tmp_path, make, name):
    path = make(tmp_path / name, {"tiny/a.txt": "alpha", "tiny/b.txt": "beta"})
    assert member(path, "tiny/b.txt") == b"beta"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(("make", "name"), [(wheel, WHEEL), (sdist, "tiny-1.0.tar.gz")])
def test_a_missing_member_is_named(tmp_path, make, name):
    path = make(tmp_path / name, {"tiny/a.txt": "alpha"})
    with pytest.raises(LexiconError, match=r"holds no file 'tiny/c\.txt'"):
        member(path, "tiny/c.txt")


@pytest.mark.parametrize(("make", "name"), [(wheel, WHEEL), (sdist, "tiny-1.0.tar.gz")])
def test_a_member_may_not_be_larger_than_the_limit(tmp_path, make, name):
    path = make(tmp_path / name, {"tiny/a.txt": b"\0" * 100_000})
    assert len(member(path, "tiny/a.txt", 100_000)) == 100_000
    with pytest.raises(LexiconError, match="more than 99999 bytes"):
        member(path, "tiny/a.txt", 99_999)


@pytest.mark.parametrize(("make", "name"), [(wheel, WHEEL), (sdist, "tiny-1.0.tar.gz")])
@pytest.mark.parametrize("damage", ["cut", "flipped", "nonsense"])
def test_a_damaged_archive_is_an_error(tmp_path, make, name, damage):
    path = make(tmp_path / name, {"tiny/a.txt": bytes(range(256)) * 40})
    data = bytearray(path.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        data[60:90] = b"\xff" * 30
    else:
        data = bytearray(b"not an archive")
    path.write_bytes(bytes(data))
    with pytest.raises(LexiconError):
        member(path, "tiny/a.txt")


def test_a_folder_in_a_tar_is_no_member(tmp_path):
    path = tmp_path / "tiny-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("tiny")
        info.type = tarfile.DIRTYPE
        archive.addfile(info, io.BytesIO())
    with pytest.raises(LexiconError, match="holds no file 'tiny'"):
        member(path, "tiny")


def _copy(data: bytes):
    def download(package: str, file: str, size: int, path: Path) -> None:
        path.write_bytes(data)

    return download
