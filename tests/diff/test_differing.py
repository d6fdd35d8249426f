"""Each kind of change, from two small records."""

import pytest

from made_records import fact, record
from monograph_nlp.diff.changes import Change
from monograph_nlp.diff.differing import difference
from monograph_nlp.diff.qualifiers import APART, COLUMNS, KINDS, TABLE
from monograph_nlp.record.vocabulary import qualifiers
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import Fact

ROWS = read_table(TABLE, COLUMNS)
EVENT = "has_adverse_event"


def changes(old: list[Fact], new: list[Fact]) -> tuple[Change, ...]:
    found = difference([record(*old)], [record(*new)])
    return found.documents[0].changes


def details(old: Fact, new: Fact) -> list[tuple[str, str]]:
    (change,) = changes([old], [new])
    assert change.kind == "changed"
    return [(detail.what, detail.way) for detail in change.details]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_a_row_names_a_qualifier_and_its_example_changes_it(row: Row) -> None:
    key, example = row.text("key"), row.text("example")
    assert key in qualifiers()
    assert row.text("change") in KINDS
    before, _, after = example.partition(" -> ")
    if not after:
        before, after = "", example.removesuffix(" is added")
    old = {key: _value(before)} if before else {}
    (found,) = details(fact(EVENT, "x1", **old), fact(EVENT, "x1", **{key: _value(after)}))
    assert found[0] == key
    assert (found[1] == "narrowed") == (row.text("change") == "scope")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_a_row_says_whether_it_sets_doses_apart(row: Row) -> None:
    one = fact("has_dosage", "5 mg")
    other = fact("has_dosage", "10 mg", **{row.text("key"): "x"})
    kinds = [change.kind for change in changes([one], [other])]
    assert kinds == (["new", "gone"] if row.text("doses") == APART else ["changed"])


def _value(text: str) -> object:
    return {"false": False, "true": True}.get(text, float(text) if text.isdigit() else text)


def test_every_qualifier_of_a_record_has_a_row() -> None:
    assert {row.text("key") for row in ROWS} == set(qualifiers())


def test_what_is_the_same_does_not_differ() -> None:
    facts = [
        fact(EVENT, "nausea", frequency="common"),
        fact("has_dosage", "5 mg", route="by mouth"),
    ]
    found = difference([record(*facts)], [record(*reversed(facts))])
    assert found.is_none
    assert found.documents[0].same == 2
    assert found.documents[0].drug == "testamab"


def test_new_and_gone_facts_have_the_words_of_their_side() -> None:
    gone, new = changes(
        [fact(EVENT, "rash", evidence=(3, 9, "a\n rash"))], [fact("has_target", "CD38")]
    )
    assert (gone.kind, gone.name, gone.new) == ("gone", "rash", None)
    assert gone.old is not None
    assert (gone.old.evidence, gone.old.start, gone.old.end) == ("a rash", 3, 9)
    assert (new.kind, new.old) == ("new", None)


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("common", "very common", "raised"),
        ("common", "rare", "lowered"),
        ("not known", "common", "changed"),
        (None, "common", "added"),
        ("common", None, "removed"),
    ],
)
def test_frequencies_by_the_order_of_the_bands(old, new, way) -> None:
    one, other = (
        fact(EVENT, "rash", **({"frequency": value} if value else {})) for value in (old, new)
    )
    assert details(one, other) == [("frequency", way)]


def test_rates_by_their_size() -> None:
    assert details(fact(EVENT, "rash", rate=5.0), fact(EVENT, "rash", rate=7.5)) == [
        ("rate", "raised")
    ]
    assert details(fact(EVENT, "rash", rate=5.0), fact(EVENT, "rash", rate=1)) == [
        ("rate", "lowered")
    ]


def test_indications_are_narrowed_widened_or_changed() -> None:
    plain = fact("has_indication", "gout")
    adults = fact("has_indication", "gout", population="adults")
    children = fact("has_indication", "gout", population="children")
    assert details(plain, adults) == [("population", "narrowed")]
    assert details(adults, plain) == [("population", "widened")]
    assert details(adults, children) == [("population", "changed")]


def test_an_assertion_is_flipped() -> None:
    one, other = fact("has_indication", "gout"), fact("has_indication", "gout", assertion="absent")
    assert details(one, other) == [("assertion", "flipped")]


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("5 mg", "10 mg", "raised"),
        ("1,000 mg", "500 mg", "lowered"),
        ("5 mg", "one tablet", "changed"),
    ],
)
def test_a_dose_for_the_same_patients_has_changed(old, new, way) -> None:
    one, other = (fact("has_dosage", dose, population="adults") for dose in (old, new))
    assert details(one, other) == [("dose", way)]


def test_doses_for_other_patients_are_other_doses() -> None:
    one = fact("has_dosage", "5 mg", population="adults")
    other = fact("has_dosage", "10 mg", population="children")
    assert [change.kind for change in changes([one], [other])] == ["new", "gone"]


def test_the_schedule_of_a_dose_has_changed() -> None:
    one, other = (fact("has_dosage", "5 mg", schedule=when) for when in ("daily", "weekly"))
    assert details(one, other) == [("schedule", "changed")]


def test_a_concept_makes_two_names_one() -> None:
    one, other = fact(EVENT, "tiredness", curie="mesh:1"), fact(EVENT, "fatigue", curie="mesh:1")
    assert changes([one], [other]) == ()


def test_a_near_name_is_renamed_and_not_gone_and_new() -> None:
    one, other = fact(EVENT, "infusion related reaction"), fact(EVENT, "infusion reactions")
    assert details(one, other) == [("name", "renamed")]


def test_two_concepts_are_never_one_by_their_names() -> None:
    one = fact(EVENT, "respiratory tract infection", curie="mesh:1")
    other = fact(EVENT, "upper respiratory tract infection", curie="mesh:2")
    assert [change.kind for change in changes([one], [other])] == ["new", "gone"]


def test_facts_on_one_object_are_paired_by_what_else_they_say() -> None:
    old = [
        fact(EVENT, "rash", rate=5.0, regimen="20 mg"),
        fact(EVENT, "rash", rate=9.0, regimen="40 mg"),
    ]
    new = [
        fact(EVENT, "rash", rate=9.0, regimen="40 mg"),
        fact(EVENT, "rash", rate=6.0, regimen="20 mg"),
    ]
    (change,) = changes(old, new)
    assert [(one.what, one.old, one.new) for one in change.details] == [("rate", 5.0, 6.0)]


def test_what_is_said_twice_is_one_statement() -> None:
    twice = [fact(EVENT, "rash"), fact(EVENT, "Rash")]
    assert changes(twice, twice[:1]) == ()


def test_documents_of_one_side_and_of_two_drugs_are_told() -> None:
    found = difference(
        [record(id="a", drug="x"), record(id="b", drug="y")], [record(id="c", drug="x")]
    )
    assert (found.only_old, found.only_new, found.is_none) == (("b",), (), False)
    other = difference([record(id="a", drug="x")], [record(id="c", drug="y")])
    assert other.notes == ("a is about x, c about y",)
