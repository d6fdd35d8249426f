"""The component: from a tagger's ranges of characters to spans of tokens, and from there to mentions."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from monograph_nlp.components.mentions import Mentions
from monograph_nlp.components.tagger import LABELS, Tag
from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.tagger import Tagged

FIXTURES = Path(__file__).parents[1] / "fixtures"


class Said:
    """A tagger that says what it was told to say, and keeps what it was told."""

    def __init__(self, *found: Tagged) -> None:
        self.found = list(found)
        self.hits: list[Hit] = []

    def tag(self, text: str, hits: list[Hit]) -> list[Tagged]:
        self.hits = hits
        return self.found


def _doc(text: str, section: str = "ADVERSE_REACTIONS") -> Doc:
    doc = spacy.blank("en")(text)
    doc._.sections = [{"label": section, "start": 0, "end": len(text)}]
    return doc


def _tagged(doc: Doc, *found: Tagged) -> Doc:
    return Tag(Said(*found), LABELS)(doc)  # type: ignore[arg-type]


def _mentions(doc: Doc) -> list[tuple[str, str, str]]:
    Mentions(roles="roles.tsv", labels={})(doc)
    return [(span.text, span.label_, span._.origin) for span in doc.spans["mentions"]]


def _event(*fragments: tuple[int, int], head: str = "ADVERSE_EVENT") -> Tagged:
    return Tagged(fragments, head, 0.9)


def test_the_tagger_is_told_of_the_lexicons_names():
    Tag(Said(), LABELS)
    doc, said = _doc("Rash and fever"), Said()
    doc.spans["lexical"] = [doc.char_span(0, 4, label="ADVERSE_EVENT")]
    Tag(said, LABELS)(doc)  # type: ignore[arg-type]
    assert said.hits == [Hit(0, 4, "ADVERSE_EVENT")]


def test_a_range_of_whole_tokens_has_no_fragments_and_others_do():
    doc = _tagged(_doc("Rash or Dyspneac"), _event((0, 4)), _event((8, 15)))
    whole, part = doc.spans["tagged"]
    assert (whole.text, whole._.fragments, whole._.score) == ("Rash", [], 0.9)
    assert (part.text, part._.fragments) == ("Dyspneac", [[8, 15]])


def test_words_that_turn_a_statement_stand_apart():
    doc = _tagged(_doc("no rash"), _event((0, 2), head="NEGATION"), _event((3, 7)))
    assert [span.text for span in doc.spans["tagged"]] == ["rash"]
    assert [(span.text, span.label_) for span in doc.spans["turning"]] == [("no", "NEGATION")]


def test_in_a_section_of_events_the_tagger_says_where_an_event_ends():
    doc = _doc("severe skin rash")
    doc.spans["lexical"] = [doc.char_span(12, 16, label="ADVERSE_EVENT")]
    assert _mentions(_tagged(doc, _event((7, 16)))) == [("skin rash", "ADVERSE_EVENT", "model")]


def test_elsewhere_its_events_do_not_count():
    doc = _doc("for skin rash", section="INDICATIONS")
    assert _mentions(_tagged(doc, _event((4, 13)))) == []


def test_events_may_share_words():
    text = "renal and hepatic failure"
    doc = _tagged(_doc(text), _event((0, 5), (18, 25)), _event((10, 25)))
    assert [found[0] for found in _mentions(doc)] == [text, "hepatic failure"]
    assert doc.spans["mentions"][0]._.fragments == [[0, 5], [18, 25]]


def test_a_name_in_the_gap_of_an_event_stays():
    doc = _doc("decrease with warfarin in appetite")
    doc.spans["lexical"] = [doc.char_span(14, 22, label="DRUG")]
    found = _mentions(_tagged(doc, _event((0, 8), (23, 34))))
    assert ("warfarin", "DRUG", "lexicon") in found


def test_a_component_without_a_model_says_what_to_name():
    with pytest.raises(ConfigError, match=r'config=\{"model": FOLDER\}'):
        spacy.blank("en").add_pipe("monograph_tagger")


def test_where_a_tagger_is_silent_a_finding_is_no_event():
    doc = _doc("Liver failure")
    doc.spans["lexical"] = [doc.char_span(0, 13, label="ADVERSE_EVENT|CONDITION")]
    assert _mentions(_tagged(doc)) == [("Liver failure", "CONDITION", "lexicon")]


def test_where_a_section_speaks_to_patients_the_lexicon_has_its_say_beside_the_tagger():
    doc = _doc("Tell your doctor.\nOther effects\nLiver failure")
    doc._.sections += [{"label": "ADVERSE_REACTIONS", "start": 18, "end": len(doc.text)}]
    doc.spans["lexical"] = [doc.char_span(32, 45, label="ADVERSE_EVENT|CONDITION")]
    assert _mentions(_tagged(doc)) == [("Liver failure", "ADVERSE_EVENT", "lexicon")]


@pytest.mark.parametrize("folder", ["tagger_hashed", "tagger_pieces"])
def test_batches_and_processes_change_nothing(folder):
    nlp = spacy.blank("en")
    nlp.add_pipe("monograph_lexical")
    nlp.add_pipe("monograph_tagger", config={"model": str(FIXTURES / folder)})
    texts = ["Rash, fever and renal or hepatic failure. " * n for n in (1, 40, 3, 0, 7)]

    def said(**how: int) -> list[list[object]]:
        return [
            [(s.start_char, s.end_char, s.label_, s._.score, s._.fragments) for s in doc.spans[key]]
            for doc in nlp.pipe(texts, **how)
            for key in ("tagged", "turning")
        ]

    alone = said(batch_size=1)
    assert said(batch_size=5) == alone
    assert said(batch_size=2, n_process=2) == alone
    assert any(alone)
