from __future__ import annotations

import pytest

PROSE = "Examplinib is indicated for the treatment of rheumatoid arthritis in adult patients."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Skip to main content", "boilerplate"),
        ("本文件仅用于测试，不构成医疗建议。", "other_language"),
        ("Dieses Dokument dient nur der Prüfung und ist für die Behandlung nicht bestimmt.", None),
    ],
)
def test_what_states_nothing_is_set_aside_and_the_prose_beside_it_is_not(alone, line, kind):
    doc = alone(f"{PROSE}\n\n{line}\n\n{PROSE}", "set_aside")
    (zone,) = doc._.set_aside
    assert doc.text[zone["start"] : zone["end"]] == line
    assert zone["kind"] == (kind or "other_language")
    assert [(span.label_, span.text) for span in doc.spans["set_aside"]] == [(zone["kind"], line)]


def test_english_is_left_alone(alone):
    doc = alone(f"{PROSE}\n{PROSE}", "set_aside")
    assert doc._.set_aside == []
    assert list(doc.spans["set_aside"]) == []


def test_nothing_that_is_set_aside_becomes_a_mention(alone):
    line = (
        "Bei Kindern ist die Behandlung mit Ibuprofen nicht zu empfehlen, und sie ist nicht sicher."
    )
    doc = alone(f"{PROSE}\n\n{line}", "set_aside", "lexical", "mentions")
    assert any("Ibuprofen" in span.text for span in doc.spans["lexical"])
    assert not any("Ibuprofen" in span.text for span in doc.spans["mentions"])


def test_another_language_can_be_the_one_that_is_read(alone):
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe("monograph_set_aside", config={"language": "de"})
    line = "Dieses Dokument dient nur der Prüfung und ist für die Behandlung nicht bestimmt."
    assert nlp(line)._.set_aside == []
