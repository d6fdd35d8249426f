"""Both kinds of taggers, over networks of a few hundred weights that nobody trained."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_nlp.tagging import fast
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.tagger import Tagger, open_tagger
from monograph_nlp.tagging.words import words

FIXTURES = Path(__file__).parents[1] / "fixtures"
KINDS = ("tagger_hashed", "tagger_pieces")
TAGGERS = {kind: open_tagger(FIXTURES / kind) for kind in KINDS}
TEXT = (
    "Rash (12 %), headache and no pain\n\nWarnings   5.1 Liver failure: 3/45 of the patients. " * 9
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_tagger_finds_the_same_each_time_and_after_a_journey(kind):
    first = TAGGERS[kind].tag(TEXT, [Hit(0, 4, "ADVERSE_EVENT")])
    assert first
    assert first == TAGGERS[kind].tag(TEXT, [Hit(0, 4, "ADVERSE_EVENT")])
    assert first == open_tagger(FIXTURES / kind).tag(TEXT, [Hit(0, 4, "ADVERSE_EVENT")])
    sent: Tagger = pickle.loads(pickle.dumps(TAGGERS[kind]))
    assert first == sent.tag(TEXT, [Hit(0, 4, "ADVERSE_EVENT")])


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_long_text_is_scored(kind):
    scorer = TAGGERS[kind]._scorer
    ranges = words(TEXT * 5)
    scores = scorer.scores(TEXT * 5, ranges, [])
    assert scores.shape == (len(ranges), sum(len(head.tags) for head in scorer.card.heads))
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_far_away_changes_nothing(kind):
    scorer = TAGGERS[kind]._scorer
    filler = "\n" + "of the pain, no rash.\n" * 20
    one, other = (filler + first + filler + "Liver failure" + filler for first in ("Rash", "Pain"))
    at = one.index("Liver")
    rows = [
        scorer.scores(text, words(text), [])[
            next(n for n, (start, _) in enumerate(words(text)) if start == at)
        ]
        for text in (one, other)
    ]
    assert rows[0] == pytest.approx(rows[1])


def test_words_are_forgotten_when_there_are_too_many_and_read_as_before(monkeypatch):
    text = "Rash and PAIN, rash and pain, 12 and 34, liver failure again"
    tagger = open_tagger(FIXTURES / "tagger_hashed")
    whole = tagger._scorer.scores(text, words(text), [])
    monkeypatch.setattr(fast, "_MOST_WORDS", 3)
    few = open_tagger(FIXTURES / "tagger_hashed")
    for end in (4, 14, len(text)):
        part = few._scorer.scores(text[:end], words(text[:end]), [])
    assert part == pytest.approx(whole)


@pytest.mark.parametrize("kind", KINDS)
def test_the_lexicons_names_are_seen(kind):
    scorer = TAGGERS[kind]._scorer
    ranges = words("some rash here")
    plain = scorer.scores("some rash here", ranges, [])
    told = scorer.scores("some rash here", ranges, [Hit(5, 9, "ADVERSE_EVENT|CONDITION")])
    assert np.abs(plain - told).max() > 1e-3


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(KINDS))
def test_any_text_is_read(text, kind):
    for one in TAGGERS[kind].tag(text, []):
        assert 0 < one.score <= 1
        borders = [border for place in one.fragments for border in place]
        assert borders == sorted(set(borders))
        assert borders[-1] <= len(text)
