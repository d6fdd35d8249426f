from __future__ import annotations

import spacy
from spacy.tokens import Doc

from monograph_nlp.components._text import text_of


def test_the_text_of_several_documents_in_turn():
    nlp = spacy.blank("en")
    docs = [nlp(text) for text in ("It is safe. ", "It is bold. ", "", "\n")]
    assert [text_of(doc) for doc in docs * 2] == [doc.text for doc in docs * 2]


def test_a_document_that_is_filled_later():
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab)
    assert text_of(doc) == ""
    doc.from_bytes(nlp("It is safe.").to_bytes())
    assert text_of(doc) == "It is safe."


def test_joined_tokens_leave_the_text():
    doc = spacy.blank("en")("Take it twice daily.")
    assert text_of(doc) == doc.text
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[2:4])
    assert text_of(doc) == doc.text
