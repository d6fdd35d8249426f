from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.places import Apart, Nested

Range = tuple[int, int]
_ANY = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda p: (p[0], sum(p))))


@st.composite
def _nested(draw: st.DrawFn) -> list[Range]:
    """Draw ranges that nest, outer before inner: each lies in the gap that one before it left."""
    found: list[Range] = []
    open_ = [(0, 40)]
    for _ in range(draw(st.integers(0, 8))):
        low, high = open_.pop(draw(st.integers(0, len(open_) - 1)))
        start = draw(st.integers(low, high))
        end = draw(st.integers(start, high))
        found.append((start, end))
        open_ += [(start, end), (end, high)]
    return sorted(found, key=lambda pair: (pair[0], -pair[1]))


@given(_nested(), st.integers(-1, 45))
def test_nested_finds_the_innermost_range(ranges: list[Range], position: int) -> None:
    holding = [index for index, (start, end) in enumerate(ranges) if start <= position < end]
    lengths = [ranges[index][1] - ranges[index][0] for index in holding]
    found = Nested(ranges).at(position)
    if not holding:
        assert found is None
    else:
        assert found in holding
        assert ranges[found][1] - ranges[found][0] == min(lengths)


def test_of_two_equal_ranges_the_later_is_the_inner_one() -> None:
    assert Nested([(0, 9), (2, 5), (2, 5)]).at(3) == 2


@given(_ANY, st.integers(-2, 45), st.integers(1, 9))
def test_apart_touches_what_shares_a_place(ranges: list[Range], start: int, length: int) -> None:
    places = {place for first, last in ranges for place in range(first, last)}
    wanted = bool(places & set(range(start, start + length)))
    assert Apart(ranges).touches(start, start + length) is wanted


def test_an_empty_range_holds_no_place() -> None:
    assert not Apart([(3, 3)]).touches(2, 5)


@pytest.mark.parametrize(("position", "expected"), [(4, False), (5, True), (8, True), (9, False)])
def test_an_empty_query_touches_the_place_it_stands_at(position: int, expected: bool) -> None:
    assert Apart([(5, 9)]).touches(position, position) is expected
