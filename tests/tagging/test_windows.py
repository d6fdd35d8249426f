from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging.windows import windows

_WORDS = st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=300)


@given(_WORDS, st.integers(12, 60), st.integers(0, 5))
def test_every_word_is_judged_once_and_seen_with_its_neighbours(words, room, margin):
    costs, breaks = [cost for cost, _ in words], [is_break for _, is_break in words]
    found = windows(costs, breaks, room=room, margin=margin)
    judged = [word for one in found for word in range(one.first, one.last)]
    assert judged == list(range(len(words)))
    core = room - 2 * margin
    for one in found:
        assert one.start <= one.first < one.last <= one.end
        assert sum(min(cost, core) for cost in costs[one.start : one.end]) <= room


@given(_WORDS)
def test_a_text_that_fits_is_one_window(words):
    costs, breaks = [cost for cost, _ in words], [is_break for _, is_break in words]
    found = windows(costs, breaks, room=sum(costs) + 20, margin=10)
    assert [(one.start, one.end) for one in found] == ([(0, len(words))] if words else [])


def test_a_window_ends_where_a_line_does():
    breaks = [number in (0, 14, 25) for number in range(40)]
    found = windows([1] * 40, breaks, room=20, margin=0)
    assert [(one.first, one.last) for one in found] == [(0, 14), (14, 25), (25, 40)]
