from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.sentences import split_units
from monograph_nlp.text.units import MASK, Unit, UnitMention, build_units, mask

_WORDS = st.sampled_from(
    ["examplinib ", "rash ", "it. ", "Common:\n", "• ", "\n", "\n\n", "A | B\n", "The end. ", "x"]
)


def _mentions(text: str) -> list[UnitMention]:
    return [
        UnitMention(i, "DRUG" if m[0] == "examplinib" else "CONDITION", m.start(), m.end(),
                    "present", m[0] == "examplinib")
        for i, m in enumerate(re.finditer(r"examplinib|rash", text))
    ]  # fmt: skip


def _units(text: str, sections: list[tuple[int, int, str]] | None = None) -> list[Unit]:
    blocks = split_blocks(text)
    units = list(split_units(text, blocks))
    return list(build_units(text, blocks, units, sections or [], _mentions(text)))


@given(st.lists(_WORDS, max_size=14).map("".join))
def test_each_mention_stands_in_one_unit_at_its_place(text: str) -> None:
    mentions = _mentions(text)
    done = 0
    held = []
    for unit in _units(text):
        assert done <= unit.start < unit.end
        assert unit.text == text[unit.start : unit.end].replace("\n", " ")
        assert len(unit.masked) == len(unit.text)
        assert "examplinib" not in unit.masked + unit.header
        assert unit.names_subject or MASK not in unit.masked
        for mention in unit.mentions:
            found = mentions[mention.index]
            assert unit.start + mention.start == found.start
            assert unit.text[mention.start : mention.end] == text[found.start : found.end]
            held.append(mention.index)
        done = unit.end
    assert held == list(range(len(mentions)))


def test_a_unit_without_a_mention_is_left_out() -> None:
    assert [unit.text for unit in _units("No. A rash. No.")] == ["A rash."]


def test_a_mention_that_crosses_the_end_of_a_unit_is_in_none() -> None:
    text = "A rash. It is so."
    blocks = split_blocks(text)
    crossing = UnitMention(0, "CONDITION", 2, 12, "present", False)
    (unit,) = build_units(text, blocks, list(split_units(text, blocks)), [], [crossing])
    assert (unit.text, unit.mentions) == ("A rash.", ())


def test_a_row_is_one_unit_and_knows_the_first_row() -> None:
    header, row = "Event | examplinib", "rash | 5"
    first, second = _units(f"{header}\n{row}")
    assert (first.text, first.header, second.kind) == (header, "", "row")
    assert (second.text, second.headers) == (row, ((0, len(header)),))
    assert second.header == f"Event | {MASK * 10}"


def test_headers_are_the_outermost_first() -> None:
    (unit,) = _units("Tell us:\n• skin:\n  ◦ rash")
    assert (unit.kind, unit.header) == ("item", "Tell us:\nskin:")


def test_the_innermost_section_gives_the_label() -> None:
    sections = [(0, 30, "OUTER"), (8, 20, "INNER")]
    text = "A rash. A rash. So.  A rash. End."
    assert [unit.section for unit in _units(text, sections)] == ["OUTER", "INNER", "OUTER"]
    assert [unit.section for unit in _units(text)] == ["", "", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rash with examplinib", True),
        ("It gives a rash", True),
        ("Its rash", True),
        ("This medicine gives a rash", True),
        ("With the drug, rash", True),
        ("An item is a rash", False),
        ("These drugs give a rash", False),
    ],
)
def test_names_subject(text: str, expected: bool) -> None:
    assert _units(text)[0].names_subject is expected


def test_mask_keeps_the_length_and_takes_overlaps_once() -> None:
    assert mask("abcdef", [(1, 3), (2, 4), (5, 6)]) == "a§§de§"
    assert mask("abc", []) == "abc"


def test_an_arm_named_by_letters_that_are_defined_is_the_subjects() -> None:
    text = "ExD = examplinib plus D\n\nEvent | ExD arm | D arm\nrash | 5% | 2%"
    row = _units(text)[-1]
    assert row.header == f"Event | {MASK * 3} arm | D arm"


def test_a_name_may_be_glued_to_a_dose_in_a_header() -> None:
    row = _units("examplinib is it.\n\nEvent | xxamplinib | examplinib60 mg\nrash | 5% | 2%")[-1]
    assert row.header.endswith(f"{MASK * 10}60 mg")


def test_a_row_knows_the_title_of_its_table() -> None:
    row = _units("Table 1. Share (%)\n\nA note\n\nEvent | Drug\nTest | 1\nrash | 5")[-1]
    assert row.title == "Table 1. Share (%)"
    assert _units("Event | Drug\nrash | 5")[-1].title == ""


def _header_over(definition: str) -> str:
    """Return the masked header of a row, after a sentence that says what a column's short form is."""
    text = f"{definition}\n\nEvent | EBd (%) | Bd (%)\nrash | 5 | 3"
    (unit,) = (unit for unit in _units(text) if unit.kind == "row" and "rash" in unit.text)
    return unit.header


def test_a_short_form_of_the_subject_with_others_is_its_arm() -> None:
    told = "A trial of examplinib with bortezomib and dexamethasone (EBd) against both (Bd)."
    assert _header_over(told) == f"Event | {MASK * 3} (%) | Bd (%)"


@pytest.mark.parametrize(
    "told",
    [
        "A trial of examplinib with ebdomycin (EBd) against both (Bd).",
        "A trial of others with bortezomib and dexamethasone (EBd) against both (Bd).",
        "A trial of examplinib. Dexamethasone with bortezomib (EBd) against both (Bd).",
    ],
)
def test_a_short_form_of_others_is_not(told: str) -> None:
    assert _header_over(told) == "Event | EBd (%) | Bd (%)"


def test_a_column_of_one_substance_of_a_combination_is_not_the_subjects() -> None:
    text = "Event | examplinib 5 mg | examplinib/examplinib 5 mg\nrash | 5 | 3"
    blocks = split_blocks(text)
    rest = (_mentions(text), None, ["examplinib"])
    units = build_units(text, blocks, list(split_units(text, blocks)), [], *rest)
    header = next(unit.header for unit in units if "rash" in unit.text)
    assert header == f"Event | examplinib 5 mg | {MASK * 10}/{MASK * 10} 5 mg"
