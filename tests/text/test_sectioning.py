from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.headings import section_labels
from monograph_nlp.text.sectioning import find_sections
from monograph_nlp.types import SourceSection

_DOSE = "The recommended dose is 20 mg once daily. The dose may be raised to 40 mg twice daily."
_EVENTS = "Adverse reactions were mild. The most common adverse events were rash and fever."
_LINES = st.sampled_from(
    ["4.8 Undesirable effects", "DOSAGE", "# Interactions", "## Notes", "", "", "SOME OTHER LINE",
     "It is taken daily.", _DOSE, _EVENTS, "1. What Zynovia is and what it is used for", "• rash",
     "2. What you need to know before you take Zynovia", "3. How to take Zynovia", "Uses: gout",
     "Driving and using machines You may feel dizzy.", "A | B", "5.10 Hepatic Events"]
)  # fmt: skip
_TEXTS = st.lists(_LINES, max_size=14).map("\n".join)
_TITLES = st.sampled_from(["Dosage", "4.8 Undesirable effects", "Notes", "", "notes, too", "1. A"])


@st.composite
def _given(draw: st.DrawFn, size: int) -> list[SourceSection]:
    """Draw sections as readers yield them: nested, in document order, bodies inside."""
    found: list[SourceSection] = []
    waiting: list[tuple[int, int, int | None]] = [(0, size, None)]
    for _ in range(draw(st.integers(0, 6))):
        low, high, parent = waiting.pop()
        start = draw(st.integers(low, high))
        end = draw(st.integers(start, high))
        body = draw(st.integers(start, end))
        loinc = draw(st.sampled_from([None, "34084-4", "99999-9"]))
        found.append(SourceSection(draw(_TITLES), start, end, body, None, None, loinc, parent))
        waiting += [(end, high, parent), (body, end, len(found) - 1)]
    return found


@given(_TEXTS, st.data())
@settings(deadline=None)
def test_sections_are_in_order_inside_the_text_and_inside_their_parents(
    text: str, data: st.DataObject
) -> None:
    given_ = data.draw(_given(len(text)))
    found = find_sections(text, given_, split_blocks(text), ())
    starts = [section.start for section in found]
    assert starts == sorted(starts)
    ours = [(section.start, -section.end) for section in found if section.origin != "source"]
    assert ours == sorted(ours)
    kept = [section.source for section in found if section.source is not None]
    assert kept == sorted(kept)
    for index, section in enumerate(found):
        assert 0 <= section.start <= section.body_start <= section.end <= len(text)
        assert section.label in section_labels()
        assert 0 <= section.score <= 1
        if section.parent is not None:
            parent = found[section.parent]
            assert section.parent < index
            assert parent.start <= section.start <= section.end <= parent.end


def _sections(text: str, *given_: SourceSection) -> list[tuple[str, str, str]]:
    found = find_sections(text, given_, split_blocks(text), ())
    return [(section.origin, section.label, section.title) for section in found]


def test_heading_lines_open_sections_that_end_where_the_next_begins() -> None:
    text = f"DOSAGE\n{_DOSE}\n\nADVERSE REACTIONS\n{_EVENTS}"
    first, second = find_sections(text, (), split_blocks(text), ())
    assert (first.label, first.loinc, first.smpc) == ("DOSAGE", "34068-7", "4.2")
    assert text[first.body_start : first.end].strip() == _DOSE
    assert text[second.body_start : second.end].strip() == _EVENTS
    assert {first.origin, second.origin} == {"heading"}


def test_prose_without_headings_is_typed_by_what_it_says() -> None:
    text = f"Zynovia\n\n{_DOSE}\n\n{_EVENTS}"
    assert _sections(text) == [
        ("inferred", "DOSAGE", ""),
        ("inferred", "ADVERSE_REACTIONS", ""),
    ]


def test_a_first_line_that_ends_like_a_sentence_is_no_title() -> None:
    assert _sections(_DOSE) == [("inferred", "DOSAGE", "")]


def test_a_code_that_is_not_known_is_kept() -> None:
    (section,) = find_sections("x", [SourceSection("Notes", 0, 1, 0, loinc="99999-9")], (), ())
    assert (section.label, section.loinc, section.score) == ("OTHER", "99999-9", 0.0)


def test_barred_prose_is_not_typed() -> None:
    text = f"Zynovia\n\n{_DOSE}\n\n{_EVENTS}"
    barred = [(text.index(_DOSE), text.index(_DOSE) + 5)]
    found = find_sections(text, (), split_blocks(text), barred)
    assert [section.label for section in found] == ["ADVERSE_REACTIONS"]


def test_a_short_statement_of_use_is_one_of_the_indications() -> None:
    assert [label for _, label, _ in _sections("Relieves itching.")] == ["INDICATIONS"]
    listed = "Zynovia is indicated:\n• To relieve a cough\n• Sneezing"
    assert [label for _, label, _ in _sections(listed)] == ["INDICATIONS"]


def test_a_short_text_without_headings_has_no_section() -> None:
    assert _sections("Take 5 mg once daily.") == []
    assert _sections("") == []


def test_a_section_of_the_source_is_typed_by_its_code_before_its_title() -> None:
    text = "Side issues\nRash.\n\nDosage\n5 mg."
    assert _sections(
        text,
        SourceSection("Side issues", 0, 18, 11, loinc="34084-4"),
        SourceSection("Dosage", 19, len(text), 25, loinc="42229-5"),
    ) == [
        ("source", "ADVERSE_REACTIONS", "Side issues"),
        ("source", "DOSAGE", "Dosage"),
    ]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("ADVERSE_REACTIONS", "ADVERSE_REACTIONS"),
        ("adverse reactions", "ADVERSE_REACTIONS"),
        ("no such label", "DOSAGE"),
    ],
)
def test_a_label_that_the_input_gives_is_taken(label: str, expected: str) -> None:
    (section,) = find_sections(
        "5 mg.", [SourceSection("Dosage", 0, 5, 0, label=label)], split_blocks("5 mg."), ()
    )
    assert section.label == expected
    assert section.source == 0


def test_headings_inside_a_section_of_the_source_are_its_children() -> None:
    text = "Warnings\n5.10 Hepatic Events\nThey are rare.\n\nOverdose:\nCall."
    warnings, topic, overdose = find_sections(
        text, [SourceSection("Warnings", 0, len(text), 8)], split_blocks(text), ()
    )
    assert (topic.parent, overdose.parent) == (0, 1)
    # a numbered heading inside warnings is a topic of theirs
    assert (warnings.label, topic.label) == ("WARNINGS_AND_PRECAUTIONS",) * 2
    assert overdose.label == "OVERDOSE"
    assert topic.score < warnings.score


def test_a_subsection_without_a_type_takes_its_parents() -> None:
    text = "# Dosage\nOne.\n\n## In the morning\nTwo."
    parent, child = find_sections(text, (), split_blocks(text), ())
    assert (parent.label, child.label, child.parent) == ("DOSAGE", "DOSAGE", 0)


def test_a_heading_that_says_nothing_is_typed_by_its_prose() -> None:
    text = f"# Zynovia day by day\n{_DOSE}"
    (section,) = find_sections(text, (), split_blocks(text), ())
    assert (section.label, section.origin, section.title) == (
        "DOSAGE",
        "heading",
        "Zynovia day by day",
    )
    assert 0 < section.score < 1
