from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ConfigError, LexiconError
from monograph_nlp.lexicon import cache
from monograph_nlp.lexicon.compiling import write_lexicon


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MONOGRAPH_NLP_CACHE", str(tmp_path))
    return tmp_path / "lexicons"


def test_the_environment_names_the_folder(folder):
    assert cache.folder() == folder
    assert cache.path_of("mine") == folder / "mine.bin"


def test_without_it_the_folder_is_the_users_cache(monkeypatch):
    monkeypatch.setenv("MONOGRAPH_NLP_CACHE", " ")
    assert cache.folder().parent == platformdirs.user_cache_path("monograph-nlp")


def test_no_folder_is_no_vocabulary(folder):
    assert cache.added() == ()
    assert not folder.exists()


def test_vocabularies_come_in_the_order_of_their_names(folder):
    folder.mkdir()
    for name in ("rxnorm.bin", "a-1.bin", "meddra.bin", "meddra.bin.part", ".x.bin", "B.bin", "x"):
        (folder / name).write_bytes(b"")
    (folder / "folder.bin").mkdir()
    assert [path.name for path in cache.added()] == ["a-1.bin", "meddra.bin", "rxnorm.bin"]


def test_a_folder_that_is_a_file_is_an_error(folder):
    folder.write_bytes(b"")
    with pytest.raises(LexiconError, match=r"lexicons: the added .* MONOGRAPH_NLP_CACHE"):
        cache.added()


@pytest.mark.parametrize(
    "name", ["", "A", "a b", "../a", "a/b", "-a", "a-", "a.b", "a\n", "x" * 41, "é"]
)
def test_a_name_that_cannot_be_a_file_is_refused(name):
    with pytest.raises(ConfigError, match="cannot name a vocabulary"):
        cache.path_of(name)


@given(st.text(max_size=50))
def test_a_path_never_leaves_the_folder(name):
    try:
        path = cache.path_of(name)
    except ConfigError:
        return
    assert path.parent == cache.folder()
    assert path == Path(cache.folder(), path.name)


def test_what_is_removed_is_gone(folder):
    folder.mkdir()
    (folder / "mine.bin").write_bytes(b"")
    assert cache.remove("mine") == folder / "mine.bin"
    assert cache.added() == ()


def test_what_was_not_added_cannot_be_removed(folder):
    folder.mkdir()
    (folder / "mine.bin").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"no vocabulary 'nine' .* added: mine"):
        cache.remove("nine")
    assert len(cache.added()) == 1


def test_what_cannot_be_deleted_is_an_error(folder):
    cache.path_of("mine").mkdir(parents=True)
    with pytest.raises(
        LexiconError, match=r"mine\.bin: the vocabulary cannot be deleted \(.+\); exp"
    ):
        cache.remove("mine")


def test_the_commands_for_a_file_that_cannot_be_used_have_its_kind_if_it_tells(folder):
    path = cache.path_of("events")
    write_lexicon(path, (), {}, version="events", notes={"kind": "meddra"})
    assert "`monograph-nlp lexicon add --kind meddra --name events DIR_OR_FILE`" in cache.anew(path)
    assert "`monograph-nlp lexicon remove events`" in cache.anew(path)
    path.write_bytes(b"damaged")
    assert "add --kind KIND --name events DIR_OR_FILE`" in cache.anew(path)
