"""Names as texts write them, and what each must resolve to: the rows of ``probes.tsv``.

``expected`` is a CURIE, an identifier of the concept or one of its cross-references; ``=name`` is the
preferred name of a concept that no source has an identifier for; ``-`` is nothing at all. ``|``
separates answers that are all right. ``~class`` is what an INN stem says of a name that no source has;
``~-`` is a word without a stem. A row with a context goes through the whole pipeline: there ``-`` means
that the text is no mention of the label.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from spacy.language import Language

from monograph_nlp.lexicon.index import open_index
from monograph_nlp.lexicon.stems import stem_class
from monograph_nlp.pipeline import extract
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import Concept, Record

COLUMNS = ("text", "label", "context", "expected", "note")
ROWS = read_table(
    str(Path(__file__).with_name("probes.tsv")), COLUMNS, required=("text", "expected", "note")
)
STEMS = [row for row in ROWS if row.text("expected").startswith("~")]
IN_CONTEXT = [row for row in ROWS if row.text("context")]
NAMES = [row for row in ROWS if row not in STEMS and row not in IN_CONTEXT]


def _id(row: Row) -> str:
    return " ".join(row.text(column) for column in ("text", "label", "context") if row.text(column))


def _answers(name: str, curies: tuple[str, ...]) -> set[str]:
    """Return every way in which a row may name the concept that was found."""
    return {f"={name}", *curies}


def _of(concept: Concept | None) -> set[str]:
    return _answers(concept.name, (concept.id, *concept.xrefs)) if concept else {"-"}


@pytest.fixture(scope="module")
def records(nlp: Language) -> dict[str, Record]:
    contexts = sorted({row.text("context") for row in IN_CONTEXT})
    return {context: extract(context, nlp=nlp)[0] for context in contexts}


@pytest.mark.parametrize("row", NAMES, ids=_id)
def test_a_name_resolves_to_its_concept_or_to_none(row: Row) -> None:
    match = open_index().find(row.text("text"), row.text("label") or None)
    found = {"-"}
    if match:
        ids = (match.term.id, *match.term.xrefs) if match.term.id else ()
        found = _answers(match.term.name, ids)
    assert found & set(row.texts("expected")), f"{row.where}: {match.explain() if match else None}"


@pytest.mark.parametrize("row", IN_CONTEXT, ids=_id)
def test_a_name_in_a_sentence_is_the_mention_that_it_should_be(
    row: Row, records: dict[str, Record]
) -> None:
    found: set[str] = set()
    for mention in records[row.text("context")].mentions:
        if (mention.text, mention.label) == (row.text("text"), row.text("label")):
            found |= _of(mention.concept)
    if row.text("expected") == "-":
        assert not found, row.where
    else:
        assert found & set(row.texts("expected")), row.where


@pytest.mark.parametrize("row", STEMS, ids=_id)
def test_a_stem_tells_the_class_of_a_name_that_no_source_has(row: Row) -> None:
    expected = row.text("expected").removeprefix("~")
    assert stem_class(row.text("text")) == (expected if expected != "-" else None), row.where


def test_contexts_hold_the_text_that_they_are_for() -> None:
    for row in IN_CONTEXT:
        assert row.text("text") in row.text("context"), row.where
        assert row.text("label"), f"{row.where}: a context needs a label"


def test_no_probe_comes_twice() -> None:
    keys = Counter(_id(row) for row in ROWS)
    assert [key for key, times in keys.items() if times > 1] == []


def test_the_probes_are_many_and_of_all_kinds() -> None:
    assert len(ROWS) >= 300
    labels = Counter(row.text("label") for row in ROWS)
    assert all(
        labels[label] >= 10
        for label in ("DRUG", "DRUG_CLASS", "TARGET", "MECHANISM", "CONDITION", "ADVERSE_EVENT")
    )
    assert sum("-" in row.texts("expected") for row in ROWS) >= 80
