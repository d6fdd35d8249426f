"""What is wrong with a row is told by its own example."""

from __future__ import annotations

from monograph_nlp.rulebook.trying import fault_of
from monograph_nlp.rules import Row
from monograph_nlp.text.relation_rules import read_rows


def test_the_rows_of_the_package_are_sound() -> None:
    assert [(row.where, fault) for row in read_rows() if (fault := fault_of(row))] == []


def test_a_row_that_finds_too_much_is_told() -> None:
    row = Row(
        "own.jsonl:1",
        {
            "id": "x",
            "predicate": "has_target",
            "object": ["TARGET"],
            "trigger": "hits",
            "direction": "after",
            "example": "{Ex} hits <o>A</o> and <TARGET>B</>.",
            "counterexample": "{Ex} is for <o>A</o>.",
        },
    )
    assert fault_of(row) == "in its example it finds ['A', 'B']; expected ['A']"
