from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.inference import Stretch, infer_sections

_SENTENCES = st.sampled_from(
    ["Adverse reactions were mild. ", "It is contraindicated in children. ", "An aside. ", "Yes! ",
     "The recommended dose is 10 mg once daily. ", "Overdose causes sleep. ", "word ", "\n"]
)  # fmt: skip
_DOSE = "The recommended dose is 20 mg once daily. It may be taken with food. "
_EVENTS = "Adverse reactions were mild. The most common adverse events were rash and fever. "


def _inferred(text: str) -> list[tuple[str, str]]:
    return [(s.label, text[s.start : s.end]) for s in infer_sections(text, ((0, len(text)),))]


@given(st.lists(st.lists(_SENTENCES, max_size=6).map("".join), max_size=4))
def test_stretches_are_in_order_and_cover_the_paragraphs(paragraphs: list[str]) -> None:
    text, ranges = "", []
    for paragraph in paragraphs:
        ranges.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    found = infer_sections(text, tuple(ranges))
    done = 0
    for stretch in found:
        assert done <= stretch.start < stretch.end
        assert 0 <= stretch.score < 1
        assert (stretch.score > 0) is (stretch.label != "OTHER")
        done = stretch.end
    covered = {place for s in found for place in range(s.start, s.end)}
    assert {place for start, end in ranges for place in range(start, end)} <= covered
    assert all(a.label != b.label for a, b in pairwise(found))


def test_a_paragraph_is_typed_by_what_it_says() -> None:
    assert _inferred(_DOSE) == [("DOSAGE", _DOSE)]
    assert _inferred(_EVENTS) == [("ADVERSE_REACTIONS", _EVENTS)]


def test_a_paragraph_that_changes_its_subject_is_parted() -> None:
    assert _inferred(_DOSE + _EVENTS) == [("DOSAGE", _DOSE), ("ADVERSE_REACTIONS", _EVENTS)]


def test_neighbours_of_one_label_are_one_stretch() -> None:
    text = f"{_DOSE}\n\n{_DOSE}\n\n{_EVENTS}"
    first, second = len(_DOSE), 2 * len(_DOSE) + 2
    ranges = ((0, first), (first + 2, second), (second + 2, len(text)))
    found = infer_sections(text, ranges)
    assert [(s.label, s.start, s.end) for s in found] == [
        ("DOSAGE", 0, second),
        ("ADVERSE_REACTIONS", second + 2, len(text)),
    ]


def test_too_little_said_is_no_type() -> None:
    text = "The sun was out. We had a pleasant walk."
    assert infer_sections(text, ((0, len(text)),)) == (Stretch(0, len(text), "OTHER", 0.0),)


def test_nothing_gives_nothing() -> None:
    assert infer_sections("", ()) == ()
