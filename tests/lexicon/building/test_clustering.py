from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.building.clustering import cluster, domain, domains, identifiers
from monograph_nlp.lexicon.building.entries import Entry

from .made import made


def groups_of(*entries: Entry) -> list[list[str]]:
    """The groups as the ids (or names) of their entries."""
    return [[entry.id or entry.name for entry in group] for group in cluster(entries)]


def test_entries_of_one_id_join_whatever_they_are_called():
    one = made("mesh:D1", "examplosis")
    other = made("mesh:D1", "zorbic disease", source="disease_names")
    assert groups_of(one, other) == [["mesh:D1", "mesh:D1"]]


def test_entries_of_one_preferred_name_join():
    assert groups_of(made("unii:A", "Examplinib"), made("drugbank:B", "examplinib")) == [
        ["unii:A", "drugbank:B"]
    ]


def test_an_entry_without_an_id_joins_by_its_name():
    other = made("", "examplinib", source="oncology")
    assert groups_of(made("unii:A", "Examplinib"), other) == [["unii:A", "examplinib"]]


def test_a_preferred_name_that_two_of_a_source_bear_proves_nothing():
    entries = (made("unii:A", "examplinib"), made("unii:B", "examplinib"))
    assert groups_of(*entries, made("drugbank:C", "examplinib")) == [
        ["unii:A"],
        ["unii:B"],
        ["drugbank:C"],
    ]


def test_names_that_fold_to_two_letters_prove_nothing():
    assert groups_of(made("unii:A", "Xe"), made("drugbank:B", "xe")) == [["unii:A"], ["drugbank:B"]]


def test_a_synonym_that_nobody_else_bears_joins():
    assert groups_of(made("unii:A", "examplinib"), made("mesh:D1", "zorbinib", "examplinib")) == [
        ["unii:A", "mesh:D1"]
    ]


def test_a_synonym_that_two_bear_proves_nothing():
    sharing = (made("mesh:D1", "zorbinib", "examplinib"), made("mesh:D2", "velunib", "examplinib"))
    assert groups_of(made("unii:A", "examplinib"), *sharing) == [
        ["unii:A"],
        ["mesh:D1"],
        ["mesh:D2"],
    ]


def test_a_name_that_is_a_synonym_for_both_proves_nothing():
    one, other = made("unii:A", "examplinib", "zorb"), made("mesh:D1", "velunib", "zorb")
    assert groups_of(one, other) == [["unii:A"], ["mesh:D1"]]


@pytest.mark.parametrize("kind", ["brand", "code", "abbreviation", "salt"])
def test_a_brand_a_code_a_short_form_or_a_salt_proves_no_identity(kind):
    entries = (made("unii:A", "examplinib"), made("mesh:D1", "zorbinib", ("examplinib", kind)))
    assert groups_of(*entries) == [["unii:A"], ["mesh:D1"]]


@pytest.mark.parametrize("kind", ["synonym", "lay", "foreign"])
def test_other_kinds_of_names_do(kind):
    entries = (made("unii:A", "examplinib"), made("mesh:D1", "zorbinib", ("examplinib", kind)))
    assert groups_of(*entries) == [["unii:A", "mesh:D1"]]


def test_a_cross_reference_alone_joins_nothing():
    one, other = (
        made("mondo:1", "alpha disease", xrefs=("mesh:D1",)),
        made("mesh:D1", "beta disease"),
    )
    assert groups_of(one, other) == [["mondo:1"], ["mesh:D1"]]


def test_a_cross_reference_and_a_name_join_though_others_bear_the_name():
    entries = (
        made("mondo:1", "alpha disease", "zorbosis", xrefs=("mesh:D1",)),
        made("mondo:2", "gamma disease", "zorbosis"),
        made("mesh:D1", "beta disease", "zorbosis"),
    )
    assert groups_of(*entries) == [["mondo:1", "mesh:D1"], ["mondo:2"]]


def test_two_ids_of_a_namespace_stay_apart_also_over_a_third():
    bridge = made("unii:A", "examplinib")
    one = made("mesh:D1", "examplinib")
    other = made("mesh:C2", "examplinib", source="mesh_supplement")
    assert groups_of(bridge, one, other) == [["unii:A", "mesh:D1"], ["mesh:C2"]]


def test_a_gene_and_a_drug_of_one_name_stay_apart():
    gene = made("hgnc:1", "INS", "examplin", labels="TARGET", xrefs=("unii:A",))
    assert groups_of(made("unii:A", "examplin"), gene) == [["unii:A"], ["hgnc:1"]]


