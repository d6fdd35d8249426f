from __future__ import annotations

import pytest

LEAFLET = """Examplinib 10 mg tablets

4.1 Therapeutic indications
Examplinib is indicated for asthma.

4.3 Contraindications
Severe hepatic impairment.

4.8 Undesirable effects
Common: headache, nausea."""


def test_headings_make_sections_that_hold_their_line_and_their_body(alone):
    doc = alone(LEAFLET, "sections")
    found = {section["label"]: section for section in doc._.sections}
    assert {"INDICATIONS", "CONTRAINDICATIONS", "ADVERSE_REACTIONS"} <= set(found)
    adverse = found["ADVERSE_REACTIONS"]
    assert adverse["origin"] == "heading"
    assert adverse["smpc"] == "4.8"
    whole = doc.text[adverse["start"] : adverse["end"]]
    assert whole == "4.8 Undesirable effects\nCommon: headache, nausea."
    assert doc.text[adverse["body_start"] : adverse["end"]].strip() == "Common: headache, nausea."


def test_the_spans_say_the_same_as_the_plain_sections(alone):
    doc = alone(LEAFLET, "sections")
    filled = [section for section in doc._.sections if section["start"] < section["end"]]
    assert [(span.label_, span.text) for span in doc.spans["sections"]] == [
        (section["label"], doc.text[section["start"] : section["end"]].strip())
        for section in filled
    ]


def test_what_the_source_marks_is_kept_with_its_index(alone):
    import spacy

    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_sections")
    doc = nlp.make_doc("It treats asthma.\nIt may cause nausea.")
    doc._.given_sections = [
        {"title": "", "start": 0, "end": 17, "body_start": 0, "label": "INDICATIONS"},
        {"title": "", "start": 18, "end": 38, "body_start": 18, "loinc": "34084-4"},
    ]
    component(doc)
    assert [(s["label"], s["origin"], s["source"]) for s in doc._.sections] == [
        ("INDICATIONS", "source", 0),
        ("ADVERSE_REACTIONS", "source", 1),
    ]


def test_literature_is_set_aside(alone):
    doc = alone(LEAFLET + "\n\nReferences\n1. Doe J. A trial of examplinib. 2020.", "sections")
    (zone,) = doc._.set_aside
    assert zone["kind"] == "boilerplate"
    assert doc.text[zone["start"] : zone["end"]].startswith("References")


@pytest.mark.parametrize("text", ["", "\n", " \n\n ", "One line.", "\n\n4.8 Undesirable effects"])
def test_sections_lie_in_the_text_whatever_it_is(alone, text):
    doc = alone(text, "sections")
    assert all(0 <= s["start"] <= s["body_start"] <= len(text) for s in doc._.sections)
    assert all(s["start"] <= s["end"] <= len(text) for s in doc._.sections)
