from __future__ import annotations

import pytest
import spacy


def test_the_sentence_that_introduces_the_drug_names_it(alone):
    text = "Velumatinib (Zynovia) is a kinase inhibitor. Velumatinib is given daily. ZYNOVIA works."
    doc = alone(text, "subject")
    assert doc._.subject["name"] == "velumatinib"
    assert [brand.lower() for brand in doc._.subject["brands"]] == ["zynovia"]
    assert [(span.text, span.id_) for span in doc.spans["subject"]] == [
        ("Velumatinib", "name"),
        ("Zynovia", "brand"),
        ("Velumatinib", "name"),
        ("ZYNOVIA", "brand"),
    ]
    assert {span.label_ for span in doc.spans["subject"]} == {"DRUG"}


def test_metadata_outweigh_the_text():
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_subject")
    doc = nlp.make_doc("Ibuprofen is a drug. It is compared with naproxen here.")
    doc._.given_names = {"title": "", "drug_names": ["NAPROXEN"], "brand_names": []}
    component(doc)
    assert doc._.subject["name"] == "naproxen"
    assert doc._.subject["score"] >= 0.9
    assert [span.text for span in doc.spans["subject"]] == ["naproxen"]


@pytest.mark.parametrize("text", ["", "Nothing here names a drug.", "\n\n", "12 34"])
def test_it_abstains_where_no_drug_is_named(alone, text):
    doc = alone(text, "subject")
    assert doc._.subject is None
    assert list(doc.spans["subject"]) == []


def test_a_name_is_no_part_of_another_word(alone):
    doc = alone("Velumatinib (Zynovia) is a kinase inhibitor. Prevelumatinibs are not.", "subject")
    assert "Prevelumatinibs" not in {span.text for span in doc.spans["subject"]}
    assert len(doc.spans["subject"]) == 2


def test_a_brand_in_small_letters_is_an_english_word(alone):
    text = "Belief contains the active substance examplinib, which heals. It is my belief."
    doc = alone(text, "subject")
    assert [span.text for span in doc.spans["subject"]] == ["Belief", "examplinib"]


def test_what_is_set_aside_does_not_name_the_subject(alone):
    text = (
        "Ibuprofen (Zynovia) ist nicht der Wirkstoff, und es dient nicht der Behandlung.\n\n"
        "Velumatinib is a selective kinase inhibitor."
    )
    doc = alone(text, "set_aside", "subject")
    assert doc._.subject["name"] == "velumatinib"


@pytest.mark.parametrize(
    "text",
    [
        "Imatinib is a kinase inhibitor. There may be a severe rash (also known as DRESS).",
        "Imatinib is a kinase inhibitor. It gives a rash, known as Neuroleptic Malignant Syndrome.",
        "Imatinib is a kinase inhibitor. Other related products: Urticaria was seen.",
        "The Better Outcome Under Imatinib (BOUI) study. Imatinib is a kinase inhibitor.",
        "It replaces factor VIII (imatinib). Imatinib is a kinase inhibitor.",
        "NAIL LACQUER (imatinib) was used. Imatinib is a kinase inhibitor.",
    ],
)
def test_what_is_no_product_is_no_brand(alone, text):
    doc = alone(text, "sentences", "abbreviations", "lexical", "subject")
    assert doc._.subject["name"] == "imatinib"
    assert doc._.subject["brands"] == []


def test_a_salt_is_called_by_its_moiety(alone):
    doc = alone("Cabometyx contains the active substance cabozantinib (S)-malate.", "subject")
    assert doc._.subject["name"] == "cabozantinib"


def test_a_drug_behind_the_verb_of_a_lone_sentence_is_not_what_it_is_about(alone):
    assert alone("It is used with naproxen in people with gout.", "subject")._.subject is None
    doc = alone("Naproxen tablets are used with ibuprofen in gout.", "subject")
    assert doc._.subject["name"] == "naproxen"
