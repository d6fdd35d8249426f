"""Edges of mentions: what is cut off, what is added, and what stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.rules import read_table
from monograph_nlp.tagging.edges import Edges
from monograph_nlp.tagging.words import words


def _mended(text: str, *marked: str) -> list[str]:
    """Return what is left of a mention whose parts are these quotations, in order."""
    ranges, fragments, place = words(text), [], 0
    for quote in marked:
        place = text.index(quote, place)
        inside = [n for n, (a, b) in enumerate(ranges) if place <= a and b <= place + len(quote)]
        fragments.append((inside[0], inside[-1] + 1))
        place += len(quote)
    edges = Edges(text, ranges)
    whole = edges.mended(tuple(fragments))
    return [text[a:b] for a, b in edges.characters(whole)] if whole else []


@pytest.mark.parametrize(
    ("text", "marked", "left"),
    [
        ("chills, multi-organ failure", ["-organ failure"], ["multi-organ failure"]),
        ("a - rash", ["- rash"], ["rash"]),
        ("decrease in sodium of more", ["decrease in sodium of"], ["decrease in sodium"]),
        ("decrease in T3 and T4 of", ["decrease in", "T4 of"], ["decrease in", "T4"]),
        ("a virus (HBV)", ["virus ("], ["virus"]),
        ("low blood (a fluid that", ["low blood (a fluid that"], ["low blood"]),
        ("fats) in blood", ["fats) in blood"], ["fats"]),
        ("low (bad) blood", ["low (bad) blood"], ["low (bad) blood"]),
        ("the code MK-801 of", ["MK-801 of"], ["MK-801"]),
        ("rash c Includes", ["c"], []),
        ("of the", ["of the"], []),
        ("vitamin B12 deficiency", ["vitamin B12 deficiency"], ["vitamin B12 deficiency"]),
    ],
)
def test_edges_are_mended(text, marked, left):
    assert _mended(text, *marked) == left


@pytest.mark.parametrize(
    ("text", "marked", "left"),
    [
        ("dizziness\n  Dizzinessc   11.3", "Dizzinessc", "Dizziness"),
        ("  Dizzinessc   11.3", "Dizzinessc", "Dizzinessc"),  # no such word without the letter
        ("dizziness, Dizzinessc and rash", "Dizzinessc", "Dizzinessc"),  # prose, no cell
        ("headache  headaches   2", "headaches", "headaches"),  # a plural
        ("bruise  Bruised   2", "Bruised", "Bruised"),  # the past
    ],
)
def test_the_letter_of_a_footnote_is_no_part_of_a_name_in_a_table(text, marked, left):
    assert _mended(text, marked) == [left]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("the penis/vagina or", ["penis", "vagina"], False),
        ("swollen hands, ankles or feet", ["ankles or feet"], False),
        ("pain, at the site of the injection", ["at the site of the injection"], False),
        ("an artery or wall of the heart", ["wall of the heart"], False),
        ("back pain", ["back pain"], True),
        ("dry eyes and skin", ["dry", "skin"], True),
        ("pain in arms, legs", ["pain in", "legs"], True),
    ],
)
def test_organs_alone_are_no_finding(text, marked, expected):
    ranges = words(text)
    parts = []
    for quote in marked:
        place = text.index(quote)
        inside = [n for n, (a, b) in enumerate(ranges) if place <= a and b <= place + len(quote)]
        parts.append((inside[0], inside[-1] + 1))
    edges = Edges(text, ranges)
    assert bool(edges.mended(tuple(parts), is_finding=True)) is expected


@pytest.mark.parametrize("word", ["increased", "Abdominal", "severe", "skin"])
def test_a_word_that_is_no_finding_by_itself_may_be_another_name(word):
    edges = Edges(word, words(word))
    assert edges.mended(((0, 1),)) == ((0, 1),)
    assert edges.mended(((0, 1),), is_finding=True) == ()


def test_a_heading_glued_to_the_same_name_is_no_part_of_it():
    assert _mended("4.1 RashRash was seen", "RashRash") == ["Rash"]
    assert _mended("Low pulseLow pulse", "Low pulseLow pulse") == ["Low pulse"]
    assert _mended("dodo", "dodo") == ["dodo"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Back pain     Rash   Cough", ["Back pain", "Rash", "Cough"]),
        ("Rash \n                                <", ["Rash", "<"]),
        ("back\n        pain", ["back\n        pain"]),  # a line that is set in
        ("back  pain", ["back  pain"]),
    ],
)
def test_a_mention_ends_with_its_cell(text, cells):
    ranges = words(text)
    found = Edges(text, ranges).cells(((0, len(ranges)),))
    assert [text[ranges[a][0] : ranges[b - 1][1]] for ((a, b),) in found] == cells


def test_parts_of_a_name_may_stand_in_several_cells():
    assert Edges("ALT     high", [(0, 3), (8, 12)]).cells(((0, 1), (1, 2))) == [((0, 1), (1, 2))]


@given(st.text("ab-,. of\n1", min_size=1, max_size=30), st.data())
def test_what_is_left_stands_in_order_and_in_words(text, data):
    ranges = words(text)
    if not ranges:
        return
    start = data.draw(st.integers(0, len(ranges) - 1))
    end = data.draw(st.integers(start + 1, len(ranges)))
    edges = Edges(text, ranges)
    whole = edges.mended(((start, end),))
    for a, b in whole:
        assert max(start - 1, 0) <= a < b <= end
    if whole:
        for a, b in edges.characters(whole):
            assert text[a:b] == text[a:b].strip() != ""


def test_every_row_has_an_example_that_it_fits():
    import re

    rows = read_table("mention_edges.tsv", ("edge", "pattern", "example"))
    for row in rows:
        if row.text("edge") != "whole":
            marked = re.findall(r"\|([^|]+)\|", row.text("example"))
            assert any(row.compiled("pattern").fullmatch(one.strip()) for one in marked), row.where
