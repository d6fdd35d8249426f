from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.components._alignment import Alignment

NLP = spacy.blank("en")
TEXTS = st.text(alphabet="ab. \n(é", max_size=40)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 5, "Acute"),
        (0, 17, "Acute liver pain"),
        (5, 12, "liver"),
        (1, 12, "liver"),
        (1, 4, None),
    ],
)
def test_a_span_holds_the_whole_tokens_inside_a_range(start, end, expected):
    doc = NLP("Acute liver pain here")
    span = Alignment(doc).span(start, end, "X", "id")
    assert (span.text if span is not None else None) == expected
    assert span is None or (span.label_, span.id_) == ("X", "id")


@given(TEXTS, st.data())
def test_a_span_is_inside_its_range_and_as_long_as_can_be(text, data):
    doc = NLP(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    inside = [t for t in doc if t.idx >= start and t.idx + len(t) <= end and not t.is_space]
    span = Alignment(doc).span(start, end, "X")
    if inside:
        assert (span.start, span.end) == (inside[0].i, inside[-1].i + 1)
    else:
        assert span is None


@given(TEXTS, st.data())
def test_cover_holds_every_character_of_the_range(text, data):
    doc = NLP(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    first, last = Alignment(doc).cover(start, end)
    held = {i for t in doc[first:last] for i in range(t.idx, t.idx + len(t))}
    in_tokens = {i for t in doc for i in range(t.idx, t.idx + len(t))}
    assert set(range(start, end)) & in_tokens <= held


def test_it_agrees_with_char_span_where_the_borders_are_those_of_tokens():
    doc = NLP("Nausea, vomiting (10%) and rash were seen.")
    aligned = Alignment(doc)
    for first in range(len(doc)):
        for last in range(first + 1, len(doc) + 1):
            span = doc[first:last]
            assert aligned.span(span.start_char, span.end_char, "X").text == span.text


def test_words_are_the_tokens_that_are_not_space():
    doc = NLP("Take  one\n(twice) daily ")
    words = {token.i: (token.idx, token.idx + len(token)) for token in doc if not token.is_space}
    assert dict(Alignment(doc).words) == words


def test_a_token_is_found_by_both_its_borders():
    doc = NLP("Take (one) daily")
    aligned = Alignment(doc)
    assert [aligned.token(t.idx, t.idx + len(t)) for t in doc] == list(range(len(doc)))
    assert aligned.token(0, 3) is None
    assert aligned.token(1, 4) is None
    assert aligned.token(99, 100) is None


def test_joined_tokens_are_aligned_anew():
    doc = NLP("Take it twice daily.")
    assert Alignment(doc).span(8, 19, "X").end == 4
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[2:4])
    assert Alignment(doc).span(8, 19, "X").end == 3


def test_tokens_that_are_parted_anew_are_seen_even_if_their_number_stays():
    doc = NLP("Acute liver pain here")
    assert Alignment(doc).words[0] == (0, 5)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    with doc.retokenize() as retokenizer:
        retokenizer.split(doc[1], ["pa", "in"], heads=[(doc[1], 1), doc[0]])
    assert [doc[number].text for number in Alignment(doc).words] == [token.text for token in doc]
    assert Alignment(doc).words[0] == (0, 11)


def test_the_documents_that_are_asked_for_in_turn_keep_their_own_tokens():
    one, other = NLP("Acute pain"), NLP("Liver pain here")
    for _ in range(2):
        assert list(Alignment(one).words.values()) == [(0, 5), (6, 10)]
        assert list(Alignment(other).words.values()) == [(0, 5), (6, 10), (11, 15)]
