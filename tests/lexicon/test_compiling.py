from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon import compiling
from monograph_nlp.lexicon.artifact import open_artifact, pack
from monograph_nlp.lexicon.compiling import compile_surfaces, write_lexicon
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.reference import Reference, TargetFact
from monograph_nlp.lexicon.terms import Surface, Term

ACID = Term(("DRUG",), "plain acid", "mesh:D1", ("unii:A",), ("Bayrin",))
GENE = Term(("TARGET",), "PLA1", "hgnc:1", (), ())
SURFACES = (
    Surface("plain acid", ACID, "name"),
    Surface("Plain-Acids", ACID, "synonym", source="other"),
    Surface("PLA", ACID, "abbreviation"),
    Surface("PLA", GENE, "synonym", "exact"),
    Surface("®", GENE, "synonym"),
)
FACTS = {"mesh:D1": Reference((TargetFact("COX", "hgnc:2", "inhibitor", "x"),), ("NSAID",), ("B",))}
HASHING = """
import sys
from monograph_nlp.lexicon.artifact import pack
from monograph_nlp.lexicon.compiling import compile_surfaces
from monograph_nlp.lexicon.reference import Reference
from monograph_nlp.lexicon.terms import read_terms
facts = {c: Reference((), (c,), ()) for c in {"mesh:B", "mesh:A", "unii:C"}}
sys.stdout.buffer.write(pack(*compile_surfaces(read_terms()[:400], facts, version="1")))
"""


def test_the_bytes_do_not_depend_on_the_process():
    made = {
        subprocess.run(
            [sys.executable, "-c", HASHING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1
    assert len(made.pop()) > 5000


def test_the_header_counts_what_is_in():
    _, header = compile_surfaces(SURFACES, FACTS, version="test-1", notes={"a": "b"})
    assert header.counts == {"names": 2, "postings": 3, "terms": 2, "references": 1}
    assert header.sources == ("curated", "other")
    assert header.labels == (("DRUG",), ("TARGET",))
    assert header.longest == len("plain acid")
    assert (header.version, header.notes) == ("test-1", {"a": "b"})


def test_what_is_written_is_what_was_compiled(tmp_path):
    path = tmp_path / "lexicon.bin"
    write_lexicon(path, SURFACES, FACTS, version="test-1")
    assert path.read_bytes() == pack(*compile_surfaces(SURFACES, FACTS, version="test-1"))
    assert open_artifact(path).version.startswith("test-1+")


def test_of_two_surfaces_with_one_key_and_term_the_first_decides():
    (match,) = Index.of(SURFACES).find_all("PLAIN ACID")
    assert (match.kind, match.source) == ("name", "curated")


def test_a_short_abbreviation_is_always_exact():
    index = Index.of(SURFACES)
    assert [match.term for match in index.find_all("PLA")] == [ACID, GENE]
    assert index.find_all("pla") == ()


def test_more_terms_than_can_be_numbered_are_an_error(monkeypatch):
    monkeypatch.setattr(compiling, "MOST_TERMS", 1)
    with pytest.raises(LexiconError, match="expected at most 1"):
        compile_surfaces(SURFACES, {}, version="x")


def test_nothing_can_be_compiled(tmp_path):
    path = Path(tmp_path / "empty.bin")
    write_lexicon(path, (), {}, version="empty")
    index = Index.open(path)
    assert index.find_all("acid") == ()
    assert index.places("an acid", [(0, 2), (3, 7)]) == []
    assert list(index.names()) == []
    assert index.by_id("mesh:D1") is None
