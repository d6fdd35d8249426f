from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer
from spacy.util import load_model_from_config
from thinc.api import Config

from monograph_nlp.rules import read_table

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


HYPHENATED = read_table("hyphenated.tsv", ("word", "example"))


@pytest.mark.parametrize("row", HYPHENATED, ids=lambda row: row.text("word"))
@pytest.mark.parametrize("hyphen", ["-", "‐", "‑"])
def test_what_a_name_is_joined_to_is_a_word_of_its_own(scientific, row, hyphen):
    word, example = row.text("word"), row.text("example")
    (joined,) = (part for part in example.split() if part.endswith(f"-{word}"))
    name = joined.removesuffix(f"-{word}")
    tokens = [token.text for token in scientific(example.replace(joined, f"{name}{hyphen}{word}"))]
    place = tokens.index(word)
    assert tokens[place - 2 : place + 1] == [name, hyphen, word]


def test_a_word_is_listed_once():
    words = [row.text("word") for row in HYPHENATED]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("COCAINE-INDUCED", ["COCAINE", "-", "INDUCED"]),
        ("low-sodium-free", ["low-sodium", "-", "free"]),
        ("sodium-freedom", ["sodium-freedom"]),  # the word goes on
        ("co-trimoxazole", ["co-trimoxazole"]),
        ("-free", ["-free"]),  # nothing before the hyphen
        ("interferon-alpha-2b", ["interferon-alpha-2b"]),
    ],
)
def test_other_hyphens_stay(scientific, text, tokens):
    assert [token.text for token in scientific(text)] == tokens


PARTS = [
    "don't",
    "\n",
    " ",
    "  ",
    "PD-1",
    "(5%)",
    "e.g.",
    "mg/kg",
    "nausea/vomiting",
    ":)",
    "low-dose",
    "a" * 50,
]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join), max_size=4))
def test_words_kept_from_other_texts_change_nothing(scientific, texts):
    kept = scientific.tokenizer
    plain = Tokenizer(
        scientific.vocab,
        kept.rules,
        kept.prefix_search,
        kept.suffix_search,
        kept.infix_finditer,
        kept.token_match,
        kept.url_match,
        max_cache_size=0,
    )
    for text in texts:
        doc = kept(text)
        assert [(t.text, t.norm_) for t in doc] == [(t.text, t.norm_) for t in plain(text)]
        assert doc.text == text
