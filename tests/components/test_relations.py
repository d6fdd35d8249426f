from __future__ import annotations

import pytest


def stated(doc) -> list[tuple[str, str, str]]:
    mentions = doc.spans["mentions"]
    return [(r["predicate"], mentions[r["object"]].text, r["assertion"]) for r in doc._.relations]


LEAD = "Velumatinib (Zynovia) is a kinase inhibitor. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Velumatinib is indicated for the treatment of asthma.",
            ("has_indication", "asthma", "present"),
        ),
        (
            "Velumatinib is not indicated for the treatment of asthma.",
            ("has_indication", "asthma", "absent"),
        ),
        (
            "Velumatinib is contraindicated in patients with asthma.",
            ("has_contraindication", "asthma", "present"),
        ),
        ("Side effects include nausea.", ("has_adverse_event", "nausea", "present")),
    ],
)
def test_a_sentence_states_a_relation_or_denies_it(nlp, sentence, expected):
    assert expected in stated(nlp(LEAD + sentence))


def test_a_product_is_stated_once(nlp):
    doc = nlp(LEAD + "Zynovia is taken daily. Zynovia is safe.")
    brands = [found for found in stated(doc) if found[0] == "has_brand_name"]
    assert brands == [("has_brand_name", "Zynovia", "present")]


def test_what_is_said_twice_is_one_relation_with_both_sentences_as_evidence(nlp):
    text = LEAD + "Side effects include nausea. Again, side effects include nausea."
    doc = nlp(text)
    (relation,) = [r for r in doc._.relations if r["predicate"] == "has_adverse_event"]
    assert [text[start:end] for start, end in relation["evidence"]] == [
        "Side effects include nausea.",
        "Again, side effects include nausea.",
    ]


def test_what_is_denied_is_apart_from_what_is_stated(nlp):
    doc = nlp(LEAD + "It is indicated for asthma. It is not indicated for migraine or asthma.")
    found = stated(doc)
    assert ("has_indication", "asthma", "present") in found
    assert ("has_indication", "asthma", "absent") in found
    assert ("has_indication", "migraine", "absent") in found


def test_all_values_are_plain(nlp, monographs):
    doc = nlp(monographs["daratumumab"].text)
    assert doc._.relations
    count = len(doc.spans["mentions"])
    for relation in doc._.relations:
        assert 0 <= relation["object"] < count
        assert isinstance(relation["score"], float)
        assert 0 < relation["score"] <= 1
        assert all(isinstance(v, str | float | bool) for v in relation["qualifiers"].values())
        assert all(0 <= start < end <= len(doc.text) for start, end in relation["evidence"])


@pytest.mark.parametrize("text", ["", "Nothing.", LEAD])
def test_where_nothing_is_stated_there_is_no_relation(nlp, text):
    known = {"has_brand_name", "has_drug_class"}
    assert {r["predicate"] for r in nlp(text)._.relations} <= known


@pytest.mark.parametrize(
    "text",
    [
        "Examplinib is an inhibitor.\n\nPossible side effects\n\nSigns of liver problems:\n• jaundice",
        "Examplinib is an inhibitor.\n\nADVERSE REACTIONS\n\nAnaemia, which may cause fatigue.",
    ],
)
def test_signs_and_results_of_an_event_are_no_events(nlp, text):
    objects = {name for predicate, name, _ in stated(nlp(text)) if predicate == "has_adverse_event"}
    assert not objects & {"jaundice", "fatigue"}


def test_one_amount_in_two_regimens_is_two_doses(nlp):
    doc = nlp("DOSAGE\n\nTake imatinib 100 mg once daily.\n\nChildren: take 100 mg every 2 weeks.")
    doses = [r["qualifiers"]["schedule"] for r in doc._.relations if r["predicate"] == "has_dosage"]
    assert doses == ["once daily", "every 2 weeks"]


def test_one_amount_for_two_diseases_is_two_doses(nlp):
    doc = nlp("DOSAGE\n\nGout: take imatinib 100 mg daily.\n\nAsthma: take 100 mg daily.")
    doses = [r["qualifiers"] for r in doc._.relations if r["predicate"] == "has_dosage"]
    assert [dose["indication"] for dose in doses] == ["Gout", "Asthma"]


def test_a_name_that_begins_with_the_product_is_the_subject(nlp):
    doc = nlp(
        "Zynovia contains the active substance imatinib.\n\nINTERACTIONS\n\nZynovia Plus tablets."
    )
    assert "interacts_with" not in {relation["predicate"] for relation in doc._.relations}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Helps prevent motion sickness.", {("motion sickness", "present")}),
        ("Zynovia® is effective as adjunctive therapy in the treatment of peptic ulcer.", {("peptic ulcer", "present")}),
        ("Treats heartburn, not intended for immediate relief of cough.", {("heartburn", "present"), ("cough", "absent")}),
        (
            "Exampline is indicated for migraine Limitations of Use: Not indicated for cluster headache.",
            {("migraine", "present"), ("cluster headache", "absent")},
        ),
        ("Exampline is not the drug of choice in the treatment of gout.", {("gout", "absent")}),
        ("Exampline is not approved for:    • Treatment of malaria", {("malaria", "absent")}),
        (
            "Temporarily relieves these symptoms:    • sneezing    • runny nose",
            {("sneezing", "present"), ("runny nose", "present")},
        ),
    ],
)  # fmt: skip
def test_a_statement_of_a_label_stands_alone(nlp, statement, expected):
    found = stated(nlp(statement))
    assert {(name, said) for predicate, name, said in found if predicate == "has_indication"} == (
        expected
    )


def test_a_salt_of_the_subject_is_no_other_drug(nlp):
    doc = nlp("Fluticasone Propionate Nasal Spray is indicated for the management of asthma.")
    assert ("has_indication", "asthma", "present") in stated(doc)
