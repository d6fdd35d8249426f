"""Statements that repeat each other become one; other rates, doses and brands stay apart."""

from __future__ import annotations

from typing import Any

from monograph_nlp.text.merging import Named, merged


def _event(begin: int, score: float = 0.5, **qualifiers: object) -> dict[str, Any]:
    return {
        "predicate": "has_adverse_event",
        "assertion": "present",
        "qualifiers": qualifiers,
        "score": score,
        "evidence": [[begin, begin + 5]],
    }


RASH = Named("rash", "rash")


def test_a_repeated_statement_lends_its_evidence_and_the_better_score() -> None:
    (one,) = merged([(_event(0), RASH), (_event(9, 0.9), RASH), (_event(9), RASH)])
    assert one["evidence"] == [[0, 5], [9, 14]]
    assert one["score"] == 0.9


def test_only_the_same_words_lend_their_frequency() -> None:
    (one,) = merged([(_event(0), RASH), (_event(9, frequency="common"), RASH)])
    assert one["qualifiers"] == {"frequency": "common"}
    eruption = Named("rash", "skin eruption")
    assert len(merged([(_event(0), RASH), (_event(9, frequency="common"), eruption)])) == 2


def test_rates_of_two_studies_stay_apart() -> None:
    rates = [(_event(0, rate=3.0), RASH), (_event(9, rate=4.0), RASH)]
    assert [one["qualifiers"]["rate"] for one in merged(rates)] == [3.0, 4.0]


def test_two_products_of_one_substance_are_two_names() -> None:
    brands = [Named("examplinib", "exbrand"), Named("examplinib", "exmark")]
    stated = [(_event(n) | {"predicate": "has_brand_name"}, b) for n, b in enumerate(brands)]
    assert len(merged(stated)) == 2


def test_one_amount_in_two_schedules_is_two_doses() -> None:
    dose = Named("20 mg", "20 mg")
    stated = [
        (_event(n, schedule=schedule) | {"predicate": "has_dosage"}, dose)
        for n, schedule in enumerate(("once daily", "twice daily"))
    ]
    assert len(merged(stated)) == 2
