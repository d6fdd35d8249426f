"""Documents → words, features and tags; and how they are cut into batches."""

from __future__ import annotations

import numpy as np
import pytest
from training.corpora.document import Document, Span
from training.cutting import batches, cut
from training.examples import UNKNOWN, Example, examples
from training.heads import read_heads

HEADS = read_heads()
NAMES = [head.name for head in HEADS]
TEXT = "Renal and hepatic impairment after lithium"
SPANS = (
    Span("1", "AdverseReaction", ((0, 5), (18, 28)), ("ADVERSE_EVENT",)),
    Span("2", "AdverseReaction", ((10, 28),), ("ADVERSE_EVENT",)),
)


def _example(known: frozenset[str] = frozenset({"ADVERSE_EVENT"})) -> Example:
    (made,) = examples([Document("d", "g", TEXT, SPANS, known=known)], HEADS, "tac/labels", 2)
    return made


def _tags(made: Example, head: str) -> list[str]:
    tags = HEADS[NAMES.index(head)].tags
    return [tags[n] if n != UNKNOWN else "?" for n in made.tags[:, NAMES.index(head)]]


def test_a_head_that_the_corpus_knows_has_tags_and_the_others_do_not():
    made = _example()
    assert _tags(made, "ADVERSE_EVENT") == ["DB", "O", "DB", "HB", "O", "O"]
    assert _tags(made, "DRUG") == ["?"] * 6
    assert (made.part, made.fold) == ("tac/labels", 2)
    assert made.forms(0, 2) == ["Renal", "and"]


def test_a_document_that_teaches_nothing_is_left_out():
    assert list(examples([Document("d", "g", TEXT, SPANS)], HEADS)) == []


def test_the_lexicons_names_are_among_the_features():
    assert _example().features[5].any()  # lithium


@pytest.mark.parametrize("words", [40, 90])
def test_batches_hold_every_cut_once_and_are_no_larger_than_asked(words):
    made = [_example()] * 30
    cuts = cut(made, lambda one: [1] * len(one.words), room=4, margin=0)
    assert sum(one.end - one.start for one in cuts) == 30 * 6
    found = batches(cuts, words, np.random.default_rng(1))
    assert sum(len(batch) for batch in found) == len(cuts)
    for batch in found:
        assert len(batch) * max(one.end - one.start for one in batch) <= words
    again = batches(cuts, words, np.random.default_rng(1))
    assert [[one[1:] for one in batch] for batch in found] == [
        [one[1:] for one in batch] for batch in again
    ]
