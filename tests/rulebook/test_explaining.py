"""From a name in a record to the row that did it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monograph_nlp.pipeline import extract
from monograph_nlp.rulebook.explaining import cues_of, row_of
from monograph_nlp.types import Record

SAMPLES = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def record() -> Record:
    (made,) = extract(SAMPLES / "sertraline.txt")
    return made


def test_every_fact_names_a_row_that_states_its_predicate(record: Record) -> None:
    assert record.facts
    for fact in record.facts:
        row = row_of(fact.rule)
        assert row is not None, fact.rule
        assert row.text("predicate") in (fact.predicate, "")


def test_every_cue_of_a_mention_is_the_phrase_of_a_row(record: Record) -> None:
    cues = {cue for mention in record.mentions for cue in mention.cues}
    assert cues
    for cue in cues:
        assert cues_of(cue), cue


def test_a_cue_names_its_row_and_words_that_are_none_have_no_row() -> None:
    assert {row.text("category") for row in cues_of("No")} == {"ABSENT"}
    assert cues_of("banana") == []


def test_a_rule_that_is_gone_has_no_row() -> None:
    assert row_of("no-such-row") is None
