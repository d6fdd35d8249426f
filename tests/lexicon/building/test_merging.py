from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.building.merging import merge
from monograph_nlp.lexicon.terms import Surface, Term

from .made import BASE, SALT, borne, made, merged, row, the


def test_a_group_is_one_concept_with_the_registers_name_and_the_first_namespaces_id():
    entries = (
        made("drugbank:1", "examplinib", xrefs=("chebi:7",)),
        made("mesh:D1", "Examplinib"),
        BASE,
    )
    (term,) = {surface.term for surface in merged(entries).surfaces}
    assert (term.name, term.id) == ("examplinib", "mesh:D1")
    assert term.xrefs == ("unii:B", "drugbank:1", "chebi:7")


def test_a_group_without_an_identifier_has_none():
    entry = made("", "zorbosis", source="disease_names", labels="CONDITION")
    assert the(merged([entry]), "zorbosis").term == Term(("CONDITION",), "zorbosis", None, (), ())


def test_a_name_of_another_source_keeps_its_own_code():
    entries = (made("mesh:D1", "examplinib", "zorbinib"), BASE)
    codes = {(s.source, s.code) for s in merged(entries).surfaces}
    assert codes == {("mesh", None), ("unii", "unii:B")}


# Curated rows


def test_a_row_takes_names_and_identifiers_of_the_entries_that_share_its_id():
    entries = (made("mesh:D1", "Examplinib", "zorbinib", xrefs=("chebi:7",)), BASE)
    result = merged(entries, row("the examplin drug", "mesh:D1"))
    term = the(result, "zorbinib").term
    assert term == Term(("DRUG",), "the examplin drug", "mesh:D1", ("unii:B", "chebi:7"), ())
    assert set(borne(result).values()) == {"the examplin drug"}
    assert result.surfaces[0] == Surface("the examplin drug", term, "name")


def test_a_row_may_share_one_of_its_other_identifiers():
    result = merged([BASE], row("the examplin drug", "mesh:D1", "unii:B"))
    assert borne(result)["examplinib"] == "the examplin drug"


def test_a_rows_identifier_outweighs_another_of_its_namespace():
    entries = (made("mesh:D1", "examplinib"), BASE)
    (term,) = {s.term for s in merged(entries, row("examplinib", "mesh:D1", "unii:Z")).surfaces}
    assert (term.id, term.xrefs) == ("mesh:D1", ("unii:Z",))


@pytest.mark.parametrize("own", [(), ("chebi:99",), ("mesh:D9",)])
def test_a_row_that_shares_no_identifier_takes_the_only_group_of_its_name(own):
    result = merged([made("mesh:D1", "Zorbinib"), BASE], row("examplinib", *own))
    ids = (*own, "unii:B")
    assert the(result, "examplinib").term == row("examplinib", *ids)


def test_a_row_without_a_mesh_identifier_takes_that_of_the_only_heading_that_lists_its_name():
    heading = made("mesh:D1", "Zorbosis", "zorbic fever", labels="CONDITION", xrefs=("doid:1",))
    result = merged([heading], row("Zorbic fever", labels="ADVERSE_EVENT"))
    assert result.surfaces[0].term == row("Zorbic fever", "mesh:D1", labels="ADVERSE_EVENT")
    assert borne(result)["Zorbosis"] == "Zorbosis"  # the heading itself is another concept


@pytest.mark.parametrize(
    ("others", "curie"),
    [
        ([made("mesh:D2", "Velunosis", "zorbic fever", labels="CONDITION")], None),
        ([made("mondo:2", "velunosis", "zorbic fever", labels="CONDITION")], "mesh:D1"),
        ([made("mesh:D2", "Velunase", "zorbic fever", labels="TARGET")], "mesh:D1"),
    ],
)
def test_only_headings_of_its_kind_of_thing_count(others, curie):
    heading = made("mesh:D1", "Zorbosis", "zorbic fever", labels="CONDITION")
    result = merged([heading, *others], row("zorbic fever", labels="CONDITION"))
    assert result.surfaces[0].term.id == curie


def test_a_row_whose_name_two_groups_bear_takes_nothing():
    result = merged([BASE, made("unii:C", "Examplinib")], row("examplinib"))
    assert [s.term for s in result.surfaces] == [row("examplinib")]


def test_of_two_rows_with_one_identifier_the_first_takes_the_group():
    result = merged([BASE], row("alpha drug", "unii:B"), row("beta drug", "unii:B"))
    assert borne(result)["examplinib"] == "alpha drug"


def test_a_row_with_two_groups_takes_one_identifier_of_a_namespace():
    groups = (made("mesh:D1", "zorbinib", xrefs=("chebi:1",)), made("unii:A", "velunib"))
    shared = (*groups, made("drugbank:1", "velunib", xrefs=("chebi:2",)))
    term = merged(shared, row("the examplin drug", "mesh:D1", "unii:A")).surfaces[0].term
    assert term.xrefs == ("unii:A", "chebi:1", "drugbank:1")


def test_a_row_that_speaks_of_another_kind_of_thing_takes_nothing():
    entry = made("mesh:D1", "zorbamine", "zorbing amine")
    result = merged([entry], row("zorbamine receptor", "mesh:D1", labels="TARGET"))
    assert borne(result)["zorbing amine"] == "zorbamine"


