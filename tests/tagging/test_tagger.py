"""A tagger over a network that is a rule: capitals begin an event, small letters behind it go on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging.card import Card, HeadCard
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.scheme import PLAIN_TAGS
from monograph_nlp.tagging.tagger import Tagged, Tagger


class Capitals:
    """Scores words by their letters, for two heads; the second is sure of hits alone."""

    def __init__(self, least: float = 0.0) -> None:
        heads = (HeadCard("FIRST", PLAIN_TAGS, least), HeadCard("SECOND", PLAIN_TAGS))
        self.card = Card("capitals", "1", "rule", heads, 10, 2, {})

    def scores(
        self, text: str, words: Sequence[tuple[int, int]], hits: Sequence[Hit]
    ) -> np.ndarray:
        made = np.zeros((len(words), 6), dtype=np.float32)
        for row, (start, end) in zip(made, words, strict=True):
            row[1 if text[start].isupper() else 2 if text[start:end] == "ear" else 0] = 5
            row[4 if any(hit.start == start for hit in hits) else 3] = 5
        return made


def test_mentions_are_in_characters_and_carry_their_head():
    found = Tagger(Capitals()).tag("it is Acute ear  day two", [Hit(17, 20, "X")])
    assert [(one.fragments, one.head) for one in found] == [
        (((6, 15),), "FIRST"),
        (((17, 20),), "SECOND"),
    ]
    assert all(0.9 < one.score <= 1 for one in found)


def test_a_head_leaves_out_what_it_is_not_sure_of():
    text = "Acute"
    assert Tagger(Capitals(least=0.999)).tag(text, []) == []
    (found,) = Tagger(Capitals(least=0.9)).tag(text, [])
    assert isinstance(found, Tagged)


@given(st.text("Aa on\n.", max_size=200))
def test_any_text_is_read_and_mentions_begin_and_end_in_words(text):
    for one in Tagger(Capitals()).tag(text, []):
        for start, end in one.fragments:
            assert text[start:end] == text[start:end].strip() != ""


def test_a_score_says_how_often_such_mentions_are_right():
    scorer = Capitals()
    first = HeadCard("FIRST", PLAIN_TAGS, 0.5, ((0.0, 0.0), (1.0, 0.4)), ((0.0, 0.2), (1.0, 0.9)))
    scorer.card = Card("capitals", "1", "rule", (first, scorer.card.heads[1]), 10, 2, {})
    tagger = Tagger(scorer)
    assert tagger.tag("Acute", []) == []
    (found,) = (one for one in tagger.tag("Acute", [Hit(0, 5, "X")]) if one.head == "FIRST")
    assert 0.8 < found.score < 0.9