def test_a_medicine_and_a_chemical_of_one_name_join():
    assert groups_of(made("unii:A", "zorbium"), made("mesh:D1", "zorbium", labels="CHEMICAL")) == [
        ["unii:A", "mesh:D1"]
    ]


IDS = made("mesh:D1", "examplinib", "zorbinib", source="disease_names")
SAME_ID = made("mesh:D1", "velunib")
SAME_NAME = made("mesh:D2", "examplinib")
REFERENCED = made("mesh:D1", "velunib", "examplinib")
REFERRING = made("unii:A", "zorbinib", "examplinib", xrefs=("mesh:D1",))
NAMED = made("mesh:D2", "zorbinib")
NAMELESS = made("unii:A", "zorbinib", "examplin", "zorb acid")
MORE_NAMES = made("mesh:C2", "nimonib", "zorbinib", "zorb acid", source="mesh_supplement")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param((IDS, SAME_ID, SAME_NAME), {IDS, SAME_ID}, id="an id before a name"),
        pytest.param(
            (REFERRING, REFERENCED, NAMED), {REFERRING, NAMED}, id="a name before a reference"
        ),
        pytest.param(
            (
                made("unii:A", "zorbinib", "examplinib", xrefs=("mesh:D1",)),
                REFERENCED,
                made("mesh:D3", "nimonib", "zorbinib", source="mesh_supplement"),
            ),
            {REFERRING, REFERENCED},
            id="a reference before a synonym",
        ),
        pytest.param(
            (NAMELESS, made("mesh:D1", "velunib", "zorbinib"), MORE_NAMES),
            {NAMELESS, MORE_NAMES},
            id="two names in common before one",
        ),
    ],
)
def test_the_surer_evidence_decides_in_any_order_of_the_entries(entries, expected):
    for order in permutations(entries):
        assert expected in [set(group) for group in cluster(order)]


def test_the_kind_of_thing_follows_from_the_first_label():
    assert domain(made("unii:A", "examplinase", labels="DRUG|TARGET")) == "substance"
    assert domain(made("go:1", "zorbing", labels="MECHANISM")) == "process"
    assert domains(("CONDITION", "ADVERSE_EVENT")) == {"finding"}
    assert domains(("DRUG", "TEST")) == {"substance", "TEST"}  # no source has tests


def test_own_identifiers_come_first_and_outweigh_references_of_their_namespace():
    group = (
        made("mesh:D1", "examplinib", xrefs=("unii:Z", "chebi:7", "go:1")),
        made("unii:A", "examplinib", xrefs=("mesh:D9", "go:1")),
    )
    assert identifiers(group) == ("mesh:D1", "unii:A", "chebi:7", "go:1")


WORDS = st.sampled_from(["examplinib", "zorbinib", "velunib", "nimonib", "xe"])
CURIES = st.sampled_from(["unii:A", "unii:B", "mesh:D1", "mesh:D2", "drugbank:1", "hgnc:1", ""])
ENTRIES = st.lists(
    st.builds(
        lambda curie, name, names, xrefs, label, source: made(
            curie, name, *names, xrefs=tuple(xrefs), labels=label, source=source
        ),
        CURIES,
        WORDS,
        st.lists(WORDS, max_size=2),
        st.lists(CURIES.filter(bool), max_size=2),
        st.sampled_from(["DRUG", "CHEMICAL", "TARGET"]),
        st.sampled_from(["unii", "mesh", "drugbank", "oncology"]),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_every_entry_is_in_one_group_and_groups_are_in_order(entries):
    groups = cluster(entries)
    assert Counter(entry for group in groups for entry in group) == Counter(entries)
    place = {id(entry): number for number, entry in enumerate(entries)}  # two may be equal
    for group in [*groups, tuple(group[0] for group in groups)]:
        assert list(group) == sorted(group, key=lambda entry: place[id(entry)])


@given(ENTRIES)
def test_a_group_is_one_kind_of_thing_with_one_id_of_a_namespace(entries):
    for group in cluster(entries):
        assert len({domain(entry) for entry in group}) == 1
        prefixes = Counter(curie.partition(":")[0] for curie in {e.id for e in group if e.id})
        assert all(count == 1 for count in prefixes.values())


@given(ENTRIES)
def test_entries_of_one_id_and_one_kind_are_never_parted(entries):
    placed = [(e.id, domain(e), n) for n, group in enumerate(cluster(entries)) for e in group]
    first = {(curie, kind): number for curie, kind, number in reversed(placed) if curie}
    kinds = Counter(curie for curie, _ in first)
    assert all(first[c, k] == n for c, k, n in placed if c and kinds[c] == 1)
