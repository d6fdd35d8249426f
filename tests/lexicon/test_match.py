from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.terms import Kind, Term

TERM = Term(("DRUG",), "ibuprofen", "mesh:D007052", (), ())
WAYS = ["name", "brand", "synonym", "variant", "long_form"]


def test_the_surer_way_has_the_higher_score():
    scores = [Match(TERM, "x", how).score for how in WAYS]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(WAYS)


@pytest.mark.parametrize("how", get_args(Kind))
def test_every_kind_of_name_is_surer_than_a_way_that_is_not_known(how):
    assert Match(TERM, "x", "guess").score < Match(TERM, "x", how).score <= 1


def test_a_given_score_holds():
    assert replace(Match(TERM, "x", "near"), given=0.0).score == 0.0
    assert replace(Match(TERM, "x", "name"), given=0.71).score == 0.71


@pytest.mark.parametrize("how", WAYS)
def test_a_match_explains_itself(how):
    assert Match(TERM, "Nurofen", how).explain() == f"{how} 'Nurofen' of ibuprofen (mesh:D007052)"


def test_a_term_without_an_identifier_says_so():
    nameless = Term(("DRUG",), "newdrug", None, (), ())
    assert Match(nameless, "newdrug", "name").explain().endswith("(no identifier)")
