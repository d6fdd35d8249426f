from __future__ import annotations

import pytest

from monograph_nlp.batch.sealed import Sealing, is_whole


@pytest.fixture
def path(tmp_path):
    sealing = Sealing(tmp_path / "file")
    sealing.write(b"a line\n")
    sealing.write(b"")
    sealing.write(b"another\n")
    assert sealing.size == 15
    sealing.seal()
    return tmp_path / "file"


def test_a_sealed_file_is_whole(path):
    assert is_whole(path)
    assert path.read_bytes().startswith(b"a line\nanother\n")


def test_a_file_is_whole_only_as_it_was(path):
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place])
        assert not is_whole(path), place
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert not is_whole(path), place
    path.write_bytes(data + b"\n")
    assert not is_whole(path)


def test_a_file_that_was_not_sealed_is_not_whole(tmp_path):
    sealing = Sealing(tmp_path / "file")
    sealing.write(b"x" * 200)
    sealing.flush()
    assert (tmp_path / "file").stat().st_size == 200
    assert not is_whole(tmp_path / "file")
