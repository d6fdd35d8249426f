from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.compiling import in_memory, write_lexicon
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.layer import Layer
from monograph_nlp.lexicon.reference import Reference, TargetFact
from monograph_nlp.lexicon.terms import Surface, Term

FLU = Term(("CONDITION", "ADVERSE_EVENT"), "influenza", "mesh:D007251", ("mondo:1",), ())
COLD = Term(("CONDITION",), "common cold", "mesh:D003139", (), ())
ASA = Term(("DRUG",), "acetylsalicylic acid", "unii:R16", (), ("Bayrin",))
SALT = Term(("DRUG",), "lysine salt", "unii:SALT", ("mesh:C1",), (), moiety="unii:R16")
OTHER = Term(("DRUG",), "other acid", None, (), ())
GENE = Term(("TARGET",), "mechanistic kinase", "hgnc:1", (), ())
SURFACES = (
    Surface("influenza", FLU, "name"),
    Surface("flu-like illness", FLU, "synonym"),
    Surface("acetylsalicylic acid", ASA, "name"),
    Surface("ASA", ASA, "synonym", "exact"),
    Surface("Bayrin", ASA, "brand"),
    Surface("lysine salt", SALT, "name"),
    Surface("bayrin", OTHER, "synonym"),
    Surface("Rest", OTHER, "brand", "capital"),
    Surface("cold", COLD, "lay", spot=False),
    Surface("common cold", COLD, "name"),
    Surface("mTOR", GENE, "synonym", "exact", "genes"),
    Surface("MTOR", GENE, "synonym", "exact", "genes"),
    Surface("blisters", COLD, "synonym"),
    Surface("rashes", COLD, "synonym"),
    Surface("rash", COLD, "synonym"),
)
SMALL = Index.of(SURFACES)


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("influenza", "influenza", "name"),
        ("INFLUENZA", "influenza", "name"),
        ("influenzas", "influenza", "variant"),
        ("flu like illness", "influenza", "synonym"),
        ("flu like illnesses", "influenza", "variant"),
        ("  acetylsalicylic \n acid ", "acetylsalicylic acid", "name"),
        ("ASA", "acetylsalicylic acid", "synonym"),
        ("A.S.A", "acetylsalicylic acid", None),
        ("BAYRIN", "acetylsalicylic acid", "brand"),
        ("Bayrin®", "acetylsalicylic acid", "brand"),
        ("MTOR", "mechanistic kinase", "synonym"),
        ("mTORs", "mechanistic kinase", "variant"),
        ("Rest", "other acid", "brand"),
        ("REST", "other acid", "brand"),
        ("blister", "common cold", "variant"),
    ],
)
def test_a_name_is_found_as_texts_write_it(text, name, how):
    match = SMALL.find(text)
    assert (match and match.term.name, match and match.how) == (how and name, how)


@pytest.mark.parametrize(
    "text", ["", " ", "asa", "Asa", "flu", "influenz", "acid", "rest", "mtor", "Mtor", "\ud800"]
)
def test_what_is_no_name_is_not_found(text):
    assert SMALL.find(text) is None


def test_all_that_bear_a_name_come_in_the_order_of_the_surfaces():
    assert [match.term for match in SMALL.find_all("bayrin")] == [ASA, OTHER]
    assert SMALL.find("bayrin").term is SMALL.find("bayrin").term == ASA


def test_a_label_chooses_among_them():
    assert SMALL.find("influenza", "ADVERSE_EVENT").term == FLU
    assert SMALL.find("influenza", "DRUG") is None
    assert SMALL.find_all("bayrin", "TARGET") == ()


def test_a_match_says_which_source_the_name_is_from():
    assert SMALL.find("mTOR").source == "genes"
    assert SMALL.find("ASA").source == "curated"


def test_no_case_rule_applies_to_a_key():
    assert [match.term for match in SMALL.bearers("asa")] == [ASA]
    assert SMALL.bearers("asa", "TARGET") == ()


def test_a_term_is_found_by_its_preferred_name_alone():
    assert SMALL.term("Influenza") == FLU
    assert SMALL.term("flu-like illness") is None


def test_a_term_is_found_by_each_of_its_identifiers():
    assert SMALL.by_id("mesh:D007251") == SMALL.by_id("mondo:1") == FLU
    assert SMALL.by_id("mesh:C1").moiety == "unii:R16"
    assert SMALL.by_id("unii:R16") == ASA
    assert SMALL.by_id("mesh:none") is None


