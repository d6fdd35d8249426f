from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy


def hits(doc) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans["lexical"]]


@pytest.mark.parametrize("name", ["ibuprofen", "Ibuprofen", "IBUPROFEN"])
def test_a_name_is_found_in_any_case(alone, name):
    assert hits(alone(f"They took {name} daily.", "lexical")) == [(name, "DRUG", "lexicon")]


def test_the_longest_name_wins(alone):
    found = hits(alone("It treats multiple myeloma.", "lexical"))
    assert [text for text, _, _ in found] == ["multiple myeloma"]


def test_a_word_with_an_inn_stem_is_a_drug_and_says_so(alone):
    assert hits(alone("They took zzyrotinib daily.", "lexical")) == [("zzyrotinib", "DRUG", "stem")]


def test_a_name_inside_a_word_is_none(alone):
    assert hits(alone("The unibuprofened were ibuprofenish.", "lexical")) == []


def test_a_role_that_depends_on_the_context_keeps_both_labels(alone):
    (hit,) = hits(alone("They had abdominal pain.", "lexical"))
    assert hit == ("abdominal pain", "CONDITION|ADVERSE_EVENT", "lexicon")


def test_a_shared_head_gives_the_other_name_in_two_fragments(alone):
    text = "Severe hepatic or renal impairment was seen."
    doc = alone(text, "lexical")
    (span,) = doc.spans["coordinated"]
    assert [text[start:end] for start, end in span._.fragments] == ["hepatic", "impairment"]


def test_spans_do_not_overlap_and_are_in_order(alone):
    doc = alone("Ibuprofen, naproxen and abdominal pain with nausea and vomiting.", "lexical")
    ends = [(span.start, span.end) for span in doc.spans["lexical"]]
    assert ends == sorted(ends)
    assert all(a[1] <= b[0] for a, b in pairwise(ends))


def defined(text: str, short: str, long: str) -> list[dict[str, object]]:
    """What monograph_abbreviations writes: each place of a short form with its long form."""
    places = [match.start() for match in re.finditer(rf"\b{short}\b", text)]
    return [{"start": at, "end": at + len(short), "short": short, "long": long} for at in places]


def hits_with(text: str, **attributes: object) -> list[tuple[str, str, str]]:
    """What the component finds in a document that bears the attributes."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_lexical")
    doc = nlp.make_doc(text)
    for name, value in attributes.items():
        setattr(doc._, name, value)
    return hits(component(doc))


@pytest.mark.parametrize(
    ("long", "label"),
    [
        ("multiple myeloma", "CONDITION"),
        ("ibuprofen", "DRUG"),
        ("abdominal pain", "CONDITION|ADVERSE_EVENT"),
    ],
)
def test_a_short_form_that_the_document_defines_stands_for_its_long_form(long, label):
    text = "Many had XQZ, and XQZ was treated."
    assert hits_with(text) == []
    found = hits_with(text, abbreviated=defined(text, "XQZ", long))
    assert found == [("XQZ", label, "lexicon")] * 2


def test_the_documents_definition_outweighs_what_the_lexicon_says():
    text = "They took aspirin daily."
    assert hits_with(text) == [("aspirin", "DRUG", "lexicon")]
    found = hits_with(text, abbreviated=defined(text, "aspirin", "multiple myeloma"))
    assert found == [("aspirin", "CONDITION", "lexicon")]


@pytest.mark.parametrize("long", ["great expectations", "stress"])
def test_a_short_form_of_what_finds_no_mention_finds_none(long):
    text = "The XQZ rose."
    assert hits_with(text, abbreviated=defined(text, "XQZ", long)) == []


def test_a_short_form_inside_a_longer_name_leaves_the_longer_name():
    text = "It treats multiple myeloma."
    found = hits_with(text, abbreviated=defined(text, "multiple", "ibuprofen"))
    assert found == [("multiple myeloma", "CONDITION", "lexicon")]


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("It is active against KRAS G12C there.", "KRAS G12C"),
        ("Adults with an EGFR exon 19 deletion.", "EGFR exon 19 deletion"),
        ("Leukaemia with FLT3-ITD was treated.", "FLT3-ITD"),
    ],
)
def test_a_variant_of_a_gene_is_one_target_and_says_so(alone, text, variant):
    found = [hit for hit in hits(alone(text, "lexical")) if hit[1] == "TARGET"]
    assert found == [(variant, "TARGET", "variant")]


@pytest.mark.parametrize("text", ["The ZZYX G12C was seen.", "Take BRAF 600 mg."])
def test_what_looks_like_a_variant_of_no_gene_is_none(alone, text):
    assert "variant" not in {source for _, _, source in hits(alone(text, "lexical"))}
