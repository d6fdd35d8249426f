"""The component: from a tagger's ranges of characters to spans of tokens, and from there to mentions."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from monograph_nlp.components.mentions import Mentions
from monograph_nlp.components.tagger import LABELS, Tag
from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.tagger import Reading, Tagged

FIXTURES = Path(__file__).parents[1] / "fixtures"


class Said:
    """A tagger that says what it was told to say, and keeps what it was told."""

    def __init__(self, *found: Tagged) -> None:
        self.found = list(found)
        self.hits: list[Hit] = []
        self.support: dict[str, float] = {}

    def read(self, text: str, hits: list[Hit]) -> Reading:
        self.hits = hits
        return Reading(self.found, tuple(self.support.get(text[h.start : h.end], 0) for h in hits))


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


@pytest.mark.parametrize(
    ("name", "support", "found"),
    [
        ("urinary retention", 0.7, "urinary retention"),
        ("urinary retention", 0.5, "urinary"),  # the tagger sees nothing in the rest
        ("urinary   retention", 0.7, "urinary"),  # a name ends with its cell
    ],
)
def test_a_beginning_of_a_name_of_the_lexicon_is_the_whole_name(name, support, found):
    doc, said = _named(f"{name}, rash", name), Said(_event((0, 7)))
    said.support[name] = support
    assert _mentions(Tag(said, LABELS)(doc))[0] == (found, "ADVERSE_EVENT", "model")  # type: ignore[arg-type]


def test_elsewhere_its_events_do_not_count():
    doc = _doc("for skin rash", section="INDICATIONS")
    assert _mentions(_tagged(doc, _event((4, 13)))) == []


def test_a_name_of_the_lexicon_has_nothing_of_a_model_that_marked_less_of_its_word():
    doc = _doc("with FLT3-ITD", section="INDICATIONS")
    doc = Doc(doc.vocab, words=["with", "FLT3-ITD"], user_data=doc.user_data)
    doc.spans["lexical"] = [Span(doc, 1, 2, label="TARGET")]
    _mentions(_tagged(doc, _event((5, 9), head="TARGET")))
    (span,) = doc.spans["mentions"]
    assert (span._.origin, span._.fragments, span._.score) == ("lexicon", [], 0.0)


def test_where_two_heads_mark_a_range_the_first_gives_its_score():
    doc = _doc("skin rash")
    event, finding = _event((0, 9)), Tagged(((0, 9),), "FINDING", 0.6)
    assert [span._.score for span in _tagged(doc, finding, event).spans["tagged"]] == [0.9, 0.9]


def test_events_may_share_words():
    text = "renal and hepatic failure"
    doc = _tagged(_doc(text), _event((0, 5), (18, 25)), _event((10, 25)))
    assert [found[0] for found in _mentions(doc)] == [text, "hepatic failure"]
    assert doc.spans["mentions"][0]._.fragments == [[0, 5], [18, 25]]


def test_an_event_of_parts_of_two_names_is_these_two():
    text = "scab and skin erosion"
    doc = _named(text, "scab", "skin erosion")
    said = Said(_event((0, 4), (14, 21)))
    said.support = {"scab": 0.9, "skin erosion": 0.5}
    found = _mentions(Tag(said, LABELS)(doc))  # type: ignore[arg-type]
    assert [name for name, *_ in found] == ["scab", "skin erosion"]


def test_an_event_of_parts_of_two_names_that_the_lexicon_has_stays():
    text = "hypersensitivity and skin reactions"
    doc = _named(text, "hypersensitivity", "skin reactions")
    found = _mentions(_tagged(doc, _event((0, 16), (26, 35))))
    assert found[0] == (text, "ADVERSE_EVENT", "model")
    assert doc.spans["mentions"][0]._.fragments == [[0, 16], [26, 35]]


def test_a_name_in_the_gap_of_an_event_stays():
    doc = _doc("decrease with warfarin in appetite")
    doc.spans["lexical"] = [doc.char_span(14, 22, label="DRUG")]
    found = _mentions(_tagged(doc, _event((0, 8), (23, 34))))
    assert ("warfarin", "DRUG", "lexicon") in found


def test_a_model_that_is_not_there_is_told_with_what_there_is():
    with pytest.raises(
        ConfigError, match="tagger 'none': no such profile or folder; expected one of"
    ):
        spacy.blank("en").add_pipe("monograph_tagger", config={"model": "none"})


def _named(text: str, *names: str) -> Doc:
    doc = _doc(text)
    doc.spans["lexical"] = [
        doc.char_span(
            text.index(name), text.index(name) + len(name), label="ADVERSE_EVENT|CONDITION"
        )
        for name in names
    ]
    return doc


def test_where_a_tagger_is_silent_a_finding_is_no_event():
    doc = _named("Rash, fever, liver failure", "Rash", "fever", "liver failure")
    found = _mentions(_tagged(doc, _event((0, 4)), _event((6, 11))))
    assert found[2] == ("liver failure", "CONDITION", "lexicon")


@pytest.mark.parametrize(
    ("text", "support", "label"),
    [
        ("Rash, fever, liver failure", 0.19, "CONDITION"),
        ("Rash, fever, liver failure", 0.21, "ADVERSE_EVENT"),
        ("Rash, fever. It can cause liver failure", 0.09, "CONDITION"),
        ("Rash, fever. It can cause liver failure", 0.11, "ADVERSE_EVENT"),
    ],
)
def test_a_name_that_a_tagger_half_believes_is_an_event_above_all_where_words_say_so(
    text, support, label
):
    doc, said = (
        _named(text, "Rash", "fever", "liver failure"),
        Said(_event((0, 4)), _event((6, 11))),
    )
    said.support["liver failure"] = support
    assert _mentions(Tag(said, LABELS)(doc))[2][1] == label  # type: ignore[arg-type]


def test_a_tagger_that_confirms_few_names_does_not_know_this_kind_of_text():
    doc = _named("Rash, fever, liver failure", "Rash", "fever", "liver failure")
    labels = {label for _, label, _ in _mentions(_tagged(doc, _event((0, 4))))}
    assert labels == {"ADVERSE_EVENT"}


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
