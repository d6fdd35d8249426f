from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.english import read_words

WORD = st.text(alphabet="abcdefghij'", min_size=1, max_size=8)


def test_words_are_ranked_by_their_count():
    assert read_words(b"cat 5\nthe 900\nrest 20\n") == {"the": 1, "rest": 2, "cat": 3}


def test_the_file_may_have_a_byte_order_mark_blank_lines_and_windows_line_ends():
    assert read_words(b"\xef\xbb\xbfthe 900\r\n\r\ncat 5\r\n") == {"the": 1, "cat": 2}


def test_words_of_equal_count_keep_the_order_of_the_file():
    assert list(read_words(b"zeta 3\nalpha 3\nmid 3\n")) == ["zeta", "alpha", "mid"]


def test_a_word_that_comes_twice_or_in_capitals_is_one_word_with_its_higher_count():
    assert read_words(b"Act 2\nrest 5\nact 9\n") == {"act": 1, "rest": 2}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no word"),
        (b"\n \n", "no word"),
        (b"the 9\ncat\n", "line 2"),
        (b"the many\n", "line 1"),
        (b"the 9 times\n", "line 1"),
        (b"the -9\n", "line 1"),
        ("the ²\n".encode(), "line 1"),
        (b"caf\xe9 3\n", "not UTF-8"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(content, what):
    with pytest.raises(LexiconError, match=what) as error:
        read_words(content)
    assert "expected" in str(error.value)
    assert "pinned" in str(error.value)


@given(st.dictionaries(WORD, st.integers(0, 10**12), min_size=1))
def test_ranks_count_from_one_and_follow_the_counts(counts):
    content = "\n".join(f"{word} {count}" for word, count in counts.items()).encode()
    ranks = read_words(content)
    assert set(ranks) == set(counts)
    assert sorted(ranks.values()) == list(range(1, len(counts) + 1))
    by_rank = [counts[word] for word in sorted(ranks, key=ranks.__getitem__)]
    assert by_rank == sorted(by_rank, reverse=True)
