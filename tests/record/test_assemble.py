from __future__ import annotations

from dataclasses import replace

import pytest

from monograph_nlp.pipeline import provenance, run, to_doc
from monograph_nlp.read import read_text
from monograph_nlp.record.assemble import assemble
from monograph_nlp.record.codec import to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Record, SourceSection

TEXT = (
    "Velumatinib\u00a0(Zynovia) is a kinase in\u00adhibitor.\r\n\r\n"
    "It is indicated for rheu\u200bmatoid arthritis (RA). RA is chronic.\r\n\r\n"
    "Adverse reactions\r\n\r\nSide eﬀects include nausea and “rash”.\r\n\r\n本药品仅供测试使用，不构成建议。"
)


@pytest.fixture(scope="module")
def record(nlp) -> Record:
    (made,) = run(nlp, [read_text(TEXT, "velumatinib")], with_text=True)
    return made


def test_the_record_is_valid_and_quotes_the_original(record):
    assert problems(to_dict(record)) == []
    quotes = {mention.text for mention in record.mentions}
    assert {"kinase in\u00adhibitor", "rheu\u200bmatoid arthritis", "nausea"} <= quotes
    assert any("\u00a0" in evidence.text for fact in record.facts for evidence in fact.evidence)


def test_a_name_is_the_concepts_and_the_text_is_the_documents(record):
    (indication,) = [fact for fact in record.facts if fact.predicate == "has_indication"]
    assert indication.object.text == "rheu\u200bmatoid arthritis"
    assert indication.object.name == "rheumatoid arthritis"
    assert indication.object.concept.id.startswith("mesh:")
    assert indication.subject.name == "velumatinib"
    assert indication.subject.mention is None


def test_an_abbreviation_keeps_its_long_form(record):
    short = [mention for mention in record.mentions if mention.text == "RA"]
    assert {mention.long_form for mention in short} == {"rheumatoid arthritis"}


def test_the_subject_has_what_the_facts_say_of_it(record):
    assert record.subject.name == "velumatinib"
    assert record.subject.brand_names == ("Zynovia",)
    assert record.subject.drug_classes == ("kinase inhibitor",)


def test_ids_follow_the_order_of_the_text(record):
    for name, letter in (("sections", "s"), ("mentions", "m"), ("facts", "f"), ("issues", "i")):
        items = getattr(record, name)
        assert [item.id for item in items] == [f"{letter}{n}" for n in range(1, len(items) + 1)]
    starts = [mention.spans[0][0] for mention in record.mentions]
    assert starts == sorted(starts)


def test_every_place_lies_in_the_section_that_is_named(record):
    ranges = {section.id: (section.start, section.end) for section in record.sections}
    named = [(m.section, m.spans[0][0]) for m in record.mentions]
    named += [(e.section, e.start) for fact in record.facts for e in fact.evidence]
    assert any(section for section, _ in named)
    for section, start in named:
        if section is not None:
            assert ranges[section][0] <= start < ranges[section][1]


def test_the_id_says_document_content_and_configuration(nlp):
    def id_of(text, id, made_by):
        monograph = read_text(text, id)
        doc, normalized = to_doc(nlp, monograph)
        return assemble(doc, monograph, normalized, made_by).id

    made_by = provenance(nlp)
    first = id_of("It treats flu.", "a", made_by)
    assert first == id_of("It treats flu.", "a", made_by)
    assert first.startswith("a@")
    others = {
        id_of("It treats flu!", "a", made_by),
        id_of("It treats flu.", "b", made_by),
        id_of("It treats flu.", "a", replace(made_by, config_hash="x")),
        id_of("It treats flu.", "a", replace(made_by, rules_hash="x")),
    }
    assert len(others | {first}) == 5


def test_sections_of_the_source_keep_their_offsets_to_the_character(nlp):
    text = "\u200bIt is indicated for flu.\u200b\n\u00adNausea\u00ad"
    given = (
        SourceSection("", 0, 26, 0, label="INDICATIONS"),
        SourceSection("", 27, len(text), 27, loinc="34084-4"),
    )
    monograph = replace(read_text(text, "x"), sections=given)
    (record,) = run(nlp, [monograph])
    assert [(s.start, s.end, s.label) for s in record.sections] == [
        (0, 26, "INDICATIONS"),
        (27, len(text), "ADVERSE_REACTIONS"),
    ]


def test_the_title_is_the_documents_or_its_first_line(nlp):
    (untitled,) = run(nlp, [read_text("\n  Velumatinib tablets \nIt works.", "x")])
    assert untitled.document.title == "Velumatinib tablets"
    (titled,) = run(nlp, [replace(read_text("It works.", "x"), title="Zynovia")])
    assert titled.document.title == "Zynovia"
    (long,) = run(nlp, [read_text("word " * 100, "x")])
    assert long.document.title == ""


def test_a_record_carries_its_text_only_where_it_is_asked_to(nlp, record):
    assert record.text == TEXT
    (without,) = run(nlp, [read_text(TEXT, "velumatinib")])
    assert without.text is None
    assert replace(record, text=None) == without
