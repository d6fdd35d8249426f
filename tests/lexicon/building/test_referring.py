from __future__ import annotations

from collections.abc import Sequence

from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.building.merging import merge
from monograph_nlp.lexicon.building.referring import references, shared_references
from monograph_nlp.lexicon.reference import Reference, TargetFact

from .made import made

GENE = made("hgnc:1", "ZORB1", "zorbase one", labels="TARGET")
ROLE = made("chebi:2", "zorbase inhibitor", labels="DRUG_CLASS")
PLAIN = made("unii:B", "examplinib")


def stated(*facts: tuple[str, str, str], curie: str = "unii:B", **rest: object) -> Entry:
    return made(curie, "examplinib", facts=facts, **rest)


def referred(entries: Sequence[Entry]) -> dict[str, Reference]:
    return references(entries, merge(entries, (), {}).concepts)


def shared(entries: Sequence[Entry], own: Sequence[Entry]) -> dict[str, Reference]:
    return shared_references(entries, own, merge(own, (), {}).concepts)


def target_of(value: str, *others: Entry) -> TargetFact:
    drug = stated(("target", value, "inhibitor"))
    (fact,) = referred((drug, GENE, *others))["unii:B"].targets
    return fact


def test_a_target_is_known_by_its_curie_its_symbol_or_its_name():
    for value in ("hgnc:1", "ZORB1", "Zorbase one"):
        assert target_of(value) == TargetFact("ZORB1", "hgnc:1", "inhibitor", "unii")


def test_a_target_that_no_source_has_keeps_the_words_and_has_no_id():
    assert target_of("zorbosome") == TargetFact("zorbosome", None, "inhibitor", "unii")


def test_a_name_that_two_targets_bear_decides_nothing():
    other = made("hgnc:2", "ZORB2", "zorbase one", labels="TARGET")
    assert target_of("zorbase one", other).id is None


def test_of_several_bearers_the_one_whose_preferred_name_it_is_decides():
    other = made("hgnc:2", "ZORB2", "zorb1", labels="TARGET")
    assert target_of("ZORB1", other).id == "hgnc:1"


def test_a_condition_of_the_same_name_is_no_target():
    condition = made("mondo:1", "zorbosome", labels="CONDITION")
    assert target_of("zorbosome", condition).id is None


def test_classes_are_named_and_unknown_ones_left_out():
    drug = stated(("class", "chebi:2", ""), ("class", "chebi:99", ""))
    assert referred((drug, ROLE))["unii:B"].classes == ("zorbase inhibitor",)


def test_brands_come_from_facts_and_from_names_each_once():
    drug = made(
        "unii:B",
        "examplinib",
        ("Zorbax", "brand"),
        facts=(("brand", "Duozorb", "component"), ("brand", "Zorbax", "")),
    )
    assert referred((drug,))["unii:B"].brands == ("Duozorb", "Zorbax")


def test_the_facts_of_a_group_are_kept_under_its_concept_in_the_order_of_the_sources():
    entries = (
        stated(("target", "hgnc:1", "binder")),
        stated(("target", "hgnc:1", "inhibitor"), curie="mesh:D1"),
        GENE,
    )
    found = referred(entries)
    assert found.keys() == {"mesh:D1"}
    assert [fact.action for fact in found["mesh:D1"].targets] == ["binder", "inhibitor"]


def test_the_facts_of_a_salt_are_those_of_its_moiety():
    facts = (("brand", "Zorbax", ""),)
    salt = made("unii:S", "examplinib mesylate", broader=("unii:B",), facts=facts)
    assert referred((PLAIN, salt)) == {"unii:B": Reference((), (), ("Zorbax",))}


def test_only_medicines_with_an_identifier_have_facts():
    fact = ("target", "hgnc:1", "inhibitor")
    chemical = stated(fact, curie="mesh:D1", tags=())
    nameless = made("", "zorbinib", source="oncology", facts=(fact,))
    assert referred((chemical, nameless, GENE)) == {}


def test_facts_never_make_names():
    facts = (("target", "zorbosome", "inhibitor"), ("brand", "Duozorb", "component"))
    surfaces = merge((stated(*facts),), (), {}).surfaces
    assert [surface.text for surface in surfaces] == ["examplinib"]


# Share-alike sources: their facts alone, in a file of their own


def test_share_alike_targets_are_those_of_the_drug_of_the_same_name():
    gene = made("iuphar.receptor:5", "Zorb-1", labels="TARGET", xrefs=("hgnc:1",))
    drug = stated(("target", "iuphar.receptor:5", "inhibitor"), curie="iuphar.ligand:7")
    assert shared((drug, gene), (PLAIN, GENE)) == {
        "unii:B": Reference((TargetFact("ZORB1", "hgnc:1", "inhibitor", "iuphar.ligand"),))
    }


def test_nothing_of_a_share_alike_sources_own_words_goes_over():
    facts = (
        ("target", "zorbosome", "inhibitor"),
        ("class", "chebi:2", ""),
        ("brand", "Duozorb", ""),
    )
    assert shared((stated(*facts, curie="iuphar.ligand:7"),), (PLAIN, GENE, ROLE)) == {}


def test_a_share_alike_drug_that_nobody_else_has_is_left_out():
    drug = made("iuphar.ligand:7", "velunib", facts=(("target", "hgnc:1", "inhibitor"),))
    assert shared((drug,), (PLAIN, GENE)) == {}
