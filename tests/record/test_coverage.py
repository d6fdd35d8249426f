from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.record.coverage import cover
from monograph_nlp.types import Argument, Coverage, Evidence, Fact

RANGES = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)
KINDS = st.sampled_from(["boilerplate", "other_language", "junk"])


def fact(*ranges: tuple[int, int]) -> Fact:
    evidence = tuple(Evidence(start, end, "", None) for start, end in ranges)
    about = Argument(None, "x", "x", None)
    return Fact("f1", "has_target", about, about, {}, "present", evidence, "r", 1.0)


@pytest.mark.parametrize(
    ("facts", "zones", "expected"),
    [
        ([], [], Coverage(0, 10, 0, 0, 0)),
        ([fact((0, 4))], [], Coverage(4, 6, 0, 0, 0)),
        ([fact((0, 4), (2, 6)), fact((0, 6))], [], Coverage(6, 4, 0, 0, 0)),
        ([fact((0, 4))], [(3, 8, "junk")], Coverage(3, 2, 0, 0, 5)),
        ([], [(0, 1, "boilerplate"), (1, 3, "other_language")], Coverage(0, 7, 1, 2, 0)),
    ],
)
def test_each_character_is_counted_once(facts, zones, expected):
    assert cover(10, facts, zones) == expected


def test_an_empty_document_has_nothing_to_count():
    assert cover(0, [], []) == Coverage(0, 0, 0, 0, 0)


@given(st.lists(RANGES, max_size=5), st.lists(st.tuples(RANGES, KINDS), max_size=5))
def test_the_five_counts_add_up(ranges, zones):
    set_aside = [(start, end, kind) for (start, end), kind in zones]
    counts = cover(30, [fact(*map(tuple, ranges))], set_aside)
    assert sum(astuple(counts)) == 30
    barred = {i for start, end, _ in set_aside for i in range(start, end)}
    said = {i for start, end in ranges for i in range(start, end)}
    assert counts.evidence == len(said - barred)
