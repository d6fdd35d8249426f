"""Opening the embedded lexicon and what the user added: what stops it, and what is left out."""

from __future__ import annotations

import re
import time
import warnings
from pathlib import Path

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon import index as module
from monograph_nlp.lexicon.artifact import write
from monograph_nlp.lexicon.cache import AddedVocabularyWarning
from monograph_nlp.lexicon.compiling import compile_surfaces, write_lexicon
from monograph_nlp.lexicon.index import Index, lexicon_version, open_index
from monograph_nlp.lexicon.terms import Surface, Term, read_terms

OWN = Term(("ADVERSE_EVENT",), "Grumpiness", "meddra:10099999", (), ())
SURFACES = (Surface("Grumpiness", OWN, "name"),)


def test_a_file_of_other_spelling_rules_is_refused(tmp_path):
    parts, header = compile_surfaces(SURFACES, {}, version="old")
    path = tmp_path / "old.bin"
    write(path, parts, type(header)(**{**_fields(header), "spelling": "f" * 16}))
    with pytest.raises(LexiconError, match=r"old\.bin.*other spelling rules.*lexicon build"):
        Index.open(path)


def _fields(header: object) -> dict[str, object]:
    return {name: getattr(header, name) for name in type(header).__struct_fields__}


@pytest.fixture
def cached(tmp_path, monkeypatch):
    """The folder of the added vocabularies, with one in it; the index is opened anew."""
    monkeypatch.setenv("MONOGRAPH_NLP_CACHE", str(tmp_path))
    path = tmp_path / "lexicons" / "mine.bin"
    write_lexicon(path, SURFACES, {}, version="mine-1", notes={"kind": "tsv"})
    open_index.cache_clear()
    yield path.parent
    open_index.cache_clear()


def _warned():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        open_index()
    return [(found.category, str(found.message)) for found in caught]


def test_the_vocabularies_that_the_user_added_are_laid_over(cached):
    assert _warned() == []
    assert open_index().find("grumpiness").term == OWN
    assert "mine-1+" in lexicon_version()


def _stale(path):
    parts, header = compile_surfaces(SURFACES, {}, version="old-1", notes={"kind": "meddra"})
    write(path, parts, type(header)(**{**_fields(header), "spelling": "f" * 16}))


def _cut(path):
    write_lexicon(path, SURFACES, {}, version="old-1")
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path):
    write_lexicon(path, SURFACES, {}, version="old-1")
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


@pytest.mark.parametrize(
    ("spoil", "why", "kind"),
    [
        (_stale, "other spelling rules", "meddra"),
        (_cut, "cut short or damaged", "KIND"),
        (_flip, "cut short or damaged", "KIND"),
        (Path.touch, "it is empty", "KIND"),
    ],
)
def test_an_added_vocabulary_that_cannot_be_used_is_left_out_with_a_warning(
    cached, spoil, why, kind
):
    spoil(cached / "events.bin")
    ((category, message),) = _warned()
    assert category is AddedVocabularyWarning
    assert "'events' is left out" in message
    assert str(cached / "events.bin") in message
    assert why in message
    assert f"`monograph-nlp lexicon add --kind {kind} --name events DIR_OR_FILE`" in message
    assert open_index().find("grumpiness").term == OWN  # the other one is used
    assert "mine-1+" in lexicon_version()
    assert "old-1" not in lexicon_version()


def test_a_cache_that_cannot_be_listed_stops_nothing(cached):
    (cached / "mine.bin").unlink()
    cached.rmdir()
    cached.write_bytes(b"")
    ((category, message),) = _warned()
    assert category is AddedVocabularyWarning
    assert re.match(r"No added vocabulary is used\. .*lexicons: .* cannot be listed", message)
    assert open_index().find("ibuprofen") is not None


@pytest.mark.parametrize("name", ["lexicon.bin", "lexicon_sharealike.bin"])
def test_damage_of_the_embedded_lexicon_is_an_error(cached, tmp_path, monkeypatch, name):
    (tmp_path / "data").mkdir()
    for part in ("lexicon.bin", "lexicon_sharealike.bin"):
        write_lexicon(tmp_path / "data" / part, SURFACES, {}, version="small")
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    open_index()
    open_index.cache_clear()
    (tmp_path / "data" / name).write_bytes(b"MONOGLEX")
    with pytest.raises(LexiconError, match=rf"{name}: no usable lexicon.* lexicon build"):
        open_index()


def test_the_embedded_lexicon_is_opened_once_and_quickly():
    open_index.cache_clear()
    began = time.perf_counter()
    index = open_index()
    assert time.perf_counter() - began < 2
    assert open_index() is index


def test_every_curated_name_is_found_in_the_embedded_lexicon():
    """The file is made from the tables: build it anew after a change of theirs."""
    index = open_index()
    lost = [surface.text for surface in read_terms() if index.find(surface.text) is None]
    assert lost == []


def test_the_version_is_that_of_the_content():
    assert re.fullmatch(r"[\w.-]+\+[0-9a-f]{12}", lexicon_version().split()[0])
