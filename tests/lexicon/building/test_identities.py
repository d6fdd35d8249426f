"""The MeSH number of a concept that no source gives one, and the numbers of older editions."""

from __future__ import annotations

import pytest

from monograph_nlp.lexicon.building.identities import in_mesh, with_mesh, without_narrower
from monograph_nlp.lexicon.terms import Term
from monograph_nlp.rules import read_table

from .made import made

HEADINGS = in_mesh(
    [
        (made("mesh:D1", "exachlorane", "exindane"),),
        (made("mesh:D2", "Exaferols", labels="DRUG_CLASS"),),
        (made("mesh:D3", "exacilpine maleate"), made("unii:S", "x", broader=("unii:B",))),
        (made("mesh:D4", "exadol one", "exadol"),),
        (made("mesh:D5", "exadol two", "exadol"),),
        (made("mesh:C6", "exanone", source="mesh_supplement"),),
    ]
)


def ids(name: str, *curies: str, label: str = "DRUG") -> list[str]:
    term = with_mesh(Term((label,), name, curies[0] if curies else None, curies[1:], ()), HEADINGS)
    return [curie for curie in (term.id, *term.xrefs) if curie]


@pytest.mark.parametrize(
    ("name", "curies", "label", "expected"),
    [
        ("exindane", ("unii:A",), "DRUG", ["unii:A", "mesh:D1"]),
        ("exaferol", ("unii:A",), "DRUG", ["unii:A", "mesh:D2"]),
        ("exacilpine", ("unii:B",), "DRUG", ["unii:B", "mesh:D3"]),
        ("exindane", ("unii:A", "mesh:C9"), "DRUG", ["unii:A", "mesh:C9"]),
        ("exindane", (), "DRUG", ["mesh:D1"]),
        ("exindane", ("mondo:1",), "CONDITION", ["mondo:1"]),
        ("exadol", ("unii:A",), "DRUG", ["unii:A"]),  # two headings bear the name
        ("exanone", ("unii:A",), "DRUG", ["unii:A"]),  # a supplementary record is no heading
    ],
)
def test_a_term_without_a_mesh_number_takes_the_one_it_is_listed_under(
    name, curies, label, expected
):
    assert ids(name, *curies, label=label) == expected


def test_former_numbers_follow_the_current_one():
    assert ids("sevoflurane", "mesh:D000077149") == ["mesh:D000077149", "mesh:C009250"]


def test_no_number_is_former_twice_or_both_former_and_current():
    columns = ("former", "current", "example")
    rows = read_table("mesh_former.tsv", columns, required=columns)
    former = [row.text("former") for row in rows]
    assert len(former) == len(set(former))
    assert set(former).isdisjoint(row.text("current") for row in rows)


def test_a_link_to_an_inherited_form_alone_is_dropped():
    form = made("mesh:C1", "Exoma, Familial", source="mesh_supplement", labels="CONDITION")
    plain = made("mondo:1", "exoma", labels="CONDITION", xrefs=("mesh:C1", "doid:1"))
    inherited = made("mondo:2", "familial exoma", labels="CONDITION", xrefs=("mesh:C1",))
    kept = {entry.id: entry.xrefs for entry in without_narrower([form, plain, inherited])}
    assert kept == {"mesh:C1": (), "mondo:1": ("doid:1",), "mondo:2": ("mesh:C1",)}
