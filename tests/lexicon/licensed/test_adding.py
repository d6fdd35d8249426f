from __future__ import annotations

import hashlib

import pytest

from monograph_nlp.errors import ConfigError, LexiconError
from monograph_nlp.lexicon import cache
from monograph_nlp.lexicon.artifact import open_artifact
from monograph_nlp.lexicon.licensed.adding import add


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MONOGRAPH_NLP_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("label\tname\tid\nDRUG\tvelquarinib\thouse:1\n", "utf-8")
    return path


def test_each_kind_is_compiled_under_its_name(meddra, rxnorm, umls, table):
    for kind, path in (("umls", umls), ("tsv", table), ("meddra", meddra), ("rxnorm", rxnorm)):
        added = add(kind, path)
        assert added.name == kind
        assert added.path == cache.path_of(kind)
        assert not added.replaced
    assert [path.stem for path in cache.added()] == ["meddra", "rxnorm", "tsv", "umls"]


def test_what_was_added_is_counted(meddra):
    added = add("meddra", meddra, name="events")
    assert (added.name, added.concepts) == ("events", 5)
    assert added.names == 10  # a preferred term and its own lowest level term are one name
    assert added.left_out["preferred terms that are no finding"] == 1


def test_the_file_says_what_it_was_made_of_and_not_where(meddra, tmp_path):
    header = open_artifact(add("meddra", meddra).path).header
    assert header.version == "meddra"
    assert header.notes["kind"] == "meddra"
    assert header.notes["release"] == "90.1 English"
    assert header.notes["licence"] == "licensed to you; do not share"
    digest = hashlib.sha256((meddra / "llt.asc").read_bytes()).hexdigest()
    assert header.notes["sha256 of llt.asc"] == digest
    assert "1 preferred terms that are no finding" in header.notes["left out"]
    assert str(tmp_path) not in repr(header)


@pytest.mark.parametrize("kind", ["meddra", "rxnorm", "umls"])
def test_the_same_release_gives_the_same_bytes(kind, request):
    folder = request.getfixturevalue(kind)
    first = add(kind, folder, name="a").path.read_bytes()
    again = add(kind, folder, name="a")
    assert again.replaced
    assert again.path.read_bytes() == first


def test_an_earlier_vocabulary_stays_when_a_new_one_fails(meddra, edit):
    path = add("meddra", meddra).path
    before = path.read_bytes()
    edit(meddra / "llt.asc", "$Y$", "$Y$$$$")
    with pytest.raises(LexiconError, match=r"llt\.asc:1: 14 columns"):
        add("meddra", meddra)
    (meddra / "pt.asc").unlink()
    with pytest.raises(LexiconError, match=r"pt\.asc missing"):
        add("meddra", meddra)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["meddra.bin"]


def test_a_cache_that_cannot_be_written_is_an_error(table):
    cache.path_of("tsv").mkdir(parents=True)
    with pytest.raises(LexiconError, match=r"tsv\.bin: the lexicon cannot be written"):
        add("tsv", table)


def test_the_language_and_the_sources_are_taken(umls, rxnorm):
    assert add("umls", umls, language="FRE").concepts == 1
    assert add("umls", umls, vocabularies=("NCI",)).concepts == 1
    with pytest.raises(LexiconError, match="no name is left"):
        add("rxnorm", rxnorm, language="SPA")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("MedDRA", {}, r"'MedDRA' is no kind of vocabulary; expected one of meddra, rxnorm"),
        (
            "tsv",
            {"language": "ENG"},
            r"--language does nothing for tsv; expected it with rxnorm or",
        ),
        ("meddra", {"language": "ENG"}, r"--language does nothing for meddra"),
        ("rxnorm", {"vocabularies": ("MSH",)}, r"--source does nothing for rxnorm"),
        ("tsv", {"name": "../x"}, r"'\.\./x' cannot name a vocabulary"),
    ],
)
def test_wrong_usage_is_an_error_and_writes_nothing(table, kind, options, message):
    with pytest.raises(ConfigError, match=message):
        add(kind, table, **options)
    assert cache.added() == ()
