from __future__ import annotations

import os
import sys

import pytest

from monograph_nlp.read.inputs import expand, is_output

SUFFIXES = (".txt", ".html", ".tar.gz")


def _names(paths, folder):
    return [str(path.relative_to(folder)) for path in paths]


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.HTML", "c.png", ".d.txt", ".git/e.txt", "x/f.tar.gz", "x/y/g.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_is_searched_to_the_bottom_in_order(folder):
    paths, errors = expand([folder], SUFFIXES, None)
    assert _names(paths, folder) == ["a.HTML", "b.txt", "x/f.tar.gz", "x/y/g.txt"]
    assert not errors


def test_a_file_is_read_once_and_whatever_its_suffix(folder):
    paths, _ = expand([folder / "c.png", folder, folder / "b.txt"], SUFFIXES, None)
    assert _names(paths, folder) == ["c.png", "a.HTML", "b.txt", "x/f.tar.gz", "x/y/g.txt"]


def test_the_output_of_an_earlier_run_is_passed_over(folder):
    paths, _ = expand([folder], SUFFIXES, folder / "x")
    assert _names(paths, folder) == ["a.HTML", "b.txt"]
    assert is_output(folder / "x" / ".." / "x" / "f.tar.gz", folder / "x")
    assert not is_output(folder / "xx", folder / "x")


def test_what_gives_nothing_is_an_error(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    paths, errors = expand([tmp_path / "empty", tmp_path / "gone"], SUFFIXES, None)
    assert not paths
    assert ["holds no document" in str(errors[0]), "no such file" in str(errors[1])] == [True, True]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")
def test_a_pipe_is_passed_over_and_a_link_in_a_circle_ends(folder):
    os.mkfifo(folder / "pipe.txt")
    (folder / "x" / "circle").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "linked.txt").symlink_to(folder / "b.txt")
    paths, _ = expand([folder], SUFFIXES, None)
    found = _names(paths, folder)
    assert "pipe.txt" not in found
    assert {"dangling.txt", "linked.txt"} <= set(found)  # the first is told when it is read
    assert len(found) == 6
