"""Each row of other_arms.tsv on its example and its counterexample."""

from __future__ import annotations

import pytest

from monograph_nlp.rulebook.trying import stated
from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.other_arms import COLUMNS, TABLE, is_of_another, is_own_too
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


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("<o>Headache</o> was reported with drugs of the class, including {examplinib}.", True),
        ("<o>Headache</o> was reported with drugs of the class, including others.", False),
    ],
)
def test_a_class_that_holds_the_subject_speaks_of_it_too(marked: str, wanted: bool) -> None:
    (relation,) = stated(marked, _EVENTS, "ADVERSE_EVENT", "ADVERSE_REACTIONS")
    assert is_own_too(relation.unit) is wanted
