from __future__ import annotations

from dataclasses import replace

import pytest

from monograph_nlp.pipeline import run
from monograph_nlp.read import read_text
from monograph_nlp.record.frequency_bands import COLUMNS, TABLE
from monograph_nlp.rules import read_table

LEAD = "Velumatinib (Zynovia) is a kinase inhibitor.\n\n"
SMPC = LEAD + "\n\n".join(
    f"{number} {title}\nSome words about velumatinib stand here."
    for number, title in (
        ("4.1", "Therapeutic indications"),
        ("4.2", "Posology and method of administration"),
        ("4.3", "Contraindications"),
        ("4.5", "Interaction with other medicinal products and other forms of interaction"),
        ("4.8", "Undesirable effects"),
        ("4.9", "Overdose"),
    )
)


def issues(nlp, text: str, **fields: object) -> dict[str, list]:
    (record,) = run(nlp, [replace(read_text(text, "x"), **fields)])
    found: dict[str, list] = {}
    for issue in record.issues:
        found.setdefault(issue.code, []).append(issue)
    return found


def test_repairs_of_the_input_are_told(nlp):
    (issue,) = issues(nlp, LEAD, damage=("Two letters were repaired.",))["input_damaged"]
    assert (issue.severity, issue.message) == ("warning", "Two letters were repaired.")


@pytest.mark.parametrize("text", ["Nothing here names any medicine.", "12 34 56"])
def test_a_document_about_nobody_is_an_error(nlp, text):
    (issue,) = issues(nlp, text)["subject_uncertain"]
    assert issue.severity == "error"


def test_a_subject_that_is_stated_is_certain(nlp):
    assert "subject_uncertain" not in issues(nlp, LEAD)


def test_a_heading_without_words_is_empty(nlp):
    text = (
        SMPC + "\n\n5.1 Pharmacodynamic properties\n\n5.2 Pharmacokinetic properties\nIt is fast."
    )
    messages = [issue.message for issue in issues(nlp, text)["section_empty"]]
    assert any("Pharmacodynamic properties" in message for message in messages)
    assert not any("Pharmacokinetic" in message for message in messages)


def test_a_section_that_documents_of_its_kind_have_is_absent(nlp):
    absent = [issue.message for issue in issues(nlp, SMPC)["section_absent"]]
    assert any("WARNINGS_AND_PRECAUTIONS" in message for message in absent)
    assert not any("CONTRAINDICATIONS" in message for message in absent)


def test_a_text_of_few_headings_lacks_none(nlp):
    text = LEAD + "4.3 Contraindications\nSevere hepatic impairment."
    assert "section_absent" not in issues(nlp, text)


def test_a_short_form_of_two_things_is_a_conflict(nlp):
    text = LEAD + (
        "Cases of multiple sclerosis (MS) were seen. Cases of mitral stenosis (MS) were seen."
    )
    (issue,) = issues(nlp, text)["abbreviation_conflict"]
    assert "'multiple sclerosis' and 'mitral stenosis'" in issue.message


def test_a_short_form_that_is_defined_twice_alike_is_none(nlp):
    text = LEAD + "Multiple sclerosis (MS) is one. It treats multiple sclerosis (MS) well."
    assert "abbreviation_conflict" not in issues(nlp, text)


def test_a_heading_whose_next_heading_says_the_same_is_not_empty(nlp):
    text = "ADVERSE REACTIONS\n\nSide effects\n\nNausea was common.\n\nDOSAGE\n\nTake one tablet."
    assert "section_empty" not in issues(nlp, text)


@pytest.mark.parametrize(
    ("brand", "severity", "message"),
    [
        ("Qorvaxu", "info", "'Qorvaxu' is not known as a brand name of 'isatuximab'."),
        ("Keytruda", "warning", "'Keytruda' is known as 'pembrolizumab'; the text gives it to"),
    ],
)
def test_a_brand_that_is_not_known_for_the_subject_is_told(nlp, brand, severity, message):
    text = f"Isatuximab ({brand}) is a monoclonal antibody. {brand} is given as an infusion."
    (issue,) = issues(nlp, text)["brand_not_known_for_subject"]
    assert issue.severity == severity
    assert issue.message.startswith(message)
    (evidence,) = issue.evidence
    assert (evidence.start, evidence.text) == (text.index(brand), brand)


@pytest.mark.parametrize("brand", ["Sarclisa", "SARCLISA"])
def test_a_brand_that_is_known_is_no_issue(nlp, brand):
    text = f"Isatuximab ({brand}) is a monoclonal antibody."
    assert "brand_not_known_for_subject" not in issues(nlp, text)


def test_a_product_without_a_stated_substance_has_its_own_issue(nlp):
    text = "What Qorvaxu is and what it is used for\n\nQorvaxu helps. Take Qorvaxu daily."
    assert set(issues(nlp, text)) & {"brand_not_known_for_subject", "subject_uncertain"} == {
        "subject_uncertain"
    }


def test_a_source_that_the_stem_of_the_name_denies_is_named(nlp):
    text = "Isatuximab is a humanized monoclonal antibody. It is used to treat multiple myeloma."
    (issue,) = issues(nlp, text)["class_conflicts_with_name_stem"]
    assert "humanized" in issue.message
    assert "chimeric" in issue.message
    assert [evidence.text for evidence in issue.evidence] == ["humanized"]


def test_a_source_that_the_stem_confirms_is_no_conflict(nlp):
    text = "Daratumumab is a fully human IgG1 kappa monoclonal antibody for multiple myeloma."
    assert "class_conflicts_with_name_stem" not in issues(nlp, text)


def test_a_rate_outside_the_band_of_its_frequency_is_named(nlp):
    text = LEAD + "Undesirable effects\n\nCommon: nausea (25%), rash (5%)."
    (issue,) = issues(nlp, text)["frequency_conflicts_with_rate"]
    assert issue.message == "'nausea' is called common, and its rate is 25 %."


@pytest.mark.parametrize(
    "row",
    read_table(TABLE, COLUMNS),
    ids=lambda row: row.text("frequency"),
)
def test_a_rate_inside_the_band_of_its_frequency_is_no_conflict(nlp, row):
    word, rate = row.text("frequency").capitalize(), row.text("example")
    text = f"{LEAD}Undesirable effects\n\n{word}: nausea ({rate}%)."
    assert "frequency_conflicts_with_rate" not in issues(nlp, text)
