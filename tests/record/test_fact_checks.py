"""Facts that disagree are named, and others are not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from monograph_nlp.record.fact_checks import (
    COLUMNS,
    TABLE,
    contraindicated_and_dosed,
    impossible_rates,
    suspect_doses,
    treated_and_caused,
    unknown_targets,
)
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import Argument, Concept, Evidence, Fact, Record, Subject

_OBJECT = re.compile(r"<o>(.+?)</o>")
PLANTED = {  # in corpus/cetuximab.txt, on purpose
    *("brand_not_known_for_subject", "class_conflicts_with_name_stem", "frequency_conflicts_with_rate"),
    *("target_not_known_for_subject", "indication_also_adverse_event", "contraindicated_yet_dosed"),
    *("rate_out_of_range", "dose_unit_suspect", "abbreviation_conflict"),
}  # fmt: skip
STATED = {  # what two other samples state
    ("imatinib", "brand_not_known_for_subject"),  # Tasigna
    ("tiotropium", "indication_also_adverse_event"),  # bronchospasm
}


def _fact(predicate: str, text: str, evidence: str = "", id_: str = "", **said: Any) -> Fact:
    concept = Concept(id_, text, 1.0, ()) if id_ else None
    return Fact(
        id="f1",
        predicate=predicate,  # type: ignore[arg-type]
        subject=Argument(None, "examplinib", "examplinib", None),
        object=Argument("m1", text, text, concept),
        qualifiers=said,
        assertion="present",
        evidence=(Evidence(0, len(evidence), evidence, None),),
        rule="row",
        score=0.9,
    )


def test_the_planted_contradictions_are_named_and_no_others(records: dict[str, Record]) -> None:
    found = {
        (name, issue.code)
        for name, record in records.items()
        for issue in record.issues
        if issue.code in PLANTED
    }
    assert found == {("cetuximab", code) for code in PLANTED} | STATED


def test_a_concept_that_is_treated_and_caused() -> None:
    treated = _fact("has_indication", "gout", id_="mesh:D006073")
    (found,) = treated_and_caused(
        [treated, _fact("has_adverse_event", "podagra", id_="mesh:D006073")]
    )
    assert "podagra" in found.message
    assert not list(treated_and_caused([treated, _fact("has_adverse_event", "rash")]))
    worse = _fact("has_adverse_event", "gout", "Worsening of gout was seen.", "mesh:D006073")
    assert not list(treated_and_caused([treated, worse]))


def test_a_population_that_is_barred_and_dosed() -> None:
    barred = _fact("has_contraindication", "children")
    (found,) = contraindicated_and_dosed(
        [barred, _fact("has_dosage", "5 mg", population="Children")]
    )
    assert "5 mg" in found.message
    assert not list(
        contraindicated_and_dosed([barred, _fact("has_dosage", "5 mg", population="adults")])
    )
    assert not list(contraindicated_and_dosed([barred, _fact("has_dosage", "5 mg")]))


def test_a_part_of_a_population_that_is_barred_may_leave_others_to_be_dosed() -> None:
    dosed = _fact("has_dosage", "5 mg", population="children")
    evidence = "It must not be used in children who have stopped growing."
    barred = _fact("has_contraindication", "children", evidence)
    assert not list(contraindicated_and_dosed([barred, dosed]))


@pytest.mark.parametrize("row", read_table(TABLE, COLUMNS), ids=lambda row: row.where)
def test_a_row_that_narrows_does_so_in_its_example_alone(row: Row) -> None:
    for key, count in (("example", 0), ("counterexample", 1)):
        found = _OBJECT.search(row.text(key))
        assert found is not None
        evidence = _OBJECT.sub(r"\1", row.text(key))
        if row.text("kind") == "some":
            barred = _fact("has_contraindication", found[1], evidence)
            dosed = _fact("has_dosage", "5 mg", population=found[1])
            assert len(list(contraindicated_and_dosed([barred, dosed]))) == count
        else:
            caused = _fact("has_adverse_event", found[1], evidence)
            treated = _fact("has_indication", found[1])
            assert len(list(treated_and_caused([caused, treated]))) == count


def test_the_words_of_an_object_are_looked_for_as_whole_words() -> None:
    evidence = "Treatment of women with asthma is contraindicated, and so is that of men."
    barred = _fact("has_contraindication", "men", evidence)
    dosed = _fact("has_dosage", "5 mg", population="men")
    assert len(list(contraindicated_and_dosed([barred, dosed]))) == 1


@pytest.mark.parametrize(
    ("evidence", "count"), [("rash (250%)", 1), ("rash (100%)", 0), ("rash", 0)]
)
def test_more_than_all_patients(evidence: str, count: int) -> None:
    assert len(list(impossible_rates([_fact("has_adverse_event", "rash", evidence)]))) == count


@pytest.mark.parametrize(
    ("doses", "count"),
    [
        (("400 mg", "400 g"), 1),
        (("5 mcg", "5 mg"), 1),
        (("5 mcg", "5 micrograms"), 0),
        (("400 mg", "4 g"), 0),
        (("10 mg/kg", "10 g"), 0),
        (("two tablets", "2 g"), 0),
    ],
)
def test_units_a_thousand_times_apart(doses: tuple[str, ...], count: int) -> None:
    assert len(list(suspect_doses([_fact("has_dosage", dose) for dose in doses]))) == count


@pytest.mark.parametrize(
    ("name", "gene", "count"),
    [
        ("rituximab", "hgnc:3236", 1),
        ("rituximab", "hgnc:7315", 0),
        ("imatinib", "hgnc:6342", 0),  # what is known of small molecules is not all
        ("examplimab", "hgnc:3236", 0),
    ],
)
def test_targets_that_are_known_to_be_others(name: str, gene: str, count: int) -> None:
    subject = Subject(name, None, (), (), ())
    assert len(list(unknown_targets(subject, [_fact("has_target", "EGFR", id_=gene)]))) == count
    assert not list(unknown_targets(None, [_fact("has_target", "EGFR", id_=gene)]))
