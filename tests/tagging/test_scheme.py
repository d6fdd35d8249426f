from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging.scheme import TAGS, Chunk, chunks, encode


@pytest.mark.parametrize(
    ("mentions", "tags"),
    [
        # renal and hepatic impairment
        ([((0, 1), (3, 4)), ((2, 4),)], ["DB", "O", "DB", "HB"]),
        # increased blood glucose or urea: the first two words are shared
        ([((0, 3),), ((0, 2), (4, 5))], ["HB", "HI", "DB", "O", "DB"]),
        # alanine aminotransferase (ALT) increased
        ([((0, 2), (5, 6))], ["DB", "DI", "O", "O", "O", "DB"]),
        # two mentions side by side
        ([((0, 2),), ((2, 3),)], ["B", "I", "B"]),
    ],
)
def test_words_that_stand_apart_or_are_shared_have_tags_of_their_own(mentions, tags):
    assert encode(mentions, len(tags)) == tags


def test_an_i_without_its_b_begins_a_chunk():
    assert list(chunks(["O", "I", "I", "DI", "B"])) == [
        Chunk("", 1, 3),
        Chunk("D", 3, 4),
        Chunk("", 4, 5),
    ]


@given(st.lists(st.sampled_from(TAGS), max_size=60))
def test_every_marked_word_is_in_one_chunk(tags):
    held = [word for chunk in chunks(tags) for word in range(chunk.start, chunk.end)]
    assert held == [word for word, tag in enumerate(tags) if tag != "O"]
