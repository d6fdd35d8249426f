from __future__ import annotations

import pytest
import spacy
from spacy.util import load_model_from_config
from thinc.api import Config

CONFIG = """
[nlp]
lang = "en"
pipeline = []
[nlp.tokenizer]
@tokenizers = "monograph.scispacy_tokenizer.v1"
[components]
"""


@pytest.fixture(scope="module")
def scientific():
    return load_model_from_config(Config().from_str(CONFIG), auto_fill=True)


@pytest.mark.parametrize("text", ["PD-1", "IL-2", "CYP3A4", "HER2"])
def test_names_of_genes_are_whole(scientific, text):
    assert [token.text for token in scientific(f"It blocks {text} there.")][2] == text


@pytest.mark.parametrize("text", ["10 mg/kg (0.5%) µg\u00a0– x", "a\n\n b", "", "  ", "(-)", "…"])
def test_no_character_is_lost(scientific, text):
    assert scientific(text).text == text


def test_other_pipelines_keep_their_own_tokenizer(scientific):
    text = "5mg/kg(IV)"
    before = [token.text for token in spacy.blank("en")(text)]
    scientific(text)
    assert [token.text for token in spacy.blank("en")(text)] == before


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("nausea/vomiting", ["nausea", "/", "vomiting"]),
        ("mg/kg", ["mg/kg"]),
        ("HIV/AIDS", ["HIV/AIDS"]),
        ("and/or", ["and/or"]),
    ],
)
def test_long_words_beside_a_slash_are_two(scientific, text, tokens):
    assert [token.text for token in scientific(text)] == tokens
