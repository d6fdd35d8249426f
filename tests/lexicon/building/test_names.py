from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.building.names import (
    capitalized,
    kind_of,
    lower_case,
    natural_names,
    natural_order,
    with_kinds,
)


@pytest.mark.parametrize(
    ("heading", "speech"),
    [
        ("Arthritis, Rheumatoid", "Rheumatoid Arthritis"),
        ("Leukemia, Myelogenous, Chronic", "Chronic Myelogenous Leukemia"),
        ("Receptors, Dopamine D2", "Dopamine D2 Receptors"),
        ("Nausea", "Nausea"),
        ("Ear, Nose, and Throat Diseases", "Ear, Nose, and Throat Diseases"),
        ("Enteritis, Transmissible, of Turkeys", "Enteritis, Transmissible, of Turkeys"),
        ("propanoic acid, 2-methyl-", "propanoic acid, 2-methyl-"),
        ("Estrogens, Conjugated (USP)", "Estrogens, Conjugated (USP)"),
    ],
)
def test_index_headings_are_turned(heading, speech):
    assert natural_order(heading) == speech


@given(st.text())
def test_turning_keeps_the_words(text):
    assert sorted(natural_order(text).replace(", ", " ").split(" ")) == sorted(
        text.replace(", ", " ").split(" ")
    )


def test_an_inverted_name_gives_way_to_the_straight_one():
    name, others = natural_names("Injury, Acute Kidney", ["Acute kidney injury", "AKI"])
    assert (name, others) == ("Acute kidney injury", ("AKI",))


@pytest.mark.parametrize(
    ("capital", "usual"),
    [
        ("IBRUTINIB", "ibrutinib"),
        ("VITAMIN K", "vitamin K"),
        ("INTERFERON ALFA-2B", "interferon alfa-2b"),
        ("TECHNETIUM TC-99M SESTAMIBI", "technetium Tc-99m sestamibi"),
        ("BREWER'S YEAST", "brewer's yeast"),
        ("COAGULATION FACTOR VIIA", "coagulation factor viia"),
        ("N-ACETYL-L-CYSTEINE", "N-acetyl-L-cysteine"),
        (".BETA.-CAROTENE", "beta-carotene"),
    ],
)
def test_substances_get_their_letters_back(capital, usual):
    assert lower_case(capital) == usual


@given(st.text(alphabet=st.characters(codec="ascii")).filter(lambda text: "." not in text))
def test_only_the_case_of_letters_changes(text):
    assert lower_case(text).upper() == text.upper()
    assert capitalized(text).upper() == text.upper()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("JNJ-54767414", "code"),
        ("PS-341", "code"),
        ("HER2", "abbreviation"),
        ("hnRNP", "abbreviation"),
        ("Crohn", "synonym"),
        ("acute kidney injury", "synonym"),
    ],
)
def test_the_shape_of_a_name_tells_its_kind(name, kind):
    assert kind_of(name) == kind


def test_names_come_once_and_without_the_preferred_one():
    pairs = with_kinds(["Aspirin", "ASA", " asa ", "", "x" * 81, "PS-341"], "aspirin")
    assert pairs == (("ASA", "abbreviation"), ("PS-341", "code"))
