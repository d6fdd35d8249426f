from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.artifact import FORMAT, Header, open_artifact, pack, unpack, write

PARTS = {"names": b"abc" * 40, "empty": b"", "postings": bytes(range(200))}
HEADER = Header(
    version="test-1",
    spelling="0" * 16,
    sources=("curated",),
    labels=(("DRUG",),),
    longest=12,
    counts={"names": 1},
    notes={"built": "by hand"},
)
PACKED = pack(PARTS, HEADER)


def test_what_was_written_is_read(tmp_path):
    path = tmp_path / "new" / "lexicon.bin"
    write(path, PARTS, HEADER)
    artifact = open_artifact(path)
    assert {name: bytes(part) for name, part in artifact.parts.items()} == PARTS
    assert artifact.header.notes == {"built": "by hand"}
    assert artifact.header.labels == (("DRUG",),)
    assert [entry.name for entry in path.parent.iterdir()] == ["lexicon.bin"]
    assert path.stat().st_mode & 0o444 == 0o444


def test_the_same_content_has_the_same_bytes_and_version():
    other = pack({**PARTS, "names": b"abe" * 40}, HEADER)
    assert pack(dict(PARTS), HEADER) == PACKED
    assert unpack(PACKED, "x").version == unpack(PACKED, "y").version
    assert unpack(other, "x").version != unpack(PACKED, "x").version


@given(st.integers(0, len(PACKED) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_an_error(place, bit):
    data = bytearray(PACKED)
    data[place] ^= 1 << bit
    with pytest.raises(LexiconError, match="no usable lexicon"):
        unpack(bytes(data), "lexicon.bin")


@given(st.integers(0, len(PACKED) - 1))
def test_a_file_cut_short_is_an_error(length):
    with pytest.raises(LexiconError, match="no usable lexicon"):
        unpack(PACKED[:length], "lexicon.bin")


def test_bytes_behind_the_last_part_are_an_error():
    with pytest.raises(LexiconError, match="3 bytes follow its last part"):
        unpack(PACKED + b"abc", "lexicon.bin")


def test_another_format_is_named():
    data = PACKED[:8] + (FORMAT + 1).to_bytes(2, "little") + PACKED[10:]
    with pytest.raises(LexiconError, match=f"format {FORMAT + 1}; expected format {FORMAT}"):
        unpack(data, "lexicon.bin")


@pytest.mark.parametrize("content", [None, b"", b"MONOGLEX", b"{}" * 50])
def test_what_is_no_lexicon_says_what_to_do(tmp_path, content):
    path = tmp_path / "lexicon.bin"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LexiconError) as caught:
        open_artifact(path)
    assert str(path) in str(caught.value)
    assert "expected" in str(caught.value)
    assert "lexicon build" in str(caught.value)


def test_a_folder_is_no_lexicon(tmp_path):
    with pytest.raises(LexiconError, match="cannot be opened"):
        open_artifact(tmp_path)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "lexicon.bin"
    path.mkdir()
    (path / "kept").touch()
    with pytest.raises(LexiconError, match="cannot be written"):
        write(path, PARTS, HEADER)
    assert [entry.name for entry in tmp_path.iterdir()] == ["lexicon.bin"]
    assert (path / "kept").exists()


@pytest.fixture
def old(tmp_path):
    """A lexicon that stands where a new one is to be written."""
    path = tmp_path / "lexicon.bin"
    write(path, {"names": b"old"}, HEADER)
    return path


def _full(path, data):
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _refusing(number):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize(
    ("where", "name", "action", "why"),
    [
        (Path, "write_bytes", _full, "No space left on device"),
        (Path, "write_bytes", _refusing(errno.EROFS), "Read-only file system"),
        (Path, "write_bytes", _refusing(errno.EACCES), "Permission denied"),
        (Path, "mkdir", _refusing(errno.EACCES), "Permission denied"),
        (os, "replace", _refusing(errno.EPERM), "Operation not permitted"),
    ],
)
def test_whatever_stops_the_writing_leaves_the_old_one(old, monkeypatch, where, name, action, why):
    before = old.read_bytes()
    monkeypatch.setattr(where, name, action)
    with pytest.raises(
        LexiconError, match=rf"lexicon\.bin: .* cannot be written \({why}\); expected"
    ):
        write(old, PARTS, HEADER)
    monkeypatch.undo()
    assert old.read_bytes() == before
    assert [entry.name for entry in old.parent.iterdir()] == ["lexicon.bin"]


def test_an_interrupted_writing_leaves_the_old_one(old, monkeypatch):
    before = old.read_bytes()
    monkeypatch.setattr(os, "replace", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(old, PARTS, HEADER)
    assert old.read_bytes() == before
    assert [entry.name for entry in old.parent.iterdir()] == ["lexicon.bin"]


def _interrupt(*_):
    raise KeyboardInterrupt


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_may_not_be_written_to_is_an_error(old):
    before = old.read_bytes()
    old.parent.chmod(0o555)
    try:
        with pytest.raises(LexiconError, match="cannot be written"):
            write(old, PARTS, HEADER)
        assert old.read_bytes() == before
    finally:
        old.parent.chmod(0o755)


@pytest.mark.parametrize("below", ["lexicon.bin", "deeper/lexicon.bin"])
def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path, below):
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(LexiconError, match="cannot be written"):
        write(tmp_path / "file" / below, PARTS, HEADER)
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_a_part_of_another_file_is_an_error(tmp_path):
    """Both files are whole; the parts of the one do not have the hashes that the other lists."""
    other = pack({**PARTS, "names": b"abe" * 40}, HEADER)
    mixed = PACKED[: -len(b"".join(PARTS.values()))] + other[-len(b"".join(PARTS.values())) :]
    assert mixed not in (PACKED, other)
    with pytest.raises(LexiconError, match="its part 'names' is cut short or damaged"):
        unpack(mixed, "lexicon.bin")
