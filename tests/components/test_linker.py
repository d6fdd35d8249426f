from __future__ import annotations

from time import perf_counter

import pytest
import spacy
from spacy.tokens import Span


def linked(text: str, label: str, **attributes: object) -> Span:
    """Link a mention that is the whole text; the span keeps its document alive."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_linker")
    doc = nlp.make_doc(text)
    for name, value in attributes.items():
        setattr(doc._, name, value)
    doc.spans["mentions"] = [Span(doc, 0, len(doc), label)]
    (span,) = component(doc).spans["mentions"]
    return span


@pytest.mark.parametrize(
    ("text", "how", "score"),
    [
        ("ibuprofen", "name", 1.0),
        ("IBUPROFEN", "name", 1.0),
        ("heart attack", "synonym", 0.97),
        ("headaches", "variant", 0.95),
    ],
)
def test_a_name_links_and_the_candidate_says_why(text, how, score):
    label = "DRUG" if "ibu" in text.lower() else "CONDITION"
    span = linked(text, label)
    assert span.kb_id_.startswith(("mesh:", "drugbank:", "unii:"))
    (candidate,) = span._.candidates
    assert (candidate["id"], candidate["score"]) == (span.kb_id_, score)
    assert candidate["why"].startswith(how)


@pytest.mark.parametrize(
    ("text", "label"),
    [("unknownium", "DRUG"), ("ibuprofen", "CONDITION"), ("ibuprofen sulfoxide x", "DRUG")],
)
def test_it_abstains_where_the_name_or_the_label_is_not_known(text, label):
    span = linked(text, label)
    assert span.kb_id_ == ""
    assert span._.candidates == []


def test_the_documents_own_definition_decides_what_a_short_form_is():
    row = {"start": 0, "end": 3, "short": "XQZ", "long": "multiple myeloma"}
    span = linked("XQZ", "CONDITION", abbreviated=[row])
    assert span._.candidates[0]["name"].lower() == "multiple myeloma"
    assert span._.candidates[0]["score"] == 0.93
    assert span._.candidates[0]["why"].startswith("long_form 'multiple myeloma'")


def test_a_product_name_of_the_subject_is_the_subject():
    subject = {"name": "ibuprofen", "parts": ["ibuprofen"], "brands": ["Zynovia"]}
    span = linked("ZYNOVIA", "DRUG", subject=subject)
    assert span._.candidates[0]["name"] == "ibuprofen"


def test_roles_that_lost_stay_behind_the_concept(alone):
    doc = alone("It can cause abdominal pain.", "lexical", "mentions", "linker")
    (span,) = doc.spans["mentions"]
    assert [candidate.get("name", candidate.get("label")) for candidate in span._.candidates] == [
        "abdominal pain",
        "CONDITION",
    ]


def test_a_long_text_is_linked_in_linear_time(nlp):
    # `Doc.text` is put together at each access: once a mention was the square of the length.
    doc = nlp.make_doc("Monitor liver and kidney function. " * 4000)
    for name in ("lexical", "mentions"):
        doc = nlp.get_pipe(name)(doc)
    started = perf_counter()
    nlp.get_pipe("linker")(doc)
    assert perf_counter() - started < 4
    assert sum(bool(span._.fragments) for span in doc.spans["mentions"]) == 4000
