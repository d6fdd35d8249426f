from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_nlp.lexicon.asking import KIN, LEAST_SCORE, LinkContext
from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.linking import Named, link, link_all
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.terms import Surface, Term
from monograph_nlp.lexicon.ways import COLUMNS, TABLE
from monograph_nlp.rules import read_table


def _terms(*labels: str, **names: str) -> list[Surface]:
    """Return one concept a keyword: its id, and its names, the preferred one first."""
    surfaces = []
    for curie, cell in names.items():
        first, *others = cell.split("|")
        term = Term(labels, first, f"mesh:{curie}", (), ())
        surfaces.append(Surface(first, term, "name"))
        for text in others:
            is_short = text.isupper()
            kind, case = ("abbreviation", "exact") if is_short else ("synonym", "any")
            surfaces.append(Surface(text, term, kind, case))
    return surfaces


TERMS = [
    *_terms(
        "CONDITION",
        "ADVERSE_EVENT",
        D1="renal failure|kidney failure",
        D2="liver failure",
        D3="hypertension",
        D4="myocardial infarction|heart attack|MI",
        D5="mitral incompetence|MI",
        D6="Dyskinesia, Drug-Induced|drug-induced dyskinesia",
        D7="dyskinesia",
        D8="nausea",
        D9="hematemesis",
    ),
    *_terms(
        "DRUG",
        D20="doxorubicin",
        D21="naproxen",
        D22="Glutamates",
        D23="glutamic acid|glutamate",
        D24="starling extract",
    ),
]
INDEX = Index.of(TERMS)


def _ids(name: str, label: str = "CONDITION", **keywords: object) -> list[str | None]:
    return [m.term.id for m in link(name, label, index=INDEX, **keywords).matches]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "label", "expected", "how"),
    [
        ("Renal failure", "CONDITION", "mesh:D1", "name"),
        ("heart\n attack", "CONDITION", "mesh:D4", "synonym"),
        ("hypertensive", "CONDITION", "mesh:D3", "form_1"),
        ("increase in blood pressure", "CONDITION", "mesh:D3", "form_2"),
        ("levodopa-induced dyskinesia", "CONDITION", "mesh:D6", "cause_1"),
        ("naproxen hydrochloride", "DRUG", "mesh:D21", "substance_1"),
        ("doxorubicni", "DRUG", "mesh:D20", "near_1"),
        ("glutamate", "DRUG", "mesh:D23", "synonym_shared"),
    ],
)
def test_each_way_finds_its_concept(name: str, label: str, expected: str, how: str) -> None:
    found = link(name, label, index=INDEX, context=LinkContext(least_score=0.0))
    assert found.match is not None
    assert (found.match.term.id, found.how) == (expected, how)
    assert found.reason
    assert 0 < found.score <= 1


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("naproxen", "CONDITION"),
        ("dostarlimab", "DRUG"),
        ("unknownium", "DRUG"),
        ("", "DRUG"),
        ("failure", "CONDITION"),
    ],
)
def test_it_abstains_and_says_why(name: str, label: str) -> None:
    found = link(name, label, index=INDEX)
    assert (found.matches, found.how, found.score) == ((), "none", 0.0)
    assert repr(name) in found.reason


def test_what_is_not_sure_enough_is_left_out_and_kept_as_a_candidate() -> None:
    found = link("heart attack", "CONDITION", index=INDEX, context=LinkContext(least_score=1.0))
    assert found.match is None
    assert found.candidates[0].term.id == "mesh:D4"
    assert found.reason.startswith("left out")


def test_the_documents_definition_decides_what_a_short_form_is() -> None:
    assert _ids("MI", long_form="heart attack") == ["mesh:D4"]
    found = link("XQZ", "CONDITION", long_form="renal  failure", index=INDEX)
    assert found.how == "long_form"
    assert "short for 'renal failure'" in found.reason


def test_a_short_form_defined_as_something_unknown_is_not_looked_up() -> None:
    assert _ids("MI", long_form="mystery of the island") == []


def test_a_composite_name_has_one_concept_for_each_part() -> None:
    found = link(
        "renal and liver failure", "CONDITION", index=INDEX, context=LinkContext(least_score=0.5)
    )
    assert [match.term.id for match in found.matches] == ["mesh:D1", "mesh:D2"]
    assert found.match is None


