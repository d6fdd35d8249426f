from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Span

WORDS = [
    *("ibuprofen", "naproxen", "nausea", "abdominal", "pain", "10", "mg", "daily", "of", "the"),
    *("severe", "hepatic", "or", "renal", "impairment", "kinase", "inhibitor", "adults", "blood"),
    *("pressure", ",", ".", "and", "\n", "•"),
]


def labels(doc) -> dict[str, str]:
    return {span.text: span.label_ for span in doc.spans["mentions"]}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It is indicated for the treatment of abdominal pain.", "CONDITION"),
        ("Patients with abdominal pain were included.", "CONDITION"),
        ("It can cause severe abdominal pain.", "ADVERSE_EVENT"),
        ("Abdominal pain was reported.", "ADVERSE_EVENT"),
    ],
)
def test_the_words_around_a_finding_give_its_role(alone, text, label):
    found = labels(alone(text, "lexical", "mentions"))
    assert {name.lower(): role for name, role in found.items()}["abdominal pain"] == label


def test_where_the_words_say_nothing_the_section_does(alone):
    text = "4.3 Contraindications\nAbdominal pain.\n\n4.8 Undesirable effects\nAbdominal pain."
    doc = alone(text, "sections", "lexical", "mentions")
    assert [span.label_ for span in doc.spans["mentions"] if "pain" in span.text] == [
        "CONDITION",
        "ADVERSE_EVENT",
    ]


def test_the_roles_that_lost_stay_as_candidates(alone):
    doc = alone("It can cause abdominal pain.", "lexical", "mentions")
    (span,) = doc.spans["mentions"]
    assert span._.candidates == [{"label": "CONDITION"}]
    assert span._.origin == "lexicon"


def test_a_models_entities_are_read_from_doc_ents():
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_mentions", config={"labels": {"CHEMICAL": "DRUG"}})
    doc = nlp.make_doc("Foozol treats barritis in Paris")
    doc.ents = [
        Span(doc, 0, 1, "CHEMICAL"),
        Span(doc, 2, 3, "DISEASE"),
        Span(doc, 4, 5, "GPE"),
    ]
    component(doc)
    assert [(s.text, s.label_, s._.origin) for s in doc.spans["mentions"]] == [
        ("Foozol", "DRUG", "model"),
        ("barritis", "CONDITION", "model"),
    ]


def test_the_lexicon_outweighs_a_model_on_the_same_words():
    nlp = spacy.blank("en")
    nlp.add_pipe("monograph_lexical")
    component = nlp.add_pipe("monograph_mentions", config={"labels": {"X": "TEST"}})
    doc = nlp("They took ibuprofen.")
    doc.ents = [Span(doc, 2, 3, "X")]
    component(doc)
    assert [(s.label_, s._.origin) for s in doc.spans["mentions"]] == [("DRUG", "lexicon")]


def test_a_target_is_named_in_the_effect_that_holds_it(nlp):
    doc = nlp("Examplinib works by blocking factor Xa.")
    found = {(span.text, span.label_) for span in doc.spans["mentions"]}
    assert {("blocking factor Xa", "MECHANISM"), ("factor Xa", "TARGET")} <= found


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_one_mention_a_range_and_no_overlap_but_of_shared_heads(nlp, text):
    doc = nlp(text)
    ranges = [(span.start_char, span.end_char) for span in doc.spans["mentions"]]
    assert ranges == sorted(set(ranges))
    whole = [(span.start, span.end) for span in doc.spans["mentions"] if len(span._.fragments) < 2]
    assert all(before[1] <= after[0] for before, after in pairwise(whole))