def test_a_name_of_a_row_belongs_to_the_row_alone():
    result = merged([made("unii:C", "zorbinib", "Examplinib")], row("examplinib", "mesh:D1"))
    assert borne(result) == {"examplinib": "examplinib", "zorbinib": "zorbinib"}
    assert result.dropped == {("unii", "a curated row bears the name"): 1}


def test_it_owns_the_name_for_the_kind_of_thing_that_it_speaks_of():
    chemical = made("chebi:1", "zorbamide", "examplinib", source="mesh", tags=())
    condition = made("mondo:1", "examplinib", labels="CONDITION")
    result = merged([chemical, condition], row("examplinib", "mesh:D1"))
    labels = [s.term.labels for s in result.surfaces if s.text == "examplinib"]
    assert labels == [("DRUG",), ("CONDITION",)]


def test_a_name_of_exact_case_leaves_the_other_cases_to_the_sources():
    curated = [Surface("EXAMPLIN", row("zorb", "mesh:D1"), "synonym", case="exact")]
    result = merge([made("unii:B", "examplin")], curated, {})
    assert borne(result) == {"EXAMPLIN": "zorb", "examplin": "examplin"}


# Which names, and in which order


def test_a_name_that_only_links_stands_behind_those_that_find():
    result = merged([made("unii:L", "leadium"), made("unii:B", "examplinib")], leadium=5)
    assert [(s.text, s.spot) for s in result.surfaces] == [("examplinib", True), ("leadium", False)]


def test_names_that_are_dropped_are_counted_by_source_and_row():
    names = [("12-3", "synonym"), ("fever NOS", "synonym"), ("™", "synonym")]
    result = merged([made("unii:B", "examplinib", *names)])
    assert borne(result) == {"examplinib": "examplinib"}
    assert result.dropped == {("unii", "no-letter"): 2, ("unii", "unspecified"): 1}


def test_names_come_by_kind_then_by_source():
    entries = (
        made("drugbank:1", "examplinib", ("Brandex", "brand"), "zorbinib"),
        made("unii:A", "examplinib", ("Ozorbix", "brand")),
        made("mesh:D1", "examplinib"),
    )
    ranked = [(s.kind, s.source) for s in merged(entries, row("aaa", "mesh:D9")).surfaces]
    assert ranked == [
        ("name", "curated"),
        ("name", "mesh"),
        ("name", "unii"),
        ("name", "drugbank"),
        ("synonym", "drugbank"),
        ("brand", "unii"),
        ("brand", "drugbank"),
    ]


def test_each_entry_that_is_kept_knows_its_concept():
    entries = (BASE, SALT, made("hgnc:1", "ZORB1", labels="TARGET"))
    concepts = merged(entries).concepts
    assert [concepts[entry].name for entry in entries] == ["examplinib", "examplinib", "ZORB1"]


NAMES = st.sampled_from(["examplinib", "zorbinib", "velunib", "examplinib mesylate", "Zorbax"])
IDS = st.sampled_from(["unii:A", "unii:B", "mesh:D1", "mesh:C2", "drugbank:1", "mondo:1"])
ENTRIES = st.lists(
    st.builds(
        lambda curie, name, names, broader, label: made(
            curie, name, *names, broader=tuple(broader), labels=label
        ),
        IDS,
        NAMES,
        st.lists(st.tuples(NAMES, st.sampled_from(["synonym", "brand", "code"])), max_size=2),
        st.lists(IDS, max_size=2),
        st.sampled_from(["DRUG", "CHEMICAL", "CONDITION|ADVERSE_EVENT"]),
    ),
    max_size=8,
)
ROWS = st.lists(
    st.builds(row, NAMES, st.none() | IDS), max_size=3, unique_by=lambda term: term.name
)


@given(ENTRIES, ROWS)
def test_every_name_is_kept_or_counted_and_curated_ones_lead(entries, rows):
    result = merged(entries, *rows)
    given_names = sum(1 + len(entry.names) for entry in entries)
    assert len(result.surfaces) + sum(result.dropped.values()) == given_names + len(rows)
    assert [s.text for s in result.surfaces[: len(rows)]] == [term.name for term in rows]
    assert all(s.source == "curated" for s in result.surfaces[: len(rows)])


@given(ENTRIES, ROWS)
def test_a_term_has_each_identifier_once_and_the_first_of_them_as_its_id(entries, rows):
    for term in {surface.term for surface in merged(entries, *rows).surfaces}:
        curies = [term.id, *term.xrefs] if term.id else list(term.xrefs)
        assert len(set(curies)) == len(curies)
        assert term.id is not None or not term.xrefs


@given(ENTRIES, ROWS)
def test_a_rows_name_leads_to_the_row_alone(entries, rows):
    owners = {term.name.lower(): term.name for term in rows}
    for surface in merged(entries, *rows).surfaces:
        owner = owners.get(surface.text.lower())
        if owner and not {"DRUG", "CHEMICAL"}.isdisjoint(surface.term.labels):
            assert surface.term.name == owner
