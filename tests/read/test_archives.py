from __future__ import annotations

import gzip
import io
import lzma
import random
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ReadError
from monograph_nlp.read import Limits
from monograph_nlp.read.archives import ARCHIVES, Member, harmless, is_archive, members

MEMBERS = {"a.txt": b"one", "x/b.txt": b"two", "x/y/c.txt": b""}
_WRITING = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tbz2": "w:bz2"}
_WRITING |= {".tar.xz": "w:xz", ".txz": "w:xz"}


def _read(path: Path, limits: Limits | None = None) -> list[Member | ReadError]:
    return list(members(path, lambda name: name.endswith(".txt"), limits or Limits()))


def _tar(path: Path, infos: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:
        for info, content in infos:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def _zip(path: Path, named: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("suffix", ARCHIVES)
def test_files_come_in_order_with_their_folders(tmp_path, suffix):
    path = tmp_path / f"in{suffix.upper()}"
    if suffix == ".zip":
        _zip(path, list(MEMBERS.items()))
    else:
        infos = [(tarfile.TarInfo(name), content) for name, content in MEMBERS.items()]
        _tar(path, infos, _WRITING[suffix])
    assert is_archive(path)
    assert _read(path) == [Member(name, content) for name, content in MEMBERS.items()]


def test_links_devices_and_folders_are_no_documents(tmp_path):
    infos = []
    for kind in (
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
    ):
        info = tarfile.TarInfo(f"{kind.decode()}.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        infos.append((info, b""))
    infos.append((tarfile.TarInfo("a.txt"), b"one"))
    assert _read(_tar(tmp_path / "a.tar", infos)) == [Member("a.txt", b"one")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\x\\a.txt", "x/a.txt"),
        ("x/./../a.txt", "x/a.txt"),
        ("x\x1b[31m/a.txt", "x_[31m/a.txt"),
    ],
)
def test_a_name_leads_nowhere_else(tmp_path, name, kept):
    path = _tar(tmp_path / "a.tar", [(tarfile.TarInfo(name), b"one")])
    assert _read(path) == [Member(kept, b"one")]
    assert [one.name for one in tmp_path.iterdir()] == ["a.tar"]


@given(st.text())
def test_no_name_is_absolute_or_climbs(name):
    made = harmless(name)
    assert made
    assert not made.startswith("/")
    assert not {"..", ".", ""} & set(made.split("/"))
    assert made.isprintable()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read(tmp_path):
    twice = [("a.txt", b"one"), ("a.txt", b"two")]
    assert _read(_zip(tmp_path / "a.zip", twice)) == [Member(*one) for one in twice]
    infos = [(tarfile.TarInfo(name), content) for name, content in twice]
    assert _read(_tar(tmp_path / "a.tar", infos)) == [Member(*one) for one in twice]


def test_a_zip_bomb_is_told_and_the_next_member_is_read(tmp_path):
    path = _zip(tmp_path / "a.zip", [("bomb.txt", bytes(100 << 20)), ("b.txt", b"two")])
    tracemalloc.start()
    bomb, member = _read(path)
    assert tracemalloc.get_traced_memory()[1] < 60 << 20
    tracemalloc.stop()
    assert "bomb" in str(bomb)
    assert member == Member("b.txt", b"two")


def test_a_member_beyond_the_limit_is_told(tmp_path):
    path = _zip(tmp_path / "a.zip", [("a.txt", random.Random(1).randbytes(3000)), ("b.txt", b"x")])
    large, member = _read(path, Limits(max_bytes=2000))
    assert "at most 2,000 bytes" in str(large)
    assert member == Member("b.txt", b"x")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_tar_that_unpacks_without_end_is_told(tmp_path, pack):
    (tmp_path / "a.tar.gz").write_bytes(
        pack(_header("a.bin", 40 << 20) + bytes(40 << 20) + _header("b.txt", 3))
    )
    (error,) = _read(tmp_path / "a.tar.gz")
    assert "bomb" in str(error)


def test_a_header_as_large_as_memory_is_not_read(tmp_path):
    announced = _header("x", 4 << 30, tarfile.XHDTYPE)
    compressor = zlib.compressobj(1, wbits=31)
    data = compressor.compress(announced) + compressor.compress(bytes(8 << 20)) + compressor.flush()
    (tmp_path / "a.tgz").write_bytes(data)
    tracemalloc.start()
    (error,) = _read(tmp_path / "a.tgz")
    assert tracemalloc.get_traced_memory()[1] < 80 << 20
    tracemalloc.stop()
    assert isinstance(error, ReadError)


def _header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tbz2"])
@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", bytes(2000), b"text" * 999]
)
def test_what_is_no_archive_is_told_or_empty(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert all(isinstance(one, ReadError) for one in _read(tmp_path / name))


def test_damaged_archives_give_members_or_errors_and_never_raise(tmp_path):
    chance = random.Random(3)
    infos = [(tarfile.TarInfo(name), content * 50) for name, content in MEMBERS.items()]
    whole = [
        _zip(tmp_path / "a.zip", [(name, content * 50) for name, content in MEMBERS.items()]),
        _tar(tmp_path / "a.tar", infos, "w"),
        _tar(tmp_path / "a.tar.gz", infos, "w:gz"),
    ]
    for path in whole:
        data = path.read_bytes()
        for _ in range(250):
            damaged = bytearray(data[: chance.choice((len(data), chance.randrange(len(data))))])
            for _ in range(chance.choice((1, 3, 20)) if damaged else 0):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            path.write_bytes(damaged)
            assert all(isinstance(one, Member | ReadError) for one in _read(path))


def test_a_member_behind_a_password_is_told(tmp_path):
    path = _zip(tmp_path / "a.zip", [("a.txt", b"one"), ("b.txt", b"two")])
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1  # the flag of the first member
    path.write_bytes(data)
    locked, member = _read(path)
    assert "password" in str(locked)
    assert member == Member("b.txt", b"two")