def test_a_composite_name_with_an_unknown_part_is_left_alone() -> None:
    assert _ids("renal and zorbic failure", context=LinkContext(least_score=0.0)) != [
        "mesh:D1",
        "mesh:D2",
    ]


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [("heart attack", "mesh:D4"), ("mitral incompetence", "mesh:D5")],
)
def test_what_the_document_names_in_full_decides_an_ambiguous_short_form(
    elsewhere: str, expected: str
) -> None:
    named = [Named("MI", "CONDITION"), Named(elsewhere, "CONDITION")]
    first, _ = link_all(named, index=INDEX)
    assert first.match is not None
    assert first.match.term.id == expected


def test_a_short_form_that_nobody_defined_is_read_from_the_full_name_in_the_document() -> None:
    named = [Named("DOX", "DRUG"), Named("doxorubicin", "DRUG"), Named("naproxen", "DRUG")]
    assert [found.match.term.id for found in link_all(named, index=INDEX) if found.match] == [
        "mesh:D20",
        "mesh:D20",
        "mesh:D21",
    ]
    alone = link_all(named[:1], index=INDEX)
    assert alone[0].match is None


def test_roles_of_one_thing_are_kin() -> None:
    """A finding that is known as an adverse event alone may be a patient's condition, too."""
    index = Index.of(_terms("ADVERSE_EVENT", D1="tremor") + _terms("DRUG_CLASS", D2="steroid"))
    assert link("tremor", "CONDITION", index=index).match is not None
    assert link("steroid", "DRUG", index=index).match is not None
    assert link("steroid", "CONDITION", index=index).match is None


def test_short_names_of_targets_are_names() -> None:
    index = Index.of(_terms("TARGET", D1="programmed cell death 1|PD-1"))
    found = link("PD-1", "TARGET", index=index)
    assert found.match is not None
    assert (found.how, found.score) == ("abbreviation", found.match.score)


def test_full_names_of_another_label_do_not_help() -> None:
    named = [Named("DOX", "CONDITION"), Named("doxorubicin", "DRUG")]
    assert link_all(named, index=INDEX)[0].match is None


class _Counting:
    """The index above, which notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.bearers, self.names = INDEX.bearers, INDEX.names

    def find_all(self, name: str, label: str | None = None) -> tuple[Match, ...]:
        self.asked.append(name)
        return INDEX.find_all(name, label)


def test_each_name_of_a_document_is_looked_up_once() -> None:
    index = _Counting()
    names = ["MI", "doxorubicin", "unknownium", "MI", "unknownium"]
    link_all([Named(name, "DRUG") for name in names], index=index)
    assert {name: index.asked.count(name) for name in names} == dict.fromkeys(names, 1)


@pytest.mark.parametrize("label", ["CONDITION", "DRUG"])
def test_what_other_documents_name_changes_no_answer(label: str) -> None:
    names = ["DOX", "MI", "hypertensive", "doxorubicni", "renal and liver failure"]
    named = [Named(name, label) for name in names]
    fresh = Index.of(TERMS)
    before = link_all(named, index=fresh)
    link_all([Named("heart attack", label), Named("doxorubicin", label), *named], index=fresh)
    assert link_all(named, index=fresh) == before


_NAMES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["MI", "renal failure", "DOX", "hypertensive", "renal and liver failure"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(Named, _NAMES, st.sampled_from(["CONDITION", "DRUG"])), max_size=6))
def test_any_names_link_alike_twice_and_within_their_label(named: list[Named]) -> None:
    found = link_all(named, index=INDEX)
    assert found == link_all(named, index=INDEX)
    assert len(found) == len(named)
    for one, answer in zip(named, found, strict=True):
        assert all(set(KIN[one.label]) & set(match.term.labels) for match in answer.matches)
        assert answer.score >= LEAST_SCORE if answer.matches else answer.score == 0.0


@pytest.mark.parametrize("row", read_table(TABLE, COLUMNS), ids=lambda row: row.where)
def test_the_scores_are_shares_of_what_was_counted(row) -> None:
    assert 0 < row.number("score", 0) <= 1
    assert row.number("n", 0) >= 1
    assert row.text("example")
