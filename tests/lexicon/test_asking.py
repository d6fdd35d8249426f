"""What a name may mean before any rule changes it: kin of a label, codes, shared identifiers."""

from __future__ import annotations

import pytest

from monograph_nlp.lexicon.asking import ids_of
from monograph_nlp.lexicon.index import Index, open_index
from monograph_nlp.lexicon.linking import link
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.terms import Surface, Term

PEPTIDE = Term(("TARGET",), "examplin-related peptide", "hgnc:1", ("mesh:D1",), ())
GENE = Term(("TARGET",), "EXP", "hgnc:2", (), ())
DRUG = Term(("DRUG",), "examplinib", "mesh:D2", (), ())
GROUP = Term(("DRUG_CLASS",), "examplins", "mesh:D3", (), ())
MEMBER = Term(("DRUG",), "examplin 40", "unii:X", ("mesh:D3",), ())
OTHER = Term(("DRUG",), "another examplin", "mesh:D4", (), ())
INDEX = Index.of(
    [
        Surface("examplin-related peptide", PEPTIDE, "name"),
        Surface("XRP", PEPTIDE, "abbreviation", "exact"),
        Surface("EXP", GENE, "name", "exact", "hgnc"),
        Surface("examplinib", DRUG, "name"),
        Surface("EXA-753", DRUG, "code", "exact", "unii"),
        Surface("examplin", MEMBER, "synonym", source="unii"),
        Surface("examplins", GROUP, "name", source="mesh"),
        Surface("examplone", MEMBER, "synonym", source="unii"),
        Surface("examplone", OTHER, "synonym", source="unii"),
    ]
)


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("examplin-related peptide", "DRUG", ["hgnc:1"]),  # given, or measured, like a drug
        ("XRP", "DRUG", ["hgnc:1"]),  # a row of ours says so
        ("EXP", "DRUG", []),  # a gene symbol is no drug's short form
        ("examplin-related peptide", "ADVERSE_EVENT", []),
        ("EXA-753", "DRUG", ["mesh:D2"]),
        ("Exa 753", "DRUG", ["mesh:D2"]),  # a laboratory code in other letters
        ("Exa 75", "DRUG", []),
    ],
)
def test_proteins_and_codes_are_found_where_no_drug_is(name, label, expected):
    assert [m.term.id for m in link(name, label, index=INDEX).matches] == expected


def test_concepts_that_share_an_identifier_are_no_rivals():
    shared = link("examplin", "DRUG", index=INDEX, context=None)
    rivals = link("examplone", "DRUG", index=INDEX)
    assert shared.how == "synonym"
    assert rivals.how in ("none", "synonym_shared")


def test_all_identifiers_count():
    assert ids_of(Match(MEMBER, "examplin", "synonym")) == {"unii:X", "mesh:D3"}


@pytest.mark.parametrize(
    ("former", "name"), [("mesh:C009250", "sevoflurane"), ("mesh:C065179", "atorvastatin")]
)
def test_numbers_of_older_editions_of_mesh_still_lead_to_the_concept(former, name):
    term = open_index().by_id(former)
    assert term is not None
    assert term.name == name
    assert term.id != former
