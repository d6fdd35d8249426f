"""Each row of qualifiers.tsv on its own example; rates and table columns.

``<o>…</o>`` marks the object of the relation, ⏎ the end of a line.
"""

from __future__ import annotations

import re

import pytest

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.qualifying import qualify, table_header
from monograph_nlp.text.relating import Relation
from monograph_nlp.text.sentences import split_units
from monograph_nlp.text.units import Unit, UnitMention, build_units

_QUALIFIERS = read_table("qualifiers.tsv", ("predicate", "key", "where", "pattern", "example"))
_EVENT = "has_adverse_event"


def _relation(marked: str, predicate: str = _EVENT) -> Relation:
    marked = marked.replace(" ⏎ ", "\n")
    start, end = marked.index("<o>"), marked.index("</o>") - 3
    text = re.sub(r"</?o>", "", marked)
    mention = UnitMention(0, "CONDITION", start, end, "present", False)
    blocks = split_blocks(text)
    sentences = list(split_units(text, blocks))
    (unit,) = build_units(text, blocks, sentences, [], [mention])
    return Relation(predicate, 0, unit, unit.mentions[0], "present", "r", 0.8, ())


def _qualified(marked: str, predicate: str = _EVENT, announced: str | None = None) -> dict:
    relation = _relation(marked, predicate)
    return qualify(relation, announced, table_header(relation.unit))


@pytest.mark.parametrize("row", _QUALIFIERS, ids=lambda row: row.where)
def test_a_row_qualifies_its_example(row: Row) -> None:
    example = row.text("example")
    value = _qualified(example, row.text("predicate"))[row.text("key")]
    assert value is True if "?P<true>" in row.text("pattern") else value in example
    assert row.text("key") not in _qualified(example, "has_brand_name")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Rare: fever. Common: <o>rash</o>", {"frequency": "common"}),
        ("<o>Rash</o> (12.5%) was seen", {"rate": 12.5}),
        ("<o>Rash</o> in up to 7 % of them", {"rate": 7.0}),
        ("<o>Rash</o> (250%) was seen", {}),
        ("Common:\n• <o>rash</o>", {"frequency": "common"}),
        ("Side effects:\n• <o>rash</o>", {}),
    ],
)
def test_frequency_and_rate_of_an_event(marked: str, expected: dict[str, object]) -> None:
    assert _qualified(marked) == expected


def test_the_announced_frequency_counts_where_none_is_nearer() -> None:
    assert _qualified("<o>rash</o>", announced="rare") == {"frequency": "rare"}
    assert _qualified("Common: <o>rash</o>", announced="rare") == {"frequency": "common"}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Event | Drug | Placebo\n<o>Rash</o> | 5% | 2%", {"rate": 5.0, "comparator_rate": 2.0}),
        ("Event | Placebo | Drug\n<o>Rash</o> | 2% | 5%", {"rate": 5.0, "comparator_rate": 2.0}),
        ("| Event | Drug |\n| <o>Rash</o> | <1% |", {}),  # less than 1 % is no rate
        ("| Event | Drug |\n| <o>Rash</o> | 1% |", {"rate": 1.0}),
        (" | Placebo | Drug\n<o>Rash</o> | 2% | 5%", {"rate": 5.0, "comparator_rate": 2.0}),
        ("System | Common | Rare\nSkin | itch | <o>rash</o>", {"frequency": "rare"}),
        ("System | Common | Rare\nSkin | <o>itch</o> | rash", {"frequency": "common"}),
        (" | Common | Rare\n | itch | <o>rash</o>", {"frequency": "rare"}),
        ("Event | Frequency\n<o>Rash</o> | Uncommon", {"frequency": "uncommon"}),
        ("Event   Drug   Placebo\n<o>Rash</o>   5%   2%", {"rate": 5.0, "comparator_rate": 2.0}),
        ("Event | Drug\n<o>Rash</o> | 5% | 9%", {"rate": 5.0}),
        ("5% | Event\n12% | <o>Rash</o>", {}),
    ],
)
def test_a_table_is_read_by_its_columns(table: str, expected: dict[str, object]) -> None:
    assert _qualified(table) == expected


def test_only_an_event_has_a_frequency() -> None:
    assert _qualified("Common: <o>rash</o> (5%)", "has_contraindication", "rare") == {}


def test_the_rules_own_qualifiers_come_first() -> None:
    relation = _relation("Used for refractory <o>gout</o>.", "has_indication")
    relation.qualifiers["line"] = "first-line"
    assert qualify(relation, None, "") == {"line": "first-line"}


def test_only_a_row_has_a_table_header() -> None:
    unit = Unit(0, 4, "Rash", "Rash", "item", "", ((0, 2),), "A:", ())
    assert table_header(unit) == ""


@pytest.mark.parametrize("verb", ["were seen in patients treated with", "in people treated with"])
def test_being_treated_with_a_drug_is_no_management(verb: str) -> None:
    assert "management" not in _qualified(f"<o>Fits</o> {verb} examplinib")


@pytest.mark.parametrize("denial", ["cannot be", "should not be", "shouldn't be", "shouldn t be"])
def test_what_must_not_be_done_is_no_management(denial):
    text = f"An <o>infection of the bowel</o>, which {denial} treated with opioids, was seen."
    assert "management" not in _qualified(text, "has_adverse_event")
