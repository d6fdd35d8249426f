from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging.scheme import TAGS, Chunk, chunks, decode, encode

_TAGS = st.lists(st.sampled_from(TAGS), max_size=60)


@st.composite
def _apart(draw: st.DrawFn) -> tuple[list[tuple[tuple[int, int], ...]], int]:
    """Mentions of one fragment each that share no word, and the number of words."""
    borders = sorted(draw(st.sets(st.integers(0, 40), max_size=16)))
    pairs = list(zip(borders[::2], borders[1::2], strict=False))
    return [((start, end),) for start, end in pairs], 41


@given(_apart())
def test_plain_mentions_come_back(made):
    mentions, size = made
    assert decode(encode(mentions, size)) == mentions


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
def test_mentions_with_gaps_and_shared_words_come_back(mentions, tags):
    assert encode(mentions, len(tags)) == tags
    assert decode(tags) == sorted(mentions)


def test_parts_that_stand_far_apart_are_mentions_of_their_own():
    tags = ["DB", *["O"] * 20, "DB"]
    assert decode(tags) == [((0, 1),), ((21, 22),)]


def test_an_i_without_its_b_begins_a_chunk():
    assert list(chunks(["O", "I", "I", "DI", "B"])) == [
        Chunk("", 1, 3),
        Chunk("D", 3, 4),
        Chunk("", 4, 5),
    ]


@given(_TAGS)
def test_whatever_the_tags_the_mentions_are_well_formed(tags):
    found = decode(tags)
    assert found == sorted(set(found))
    for fragments in found:
        flat = [border for fragment in fragments for border in fragment]
        assert flat == sorted(set(flat))  # in order, not empty, none touches the next
        assert flat[0] >= 0
        assert flat[-1] <= len(tags)
        assert all(tags[word] != "O" for a, b in fragments for word in range(a, b))


@given(_TAGS)
def test_every_marked_word_is_in_a_mention(tags):
    held = {word for fragments in decode(tags) for a, b in fragments for word in range(a, b)}
    assert held == {word for word, tag in enumerate(tags) if tag != "O"}
