from __future__ import annotations

import pytest

from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.terms import Term

TERM = Term(("DRUG",), "ibuprofen", "mesh:D007052", (), ())
WAYS = ["name", "brand", "synonym", "variant", "long_form"]


def test_the_surer_way_has_the_higher_score():
    scores = [Match(TERM, "x", how).score for how in WAYS]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(WAYS)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("how", WAYS)
def test_a_match_explains_itself(how):
    assert Match(TERM, "Nurofen", how).explain() == f"{how} 'Nurofen' of ibuprofen (mesh:D007052)"


def test_a_term_without_an_identifier_says_so():
    nameless = Term(("DRUG",), "newdrug", None, (), ())
    assert Match(nameless, "newdrug", "name").explain().endswith("(no identifier)")
