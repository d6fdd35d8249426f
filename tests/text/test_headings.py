from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.headings import (
    Heading,
    find_headings,
    section_labels,
    type_of_heading,
    type_of_loinc,
)

_LINES = st.sampled_from(
    ["4.8 Undesirable effects", "DOSAGE", "WARNINGS AND PRECAUTIONS", "# Interactions", "", "",
     "It is taken daily.", "1. What Zynovia is and what it is used for", "Overdose: call.", "• x",
     "5.10 Hepatic Events", "SOME OTHER LINE", "| a | b |", "Uses", "**Storage**", "  Pregnancy"]
)  # fmt: skip
_TEXTS = st.one_of(st.lists(_LINES, max_size=12).map("\n".join), st.text(max_size=80))


def _shown(found: tuple[Heading, ...]) -> list[tuple[str, str | None]]:
    return [(heading.title, heading.type and heading.type.label) for heading in found]


@given(_TEXTS, st.booleans())
def test_headings_are_in_order_and_stand_where_they_are_said_to(text: str, run_in: bool) -> None:
    done = 0
    for heading in find_headings(text, run_in=run_in):
        assert done <= heading.start < heading.end <= len(text)
        assert heading.title in text[heading.start : heading.end]
        assert "\n" not in text[heading.start : heading.end]
        assert heading.level >= 1
        done = heading.end


@given(st.text(max_size=60))
def test_a_type_is_of_a_known_label(title: str) -> None:
    kind = type_of_heading(title)
    assert kind is None or kind.label in section_labels()


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Adverse reactions", "ADVERSE_REACTIONS"),
        ("  6   ADVERSE\u00a0 REACTIONS: ", "ADVERSE_REACTIONS"),
        ("## 4.8. Undesirable effects", "ADVERSE_REACTIONS"),
        ("**Uses**", "INDICATIONS"),
        ("Section 7 Drug Interactions", "INTERACTIONS"),
        ("What you shouldn’t know", None),
        ("", None),
        ("4.8", None),
        ("Adverse reactions were mild", None),
        ("a" * 300, None),
    ],
)
def test_type_of_heading(title: str, label: str | None) -> None:
    kind = type_of_heading(title)
    assert (kind and kind.label) == label


def test_a_code_that_is_no_spl_section_has_no_type() -> None:
    assert type_of_loinc("12345-6") is None


def test_every_text_has_a_label_to_fall_back_on() -> None:
    assert "OTHER" in section_labels()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OVERDOSAGE\nCall a doctor.", [("OVERDOSAGE", "OVERDOSE")]),
        ("Overdose\nCall a doctor.", [("Overdose", "OVERDOSE")]),
        ("It is safe.\nOverdose\nCall.", [("Overdose", "OVERDOSE")]),
        ("It is safe in\nOverdose\nCall.", []),
        ("It is safe.\nOverdose\nis rare.", []),
        ("It is safe.\nOverdose:\nCall.", [("Overdose", "OVERDOSE")]),
        ("It is safe.\n10 Overdosage\nCall.", [("10 Overdosage", "OVERDOSE")]),
        ("Overdose: call a doctor.", [("Overdose", "OVERDOSE")]),
        ("Note: call a doctor.", []),
        ("# Chemistry\nIt is an acid.", [("Chemistry", None)]),
        ("5.10 Hepatic Events\nThey are rare.", [("5.10 Hepatic Events", None)]),
        ("5.10 mg are enough", []),
        ("Overdose | Call", []),
        ("Pregnancy.", []),
        ("Overdose " + "and more " * 20, []),
        ("\nHELLO WORLD\nIt is so.", [("HELLO WORLD", None)]),
    ],
)
def test_find_headings(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert _shown(find_headings(text)) == expected


def test_levels_follow_the_numbers() -> None:
    text = "4. CLINICAL PARTICULARS\n\n4.8 Undesirable effects\n\nText.\n\nOverdose\n\nText."
    assert [heading.level for heading in find_headings(text)] == [1, 2, 3]
    assert [heading.number for heading in find_headings(text)] == ["4", "4.8", ""]


def test_levels_follow_the_marks_of_markdown() -> None:
    assert [h.level for h in find_headings("# Uses\nx\n\n### Dosage\nx\n\n## Overdose\nx")] == [
        1,
        3,
        2,
    ]


def test_a_body_begins_after_the_label_of_a_line() -> None:
    (heading,) = find_headings("Overdose: call a doctor.")
    assert (heading.start, heading.end) == (0, 10)


CONTENTS = "Uses\n\nDosage\n\nOverdose\n\nPregnancy\n\n"
BODIES = "Uses\nA.\n\nDosage\nB.\n\nOverdose\nC.\n\nPregnancy\nD.\n"


def test_a_table_of_contents_is_left_out_where_its_labels_come_again() -> None:
    found = find_headings(CONTENTS + BODIES)
    assert _shown(found) == _shown(find_headings(BODIES))
    assert found[0].start == len(CONTENTS)
    assert len(find_headings(CONTENTS)) == 4


def test_headings_in_a_row_stay_where_their_labels_come_once() -> None:
    assert len(find_headings(CONTENTS + "Text.")) == 4


def test_few_headings_in_a_row_are_no_table_of_contents() -> None:
    assert len(find_headings("Dosage\n\nOverdose\n\n" + BODIES)) == 6
    assert len(find_headings(CONTENTS + "Text.\n\nUses\nA.")) == 5


def test_run_in_headings_are_found_on_demand() -> None:
    text = "Driving and using machines You may feel dizzy."
    assert find_headings(text) == ()
    assert _shown(find_headings(text, run_in=True)) == [("Driving and using machines", "DRIVING")]
