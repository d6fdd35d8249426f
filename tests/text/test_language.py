from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.language import language_of, main_language

_GERMAN = "Die Behandlung ist nicht für Kinder und wird von der Ärztin begonnen."
_ENGLISH = "The treatment is not for children and it is started by a doctor."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("Fever, rash, 12.5 mg", None),
        ("The drug is not for use in children.", "en"),
        (_GERMAN.upper(), "de"),
        (f"The word for it is: {_GERMAN} That is what the leaflet of the drug has.", "en"),
        ("Neutropenia Anaemia Thrombocytopenia Leukopenia Lymphopenia de la", None),
        ("nicht mit der Kinder", None),
        ("日本語のテキスト", "ja"),
        ("药物的不良反应", "zh"),
        ("한국어 문장", "ko"),
        ("Это лекарство", "ru"),
        ("هذا الدواء", "ar"),
        ("התרופה הזאת", "he"),
        ("ยานี้", "th"),
        ("դեղ դեղ", "und"),
        ("The antigen is written 药物 in the Chinese version of the leaflet.", "en"),
        ("α-blocker β-blocker", None),
    ],
)
def test_language_of(text: str, expected: str | None) -> None:
    assert language_of(text) == expected


@given(st.text())
def test_the_answer_is_a_code_and_always_the_same(text: str) -> None:
    code = language_of(text)
    assert code is None or (code.isalpha() and code.islower() and len(code) in (2, 3))
    assert language_of(text) == code


@given(st.permutations(_GERMAN.split()))
def test_the_order_of_the_words_does_not_matter(words: list[str]) -> None:
    assert language_of(" ".join(words)) == "de"


def test_the_main_language_is_that_of_most_characters() -> None:
    assert main_language([_ENGLISH, _GERMAN, "Rash", _ENGLISH]) == "en"
    assert main_language([_ENGLISH, _GERMAN, _GERMAN]) == "de"
    assert main_language(["Rash", ""]) is None
