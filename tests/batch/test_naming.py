from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.batch.naming import ids, names

_PATHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "a.txt", "a.txt.gz", "a.html", "a.txt.md"]), min_size=1, max_size=4)
    .map(lambda parts: Path(*parts)),
    unique=True,
    max_size=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("paths", "named"),
    [
        (["/in/a.txt"], ["a.txt"]),
        (["/x/y/a.txt", "/x/z/a.txt"], ["y/a.txt", "z/a.txt"]),
        (["/x/y/a.txt", "/x/z/a.txt", "/x/b.txt"], ["y/a.txt", "z/a.txt", "b.txt"]),
        (["a.txt", "x/a.txt"], ["a.txt", "x/a.txt"]),
        (["/a.txt", "/x/a.txt"], ["a.txt", "x/a.txt"]),
        ([], []),
    ],
)
def test_a_name_has_as_many_folders_as_it_needs(paths, named):
    assert names([Path(path) for path in paths]) == named


def test_a_name_that_is_no_utf_8_is_escaped():
    assert names([Path("gr\udcf6\udcdfe.txt")]) == ["gr\\udcf6\\udcdfe.txt"]


def test_an_id_that_another_file_bears_as_its_name_is_not_given_twice():
    assert ids(["a.txt", "a.html", "a.txt.md"]) == ["a.txt", "a.html", "a.txt.md"]


@given(_PATHS)
def test_different_paths_have_different_names_and_ids(paths):
    called = names(paths)
    assert len(set(called)) == len(paths)
    assert len(set(ids(called))) == len(paths)


@given(_PATHS)
def test_order_changes_no_name(paths):
    forward = dict(zip(paths, names(paths), strict=True))
    assert forward == dict(zip(paths[::-1], names(paths[::-1]), strict=True))
