"""Each row of class_heads.tsv on its example."""

from __future__ import annotations

import pytest

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.class_targets import COLUMNS, TABLE, target_at_end, target_in


@pytest.mark.parametrize("row", read_table(TABLE, COLUMNS), ids=lambda row: row.text("head"))
def test_the_target_stands_before_the_head(row: Row) -> None:
    target, head, _ = row.text("example").split("|")
    name = target + head
    found = target_in(name, {target.strip().removeprefix("anti-")}.__contains__)
    assert found is not None
    assert name[slice(*found)] == target.strip().removeprefix("anti-")
    counterexample = f"integrase {row.text('counterexample')}"
    assert target_in(counterexample, {"integrase"}.__contains__) is None


def test_the_longest_that_is_known_is_taken() -> None:
    known = {"receptor", "histamine receptor"}.__contains__
    assert target_in("selective histamine receptor antagonist", known) == (10, 28)
    assert target_in("selective antagonist", known) is None


def test_the_longest_at_the_end_of_a_mechanism_is_taken() -> None:
    known = {"receptor", "orexin receptor"}.__contains__
    assert target_at_end("blocking the orexin receptor", known) == (13, 28)
    assert target_at_end("blocking the orexin receptor of the brain", known) is None
    assert target_at_end("orexin receptor", {"orexin receptor"}.__contains__) is None
