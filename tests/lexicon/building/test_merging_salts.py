"""Salts that fold into their moiety, and what makes a substance a medicine."""

from __future__ import annotations

import pytest

from .made import BASE, SALT, borne, made, merged, row, the

# Salts, hydrates and esters


def test_a_salt_folds_into_its_moiety_and_each_name_keeps_its_code():
    salt = made("unii:S", "examplinib mesylate", ("ZORBAX", "brand"), broader=("unii:B",))
    result = merged([BASE, salt])
    assert set(borne(result).values()) == {"examplinib"}
    assert the(result, "examplinib mesylate").kind == "salt"
    assert the(result, "examplinib mesylate").code == "unii:S"
    assert the(result, "ZORBAX").kind == "brand"
    assert the(result, "examplinib").code is None


def test_a_salt_of_which_mesh_has_a_descriptor_keeps_its_concept():
    result = merged([BASE, SALT, made("mesh:D7", "examplinib mesylate")])
    ids = {s.term.id for s in result.surfaces if s.text == "examplinib mesylate"}
    assert ids == {"mesh:D7"}


def test_a_supplementary_record_is_no_descriptor():
    supplement = made("mesh:C7", "examplinib mesylate", source="mesh_supplement")
    assert set(borne(merged([BASE, SALT, supplement])).values()) == {"examplinib"}


def test_a_salt_with_a_row_of_its_own_keeps_its_concept():
    result = merged([BASE, SALT], row("examplinib mesylate", "unii:S"))
    assert the(result, "examplinib mesylate").term == row("examplinib mesylate", "unii:S")


def test_a_salt_with_a_row_of_its_own_is_one_concept():
    salt = made("unii:S", "examplinib mesylate", "zorbic mesylate", broader=("unii:B",))
    result = merged([BASE, salt], row("examplinib mesylate", "unii:S"))
    assert the(result, "zorbic mesylate").term == the(result, "examplinib mesylate").term


def test_a_salt_folds_into_the_row_of_its_moiety():
    result = merged([BASE, SALT], row("the examplin drug", "unii:B"))
    assert borne(result)["examplinib mesylate"] == "the examplin drug"


def test_a_hydrate_of_a_salt_ends_at_the_moiety():
    hydrate = made("unii:H", "examplinib mesylate monohydrate", broader=("unii:S",))
    assert set(borne(merged([hydrate, SALT, BASE])).values()) == {"examplinib"}


def test_a_salt_of_something_that_no_source_has_keeps_its_concept():
    assert borne(merged([SALT])) == {"examplinib mesylate": "examplinib mesylate"}


def test_a_salt_that_keeps_its_concept_tells_its_moiety():
    result = merged([BASE, SALT, made("mesh:D7", "examplinib mesylate")])
    moieties = {s.term.name: s.term.moiety for s in result.surfaces}
    assert moieties == {"examplinib": None, "examplinib mesylate": "unii:B"}


def test_two_that_name_each_other_as_moiety_keep_their_names():
    one = made("unii:A", "examplinib", broader=("unii:B",))
    other = made("unii:B", "zorbinib", broader=("unii:A",))
    assert borne(merged([one, other])) == {"examplinib": "examplinib", "zorbinib": "zorbinib"}


def test_parents_of_other_things_are_no_moieties():
    entries = (
        made("mondo:1", "zorbosis", labels="CONDITION"),
        made("mondo:2", "acute zorbosis", labels="CONDITION", broader=("mondo:1",)),
    )
    assert borne(merged(entries)) == {"zorbosis": "zorbosis", "acute zorbosis": "acute zorbosis"}


# What is a medicine


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        (made("unii:B", "examplinib", tags=("INN",)), "DRUG"),
        (made("unii:B", "examplinib", tags=("GMO",)), "CHEMICAL"),
        (made("", "examplinib", source="oncology", tags=()), "DRUG"),
        (made("mesh:D1", "examplinib", tags=()), "CHEMICAL"),
    ],
)
def test_a_substance_that_no_list_of_medicines_names_is_a_chemical(entry, label):
    assert the(merged([entry]), "examplinib").term.labels == (label,)


def test_one_source_that_knows_it_as_a_medicine_is_enough():
    entries = (made("mesh:D1", "examplinib", tags=()), BASE)
    assert {s.term.labels for s in merged(entries).surfaces} == {("DRUG",)}


def test_a_medicine_whose_moiety_no_list_names_is_one_as_is_the_moiety():
    base = made("unii:B", "examplinib", tags=())
    assert {s.term.labels for s in merged([base, SALT]).surfaces} == {("DRUG",)}


def test_the_policy_judges_a_name_by_what_the_concept_is():
    chemical = made("mesh:D1", "zorbical", tags=())
    assert not the(merged([chemical], zorbical=60_000), "zorbical").spot
    assert the(merged([made("mesh:D1", "zorbical")], zorbical=60_000), "zorbical").spot


def test_a_disease_needs_no_list():
    entry = made("mondo:1", "zorbosis", labels="CONDITION|ADVERSE_EVENT", tags=())
    assert the(merged([entry]), "zorbosis").term.labels == ("CONDITION", "ADVERSE_EVENT")


def test_a_substance_that_only_chebi_has_is_left_out_and_its_roles_are_not():
    substance = made("chebi:1", "zorbic acid", labels="CHEMICAL")
    role = made("chebi:2", "zorbase inhibitor", labels="DRUG_CLASS")
    result = merged([substance, role])
    assert borne(result) == {"zorbase inhibitor": "zorbase inhibitor"}
    assert list(result.concepts) == [role]


def test_chebi_gives_its_names_to_a_substance_of_others():
    result = merged([BASE, made("chebi:1", "examplinib", "zorbamide", labels="CHEMICAL")])
    assert borne(result)["zorbamide"] == "examplinib"
