"""Curves from scores to what is right: they rise, they fit, and thresholds are the best ones."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.calibrate import Seen, Tally, best_threshold, curve
from training.corpora.document import Document, Span
from training.heads import read_heads

from monograph_nlp.tagging.card import Card, HeadCard
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.scheme import PLAIN_TAGS
from monograph_nlp.tagging.tagger import Tagged
from training import calibrate, finish

SEEN = st.lists(st.builds(Seen, st.floats(0, 1), st.booleans(), st.booleans()), max_size=200)


@given(SEEN)
def test_a_curve_rises_from_nothing_to_the_end(seen):
    corners = curve(seen)
    assert corners[0] == (0.0, 0.0)
    assert corners[-1][0] == 1.0
    for (said, right), (later, more) in pairwise(corners):
        assert said <= later
        assert right <= more + 1e-9
        assert 0 <= right <= 1


def test_a_curve_says_how_many_were_right():
    seen = [Seen(0.6, False, number % 2 == 0) for number in range(100)]
    seen += [Seen(0.9, False, number % 10 != 0) for number in range(100)]
    assert curve(seen) == ((0.0, 0.0), (0.6, 0.5), (0.9, 0.9), (1.0, 0.9))


def test_scores_that_say_the_contrary_are_joined():
    seen = [Seen(0.6, False, True)] * 50 + [Seen(0.9, False, False)] * 50
    assert curve(seen) == ((0.0, 0.0), (0.75, 0.5), (1.0, 0.5))


def test_the_best_threshold_leaves_out_what_is_mostly_wrong():
    seen = [Seen(0.8, False, True)] * 10 + [Seen(0.4, False, False)] * 10
    least, f1 = best_threshold(seen, marked=10)
    assert 0.4 < least <= 0.8
    assert f1 == 1.0


class _Said:
    """A tagger that knows one word."""

    def tag(self, text: str, hits: list[Hit]) -> list[Tagged]:
        start = text.index("grumbling")
        return [
            Tagged(((start, start + 9),), "ADVERSE_EVENT", 0.7),
            Tagged(((0, 3),), "DRUG", 0.9),
        ]


@pytest.mark.parametrize(("marked", "is_right"), [((6, 15), True), ((6, 14), False)])
def test_only_the_very_same_range_is_right_and_only_known_kinds_count(marked, is_right):
    span = Span("1", "AdverseReaction", (marked,), ("ADVERSE_EVENT",))
    document = Document("d", "d", "Zalux grumbling", (span,), known=frozenset({"ADVERSE_EVENT"}))
    tallies: dict[str, Tally] = defaultdict(lambda: Tally([]))
    calibrate.count(_Said(), document, read_heads(), tallies)  # type: ignore[arg-type]
    assert dict(tallies) == {"ADVERSE_EVENT": Tally([Seen(0.7, False, is_right)], 1)}


def test_a_card_takes_the_curves_of_the_heads_that_were_counted():
    heads = (HeadCard("A", PLAIN_TAGS), HeadCard("B", PLAIN_TAGS))
    card = Card("n", "1", "pieces", heads, 10, 2, {})
    told = {"A": {"curve": [[0, 0], [1, 0.5]], "known_curve": [[0, 0], [1, 0.9]], "least": 0.4}}
    first, second = finish.calibrated(card, told).heads
    assert first.least == 0.4
    assert first.shares_right([1.0, 0.5], [True, False]) == [0.9, 0.25]
    assert second == heads[1]


def test_a_card_takes_the_figures_that_were_measured():
    card = Card("n", "1", "pieces", (), 10, 2, {})
    told = finish.described(card, {"labels": {"mentions_exact": {"f1": 0.8}}})
    assert told.figures == {"tac_mentions_f1": 0.8}
    assert len(told.limits) > 3


def test_a_head_that_gave_nothing_has_a_threshold_and_no_figure():
    assert calibrate.best_threshold([], 3)[1] == 0.0
    assert calibrate.best_threshold([], 0)[1] == 0.0
