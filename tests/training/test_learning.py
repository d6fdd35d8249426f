"""What may be learned from: no held-out document, no copy of one, no document twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from training.corpora import catalog, summary
from training.held_out import HeldOut, key

from training import held_out, learning

LONG = "Nobody who took morvan for a year had a cough that lasted."


def test_held_out_documents_and_repeats_are_removed(corpora: Path) -> None:
    kept_out = held_out.read(corpora, catalog.parts("held_out"))
    removed: list[learning.Removed] = []
    found = Counter(part.name for part, _ in learning.documents(corpora, kept_out, removed))
    assert found["tac/labels"] == 12
    assert found["biored/train"] == found["chemprot/train"] == found["drugprot/train"] == 1
    assert removed == [
        learning.Removed("biored/train", "100", "held out"),
        learning.Removed("drugprot/train", "400", "repeated"),
    ]


def test_what_is_shared_or_checked_trains_nothing(corpora: Path) -> None:
    found = {part.corpus for part, _ in learning.documents(corpora, HeldOut({}, ()))}
    assert found.isdisjoint({"roam", "fda_ars", "leaflets", "fda_labels"})


@pytest.mark.parametrize(
    ("sentence", "is_held_out"),
    [
        (LONG, True),
        (LONG.upper(), True),
        (LONG.replace(" ", "\n  "), True),
        (LONG.replace("cough", "rash"), False),
        ("Skin rash", False),
    ],
)
def test_editions_of_a_sentence_agree(sentence: str, is_held_out: bool) -> None:
    assert (sentence in HeldOut({"one": [LONG, "Skin rash"]}, ())) is is_held_out


def test_a_document_is_a_copy_of_one_document_not_of_many() -> None:
    first, second = LONG, LONG.replace("morvan", "zalux")
    apart = HeldOut({"one": [first], "two": [second]}, ())
    together = HeldOut({"one": [first, second]}, ())
    own = "A sentence that stands in no other document of these."
    assert apart.why_not("new", [first, second, own]) is None
    assert together.why_not("new", [first, second, own]) == "copy of one"


def test_figures_do_not_tell_editions_apart() -> None:
    assert key("Rash in 12 %") == key("rash in 34%")


def test_the_summary_counts_every_part(corpora: Path) -> None:
    counts = {count.name: count for count in summary.count(corpora)}
    assert set(counts) == {part.name for part in catalog.parts()}
    assert counts["tac/labels"].spans["Severity → SEVERITY"] == 6
    assert counts["tac/labels"].discontinuous == 6
    assert counts["drugprot/train"].removed == 1
    assert counts["leaflets/leaflets"].documents == 2
