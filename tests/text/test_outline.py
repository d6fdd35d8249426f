"""The tree of sections: order, nesting, inheritance, and outlines that markup got wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monograph_nlp.text.outline import TypedSection, inherited, mended, nested, ordered

_BLANK = TypedSection("OTHER", "", 0, 0, 0, None, None, "source", 1.0)


def _section(title: str, start: int, end: int, **changes: object) -> TypedSection:
    return replace(_BLANK, title=title, start=start, end=end, body_start=start, **changes)


def _tree(found: list[TypedSection]) -> list[tuple[str, int | None]]:
    return [(section.title, section.parent) for section in found]


def test_list_items_that_are_marked_as_headings_belong_to_the_section_before() -> None:
    found = [
        _section("Do not take it", 0, 14, label="CONTRAINDICATIONS", source=0),
        _section("if you are allergic to it", 16, 41, source=1),
        _section("if you have gout; ask first.", 43, 70, source=2),
        _section("How to take it", 72, 90, label="DOSAGE", source=3),
    ]
    first, second = mended(found)
    assert (first.title, first.end, first.source) == ("Do not take it", 70, None)
    assert (second.title, second.end, second.source) == ("How to take it", 90, 3)


@pytest.mark.parametrize("title", ["Storage", "Use in children", "x" * 140])
def test_a_heading_of_no_known_type_stays_a_heading(title: str) -> None:
    found = [_section("Dosage", 0, 9, label="DOSAGE"), _section(title.capitalize(), 9, 200)]
    assert len(mended(found)) == 2


def test_chapters_hold_the_headings_up_to_the_next_chapter() -> None:
    found = [
        _section("Leaflet", 0, 100),
        _section("1. What it is", 10, 20, parent=0),
        _section("Do not take it", 20, 30, parent=0),
        _section("2. How to take it", 30, 40, parent=0, source=3),
        _section("3. Side effects", 40, 50, parent=0),
        _section("Serious ones", 50, 60, parent=0),
    ]
    result = mended(found)
    assert _tree(result) == [
        ("Leaflet", None),
        ("1. What it is", 0),
        ("Do not take it", 1),
        ("2. How to take it", 0),
        ("3. Side effects", 0),
        ("Serious ones", 4),
    ]
    assert [section.end for section in result] == [100, 30, 30, 40, 60, 60]
    assert result[3].source == 3  # nothing was joined to it


def test_two_numbered_headings_are_no_chapters() -> None:
    found = [_section("1. One", 0, 5), _section("Between", 5, 9), _section("2. Two", 9, 12)]
    assert _tree(mended(found)) == [("1. One", None), ("Between", None), ("2. Two", None)]


def test_an_empty_section_keeps_its_place_before_the_one_that_starts_there() -> None:
    found = [
        _section("product data", 0, 0),
        _section("1 INDICATIONS", 0, 50),
        _section("1.1 Gout", 20, 50, parent=1),
    ]
    assert _tree(ordered(found)) == [
        ("product data", None),
        ("1 INDICATIONS", None),
        ("1.1 Gout", 1),
    ]


def test_found_headings_are_sorted_outer_before_inner_and_after_the_source() -> None:
    found = [
        _section("given", 0, 50),
        _section("inner", 5, 20, origin="heading"),
        _section("outer", 5, 50, origin="heading", parent=0),
        _section("first", 0, 5, origin="heading"),
    ]
    result = list(nested(ordered(found)))
    assert _tree(result) == [("given", None), ("first", 0), ("outer", 0), ("inner", 2)]


def test_sections_of_the_source_are_nested_as_the_source_says_only() -> None:
    found = [_section("around", 0, 50), _section("beside", 10, 20)]
    assert _tree(list(nested(found))) == [("around", None), ("beside", None)]


@pytest.mark.parametrize(
    ("parent", "title", "label", "expected"),
    [
        ("ADVERSE_REACTIONS", "6.1 Blood", "OTHER", "ADVERSE_REACTIONS"),
        (
            "WARNINGS_AND_PRECAUTIONS",
            "5.10 Hepatic Impairment",
            "SPECIAL_POPULATIONS",
            "WARNINGS_AND_PRECAUTIONS",
        ),
        (
            "WARNINGS_AND_PRECAUTIONS",
            "Hepatic Impairment",
            "SPECIAL_POPULATIONS",
            "SPECIAL_POPULATIONS",
        ),
        ("BOXED_WARNING", "WARNING", "WARNINGS_AND_PRECAUTIONS", "BOXED_WARNING"),
        ("ADVERSE_REACTIONS", "6.3 Immunogenicity", "IMMUNOGENICITY", "IMMUNOGENICITY"),
        ("OTHER", "6.1 Blood", "OTHER", "OTHER"),
    ],
)
def test_what_a_subsection_takes_from_its_parent(
    parent: str, title: str, label: str, expected: str
) -> None:
    found = [
        _section("above", 0, 50, label=parent, smpc="4.8"),
        _section(title, 5, 20, label=label, origin="heading", parent=0, loinc="1-1"),
    ]
    below = list(inherited(iter(found)))[1]
    assert below.label == expected
    assert below.loinc == "1-1"
    assert (below.score < 1.0) == (below.label != label)
