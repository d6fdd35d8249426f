"""Which concept of an added vocabulary is which of the base: by identifier, or by a name that tells alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.artifact import pack, unpack
from monograph_nlp.lexicon.compiling import compile_surfaces, in_memory
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.layer import Layer
from monograph_nlp.lexicon.terms import Surface, Term

EVENT = ("ADVERSE_EVENT",)


def term(name, curie, *xrefs, labels=EVENT):
    return Term(labels, name, curie, xrefs, ())


def names(concept, *synonyms, **attributes):
    first = Surface(concept.name, concept, "name", **attributes)
    return [first, *(Surface(text, concept, "synonym", **attributes) for text in synonyms)]


def layer(*surfaces):
    return Layer(in_memory([surface for group in surfaces for surface in group], {}))


def laid(base, *others):
    return Index([layer(*base), *(layer(*other) for other in others)])


def found(index, name):
    return [(match.term.id, match.term.xrefs) for match in index.find_all(name)]


FLU = term("influenza", "mesh:D1", "mondo:1")


@pytest.mark.parametrize("name", ["influenza", "flu", "grippe"])
def test_a_shared_identifier_makes_two_concepts_one_whatever_they_are_called(name):
    other = term("Orthomyxovirus illness", "umls:C1", "mesh:D1")
    index = laid([names(FLU, "flu", "grippe")], [names(other, "flu")])
    assert found(index, name) == [("mesh:D1", ("mondo:1", "umls:C1"))]


def test_the_identifier_may_be_another_one_of_both():
    other = term("Influenza", "umls:C1", "mondo:1")
    assert found(laid([names(FLU)], [names(other)]), "influenza") == [
        ("mesh:D1", ("mondo:1", "umls:C1"))
    ]


def test_the_one_that_shares_it_is_taken_and_not_the_one_that_bears_the_name():
    same, other = term("Grip", "umls:C1", "mondo:1"), term("Influenza", "umls:C2")
    index = laid([names(FLU)], [names(other), names(same)])
    assert found(index, "influenza") == [("mesh:D1", ("mondo:1", "umls:C1")), ("umls:C2", ())]


def test_of_several_that_share_it_the_one_of_the_name_is_taken():
    broad, narrow = term("Influenza", "umls:C1", "mesh:D1"), term("Swine flu", "umls:C2", "mesh:D1")
    index = laid([names(FLU, "grippe")], [names(narrow), names(broad)])
    assert found(index, "grippe") == [("mesh:D1", ("mondo:1", "umls:C1"))]


def test_of_several_that_share_it_none_is_taken_where_no_name_tells():
    one, two = term("Bird flu", "umls:C1", "mesh:D1"), term("Swine flu", "umls:C2", "mesh:D1")
    assert found(laid([names(FLU)], [names(one), names(two)]), "influenza") == [
        ("mesh:D1", ("mondo:1",))
    ]


def test_a_name_that_one_concept_bears_makes_it_the_same():
    other = term("Flu", "meddra:1")
    index = laid([names(FLU, "flu", "grippe")], [names(other)])
    assert found(index, "flu") == [("mesh:D1", ("mondo:1", "meddra:1"))]
    assert found(index, "grippe") == [("mesh:D1", ("mondo:1",))]  # nothing says so


def test_a_name_that_several_concepts_bear_tells_nothing():
    one, two = term("Flu A", "meddra:1"), term("Flu B", "meddra:2")
    index = laid([names(FLU, "flu")], [names(one, "flu"), names(two, "flu")])
    assert found(index, "flu") == [("mesh:D1", ("mondo:1",)), ("meddra:1", ()), ("meddra:2", ())]


def test_a_name_that_several_of_the_base_bear_tells_nothing():
    cold, lung = term("common cold", "mesh:D2"), term("obstructive lung disease", "mesh:D3")
    index = laid([names(lung, "cold"), names(cold, "cold")], [names(term("Cold", "meddra:1"))])
    assert found(index, "cold") == [("mesh:D3", ()), ("mesh:D2", ()), ("meddra:1", ())]


def test_the_preferred_name_tells_more_than_another_one():
    pain, like = term("Influenza", "meddra:1"), term("Influenza like illness", "meddra:2")
    index = laid([names(FLU, "flu")], [names(like, "flu"), names(pain)])
    assert found(index, "flu") == [("mesh:D1", ("mondo:1", "meddra:1")), ("meddra:2", ())]


def test_a_concept_whose_own_name_the_base_knows_for_another_is_not_the_same():
    like = term("influenza-like illness", "mesh:D9")
    other = term("Influenza like illness", "meddra:2")
    index = laid([names(FLU, "flu"), names(like)], [names(other, "flu")])
    assert found(index, "flu") == [("mesh:D1", ("mondo:1",)), ("meddra:2", ())]
    assert found(index, "influenza-like illness") == [("mesh:D9", ("meddra:2",))]


@pytest.mark.parametrize("xref", ["mesh:D2", "mondo:2"])
def test_another_identifier_of_one_vocabulary_parts_two_of_one_name(xref):
    other = term("Influenza", "umls:C1", xref)
    assert found(laid([names(FLU)], [names(other)]), "influenza") == [
        ("mesh:D1", ("mondo:1",)),
        ("umls:C1", (xref,)),
    ]


def test_an_identifier_of_a_third_concept_parts_them_too():
    third, bare = term("parainfluenza", "doid:3"), term("influenza", "mesh:D1")
    other = term("Influenza", "umls:C1", "doid:3")
    index = laid([names(bare), names(third)], [names(other)])
    assert found(index, "influenza") == [("mesh:D1", ()), ("umls:C1", ("doid:3",))]
    assert found(index, "parainfluenza") == [("doid:3", ("umls:C1",))]


def test_another_label_is_another_concept():
    other = term("Influenza", "x:1", labels=("DOSE_FORM",))
    index = laid([names(FLU)], [names(other)])
    assert found(index, "influenza") == [("mesh:D1", ("mondo:1",)), ("x:1", ())]
    assert index.find("influenza", "DOSE_FORM").term == other


def test_a_shared_identifier_under_another_label_leaves_the_other_reading():
    other = term("Influenza", "x:1", "mesh:D1", labels=("DOSE_FORM",))
    index = laid([names(FLU)], [names(other)])
    assert index.find("influenza", "ADVERSE_EVENT").term.xrefs == ("mondo:1", "x:1")
    assert index.find("influenza", "DOSE_FORM").term == other


def test_the_code_of_a_name_is_given_with_that_name_alone():
    other = term("Influenza", "meddra:1")
    own = [*names(other), Surface("flu", other, "synonym", code="meddra:7")]
    index = laid([names(FLU, "flu", "grippe")], [own])
    assert found(index, "flu") == [("mesh:D1", ("mondo:1", "meddra:1", "meddra:7"))]
    assert found(index, "grippe") == [("mesh:D1", ("mondo:1", "meddra:1"))]


def test_a_concept_without_identifiers_adds_none_and_does_not_come_twice():
    assert found(laid([names(FLU)], [names(term("Influenza", None))]), "influenza") == [
        ("mesh:D1", ("mondo:1",))
    ]


def test_a_third_lexicon_lies_over_both():
    second, third = term("Influenza", "umls:C1", "mesh:D1"), term("Grip", "meddra:1", "umls:C1")
    index = laid(
        [names(FLU)], [names(second), names(term("Grumpiness", "umls:C2"))], [names(third)]
    )
    assert found(index, "influenza") == [("mesh:D1", ("mondo:1", "umls:C1", "meddra:1"))]
    assert found(index, "grumpiness") == [("umls:C2", ())]


@pytest.mark.parametrize(("kind", "expected"), [("tsv", True), ("meddra", False)])
def test_a_list_of_the_users_own_finds_what_the_base_only_links(kind, expected):
    parts, header = compile_surfaces(
        names(term("Stress", "x:1")), {}, version="o", notes={"kind": kind}
    )
    base = layer(names(term("stress", "mesh:D5"), spot=False))
    index = Index([base, Layer(unpack(pack(parts, header), "own"))])
    assert [match.spot for match in index.find_all("stress")] == [expected]
    assert bool(index.places("stress", [(0, 6)])) is expected


PREFIXES = ("mesh", "mondo", "umls")
CURIES = st.builds(
    lambda prefix, number: f"{prefix}:{number}", st.sampled_from(PREFIXES), st.integers(1, 4)
)
TERMS = st.builds(
    lambda name, labels, curies: Term((labels,), name, curies[0], tuple(curies[1:]), ()),
    st.sampled_from(("flu", "cold", "rash")),
    st.sampled_from(("CONDITION", "ADVERSE_EVENT")),
    st.lists(CURIES, min_size=1, max_size=3, unique=True),
)
LEXICONS = st.lists(
    st.tuples(TERMS, st.lists(st.sampled_from(("flu", "cold", "rash", "ache")), max_size=2)),
    max_size=4,
)


@given(LEXICONS, LEXICONS, st.sampled_from(("flu", "cold", "rash", "ache")))
def test_identifiers_come_from_no_name_that_an_identifier_speaks_against(base, over, name):
    below, above = (
        [names(concept, *more) for concept, more in lexicon] for lexicon in (base, over)
    )
    index = laid(below, above)
    before = laid(below).find_all(name)
    after = index.find_all(name)
    assert [match.term.id for match in after[: len(before)]] == [match.term.id for match in before]
    for old, new in zip(before, after, strict=False):
        kept = {old.term.id, *old.term.xrefs}
        added = set(new.term.xrefs) - kept
        sharing = [other for other, _ in over if kept & {other.id, *other.xrefs}]
        assert kept <= {new.term.id, *new.term.xrefs}
        if added and not sharing:
            prefixes = {curie.partition(":")[0] for curie in kept}
            assert not prefixes & {curie.partition(":")[0] for curie in added}
