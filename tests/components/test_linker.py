from __future__ import annotations

from time import perf_counter

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.errors import ConfigError


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
    ("text", "how"),
    [
        ("ibuprofen", "name"),
        ("IBUPROFEN", "name"),
        ("heart attack", "synonym"),
        ("headaches", "variant"),
        ("ibuprofen hydrobromide", "'ibuprofen hydrobromide' read as 'ibuprofen'"),
    ],
)
def test_a_name_links_and_the_candidate_says_why(text, how):
    label = "DRUG" if "ibu" in text.lower() else "CONDITION"
    span = linked(text, label)
    assert span.kb_id_.startswith(("mesh:", "drugbank:", "unii:"))
    (candidate,) = span._.candidates
    assert candidate["id"] == span.kb_id_
    assert 0.7 <= candidate["score"] <= 1
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
    assert span._.candidates[0]["why"].startswith("short for 'multiple myeloma'")


def test_the_plural_of_a_short_form_has_its_long_form():
    row = {"start": 50, "end": 53, "short": "XQZ", "long": "multiple myeloma"}
    span = linked("XQZs", "CONDITION", abbreviated=[row])
    assert span._.candidates[0]["name"].lower() == "multiple myeloma"


class StrangersLinker:
    """What a linker of scispaCy's kind does: reads ``doc.ents``, writes ``span._.kb_ents``."""

    def __init__(self, score: float) -> None:
        self.score = score
        if not Span.has_extension("kb_ents"):
            Span.set_extension("kb_ents", default=[])

    def __call__(self, doc: Doc) -> Doc:
        for span in doc.ents:
            span._.kb_ents = [("C0000001", self.score)] if span.text == "zorbosis" else []
        return doc


@Language.factory("strangers_linker", default_config={"score": 0.5})
def strangers_linker(nlp: Language, name: str, score: float) -> StrangersLinker:
    return StrangersLinker(score)


def with_model(words: list[str], **config: object) -> Doc:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_linker", config=config)
    doc = Doc(nlp.vocab, words)
    doc.spans["mentions"] = [Span(doc, i, i + 1, "CONDITION") for i in range(len(words))]
    doc.ents = [Span(doc, 0, 1, "DISEASE")]
    return component(doc)


def test_an_installed_linker_answers_first_and_ours_for_the_rest():
    doc = with_model(["zorbosis", "headache"], model="strangers_linker", settings={"score": 0.75})
    first, second = doc.spans["mentions"]
    assert first.kb_id_ == "umls:C0000001"
    assert first._.candidates[0]["score"] == 0.75
    assert second.kb_id_.startswith("mesh:")
    assert [(span.text, span.label_) for span in doc.ents] == [("zorbosis", "DISEASE")]


def test_without_a_model_nobody_else_is_asked():
    doc = with_model(["zorbosis"])
    assert [span.kb_id_ for span in doc.spans["mentions"]] == [""]


def test_a_linker_that_is_not_installed_is_named_in_the_error():
    with pytest.raises(ConfigError, match=r"'no_such_linker'.*set model = null"):
        with_model(["headache"], model="no_such_linker")


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


def linked_variant(text: str) -> Span:
    """Link a mention that is a whole text and that monograph_lexical calls a variant."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_linker")
    doc = nlp.make_doc(text)
    doc.spans["mentions"] = [Span(doc, 0, len(doc), "TARGET", span_id="variant")]
    (span,) = component(doc).spans["mentions"]
    return span


@pytest.mark.parametrize(
    ("text", "gene", "name"),
    [
        ("KRAS G12C", "KRAS", "KRAS G12C"),
        ("KRAS p.G12C", "KRAS", "KRAS G12C"),
        ("V600E-mutated BRAF", "BRAF", "BRAF V600E"),
        ("EGFR exon 19 deletions", "EGFR", "EGFR exon 19 deletion"),
        ("EML4-ALK", "ALK", "EML4::ALK fusion"),
    ],
)
def test_a_variant_has_the_id_of_its_gene_and_a_name_of_its_own(text, gene, name):
    span = linked_variant(text)
    assert span.kb_id_ == linked(gene, "TARGET").kb_id_ != ""
    assert span._.candidates[0]["name"] == name
    assert span._.candidates[0]["id"] == span.kb_id_


def test_a_variant_of_a_gene_that_is_not_known_has_no_concept():
    span = linked_variant("ZZYX G12C")
    assert (span.kb_id_, span._.candidates) == ("", [])


def test_a_mention_that_is_no_variant_keeps_the_concepts_name():
    assert linked("KRAS", "TARGET")._.candidates[0]["name"] != "KRAS G12C"
    assert linked("KRAS G12C", "TARGET").kb_id_ == ""
