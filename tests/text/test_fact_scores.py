"""What raises a fact's score and what lowers it, by the weights that ship."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.fact_scores import Traits, fact_score, log_odds, named, probability

_EVENT = Traits("has_adverse_event", "event-sentence", "model", 0.8, True, False, False)


def test_a_surer_mention_makes_a_surer_fact() -> None:
    assert fact_score(replace(_EVENT, score=0.95)) > fact_score(replace(_EVENT, score=0.5))


@pytest.mark.parametrize(("trait", "raises"), [("is_repeated", True), ("is_apart", False)])
def test_what_else_counts(trait: str, raises: bool) -> None:
    has_it = fact_score(replace(_EVENT, **{trait: True}))
    assert (has_it > fact_score(_EVENT)) is raises


def test_without_a_concept_it_counts_less() -> None:
    assert fact_score(replace(_EVENT, is_named=False)) < fact_score(_EVENT)


def test_a_predicate_without_gold_has_no_score() -> None:
    assert fact_score(replace(_EVENT, predicate="has_outcome")) is None


def test_a_score_of_the_lexicon_does_not_count() -> None:
    names = dict(named(replace(_EVENT, origin="lexicon")))
    assert "score of the mention" not in names
    assert names["origin lexicon"] == 1.0


@given(st.floats(0, 1), st.booleans(), st.booleans(), st.booleans())
def test_scores_lie_between_0_and_1(score: float, named: bool, apart: bool, again: bool) -> None:
    traits = Traits("has_adverse_event", "event-item", "model", score, named, apart, again)
    assert 0 < fact_score(traits) < 1


def test_probability_is_the_logistic_of_the_weighted_traits() -> None:
    weights = {"every fact": 1.0, "score of the mention": 2.0}
    wanted = 1 / (1 + math.exp(-(1.0 + 2.0 * log_odds(0.8))))
    assert probability(_EVENT, weights) == pytest.approx(wanted)