def test_names_that_may_be_written_in_any_case():
    assert set(SMALL.names("TARGET")) == set()
    assert "influenza" in set(SMALL.names("ADVERSE_EVENT"))
    assert set(SMALL.names()) == {
        "influenza", "flu like illness", "acetylsalicylic acid", "bayrin", "lysine salt",
        "cold", "common cold", "blister", "rash",
    }  # fmt: skip


def test_references_of_a_term_come_from_all_layers_and_identifiers():
    one = Reference((TargetFact("COX", None, "inhibitor", "a"),), ("NSAID",), ("Bayrin",))
    two = Reference((TargetFact("COX2", None, "", "b"),), ("NSAID",), ())
    layers = [
        Layer(in_memory(SURFACES, {"unii:SALT": one})),
        Layer(in_memory((), {"mesh:C1": two, "mesh:none": two})),
    ]
    found = Index(layers).reference(SALT)
    assert [fact.name for fact in found.targets] == ["COX", "COX2"]
    assert (found.classes, found.brands) == (("NSAID",), ("Bayrin",))
    assert Index(layers).reference(OTHER) == Reference()


PT = Term(("ADVERSE_EVENT",), "Influenza", "meddra:10022000", (), ())
OWN = Term(("ADVERSE_EVENT",), "Grumpiness", "meddra:10099999", (), ())
LAID = (
    Surface("Influenza", PT, "name", code="meddra:10022000"),
    Surface("Flu-like illness", PT, "synonym", code="meddra:10016797"),
    Surface("Grumpiness", OWN, "name"),
)
BOTH = Index([Layer(in_memory(SURFACES, {})), Layer(in_memory(LAID, {}))])


def test_a_name_that_both_know_is_the_bases_with_the_others_identifiers():
    (match,) = BOTH.find_all("flu-like illness")
    assert (match.term.id, match.term.name) == ("mesh:D007251", "influenza")
    assert match.term.xrefs == ("mondo:1", "meddra:10022000", "meddra:10016797")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("C5", True),
        ("C 5", True),
        ("C-5", True),
        ("C\N{NO-BREAK SPACE}5", True),
        ("C       5", False),
        ("C\n5", False),
        ("C\t5", False),
        ("C | 5", False),
        ("HIV  infection", True),  # the name itself has a blank there
        ("hiv  infection", False),
        ("lysine   salt", True),  # no case is asked for
    ],
)
def test_a_short_form_does_not_reach_from_cell_to_cell(text, is_found):
    short = (Surface("C5", GENE, "synonym", "exact"), Surface("HIV infection", FLU, "lay", "exact"))
    index = Index.of((*SURFACES, *short))
    assert bool(index.find(text)) is is_found
    bounds = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    assert bool(index.places(text, bounds)) is is_found


def test_what_only_the_other_knows_is_found_as_its_own():
    assert BOTH.find("grumpiness").term == OWN
    assert BOTH.by_id("meddra:10099999") == OWN
    assert BOTH.by_id("meddra:10016797") == PT
    text = "grumpiness, influenza"
    places = BOTH.places(text, [(0, 10), (10, 11), (12, 21)])
    assert [place.matches[0].term.name for place in places] == ["Grumpiness", "influenza"]
    assert len(BOTH.version.split()) == 2


def test_a_file_answers_as_the_memory_does(tmp_path):
    path = tmp_path / "small.bin"
    write_lexicon(path, SURFACES, {}, version="small-1")
    index = Index.open(path)
    for surface in SURFACES:
        assert index.find_all(surface.text) == SMALL.find_all(surface.text)
    assert re.fullmatch(r"small-1\+[0-9a-f]{12}", index.version)


@given(st.sampled_from(SURFACES))
def test_case_does_not_change_what_a_name_in_any_case_means(surface):
    if surface.case == "any":
        terms = {m.term for m in SMALL.find_all(surface.text)}
        assert {m.term for m in SMALL.find_all(surface.text.upper())} >= terms


def test_a_missing_file_is_named():
    with pytest.raises(LexiconError, match=r"nowhere\.bin"):
        Index.open(Path("nowhere.bin"))
