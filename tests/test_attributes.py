"""Attributes are those of ``span._``, read and written without it."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from monograph_nlp.attributes import attribute, attributes, set_attribute
from monograph_nlp.components._extensions import declare

_NAMES = ("assertion", "cues", "candidates", "fragments", "origin", "score", "support")


@pytest.fixture
def doc() -> Doc:
    declare()
    return spacy.blank("en")("Examplinib may cause nausea.")


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_set_here_is_read_there(doc: Doc, name: str) -> None:
    set_attribute(Span(doc, 3, 4), name, "x")
    assert Span(doc, 3, 4, label="OTHER")._.get(name) == "x"


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_set_there_is_read_here(doc: Doc, name: str) -> None:
    Span(doc, 3, 4)._.set(name, "x")
    assert attribute(Span(doc, 3, 4), name) == "x"


@pytest.mark.parametrize("name", _NAMES)
def test_defaults_are_the_same_and_not_shared(doc: Doc, name: str) -> None:
    span, other = Span(doc, 0, 1), Span(doc, 3, 4)
    default = attribute(span, name)
    assert default == span._.get(name)
    if isinstance(default, list):
        default.append("x")
        assert attribute(other, name) == []


def test_what_is_not_declared_is_an_error(doc: Doc) -> None:
    with pytest.raises(KeyError, match="nothing_of_the_kind"):
        attribute(Span(doc, 0, 1), "nothing_of_the_kind")


def test_several_are_read_as_each_alone(doc: Doc) -> None:
    span, other = Span(doc, 3, 4), Span(doc, 0, 1)
    set_attribute(span, "score", 0.5)
    assert attributes(span, *_NAMES) == [attribute(span, name) for name in _NAMES]
    attributes(span, "cues")[0].append("x")
    assert attributes(other, "cues") == [[]]
