"""Each row of other_arms.tsv on its example and its counterexample."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monograph_nlp.rulebook.trying import stated
from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.other_arms import COLUMNS, TABLE, is_of_another
from monograph_nlp.text.relation_rules import read_rules

_ROWS = read_table(TABLE, COLUMNS)
_EVENTS = tuple(rule for rule in read_rules("relations.jsonl", "") if rule.id == "event-sentence")


def _is_of_another(marked: str) -> bool:
    (relation,) = stated(marked, _EVENTS, "ADVERSE_EVENT", "ADVERSE_REACTIONS")
    return is_of_another(relation.unit, relation.mention)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.text("example"))
def test_each_row_finds_the_other_arm_of_its_example_alone(row: Row) -> None:
    assert _is_of_another(row.text("example"))
    assert not _is_of_another(row.text("counterexample"))


def test_among_warnings_with_a_drug_means_together_with_it() -> None:
    marked = "With <DRUG>tinmycin</>, <o>bleeding</o> was more frequent."
    (relation,) = stated(marked, _EVENTS, "ADVERSE_EVENT", "ADVERSE_REACTIONS")
    warning = replace(relation.unit, section="WARNINGS_AND_PRECAUTIONS")
    assert is_of_another(relation.unit, relation.mention)
    assert not is_of_another(warning, relation.mention)


@pytest.mark.parametrize(
    "marked",
    [
        "In the <DRUG>tinmycin</> arm it was safe; <o>headache</o> occurred.",
        "With <DRUG>tinmycin</>, {examplinib} more often leads to <o>headache</o>.",
        "<o>Headache</o> was less frequent than in the <DRUG>tinmycin</> arm.",
        "In the {examplinib} arm <o>headache</o> occurred.",
    ],
)
def test_what_the_clause_does_not_hold_is_the_subjects(marked: str) -> None:
    assert not _is_of_another(marked)
