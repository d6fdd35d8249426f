"""Each row of relations.jsonl on its own example, and the engine on rows made for it.

``{Examplinib}`` marks the subject, ``<o>…</o>`` the object, a leading ``[LABEL]`` the section.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from monograph_nlp.errors import RuleError
from monograph_nlp.record.validate import schema_text
from monograph_nlp.rulebook.trying import MARK, stated
from monograph_nlp.rules import Row, read_patterns, read_table
from monograph_nlp.text import relation_rules
from monograph_nlp.text.headings import section_labels
from monograph_nlp.text.relating import Relation
from monograph_nlp.text.relation_rules import DIRECTIONS, Rule, read_rules

_ROWS = read_patterns("relations.jsonl", relation_rules.KEYS)
_PHRASES = read_table("relation_phrases.tsv", ("name", "pattern", "example"))
_QUALIFIERS = read_table("qualifiers.tsv", ("predicate", "key", "where", "pattern", "example"))
_RULES = {rule.id: rule for rule in read_rules()}
_SCHEMA = json.loads(schema_text())["$defs"]


def _objects(found: list[Relation]) -> list[str]:
    return [r.unit.text[r.mention.start : r.mention.end] for r in found]


@pytest.mark.parametrize("phrase", _PHRASES, ids=lambda row: row.text("name"))
def test_a_phrase_is_found_in_its_example_and_stands_in_several_places(phrase: Row) -> None:
    pattern = phrase.regex("pattern").replace("{subject}", "it")
    assert re.search(pattern, phrase.text("example"), re.IGNORECASE)
    name = f"{{{phrase.text('name')}}}"
    assert sum(str(row.values).count(name) for row in (*_ROWS, *_QUALIFIERS)) > 1


def test_a_phrase_that_there_is_not_is_named_with_its_place() -> None:
    row = Row("my.jsonl:3", {"stop": "\\. |{no-such}", "trigger": "{subject} of a{2,3}"})
    with pytest.raises(RuleError, match=r"my\.jsonl:3: stop names the phrase \{no-such\}"):
        relation_rules.spelt_out(row)


def test_a_pattern_without_phrases_stays_as_it_is() -> None:
    row = Row("my.jsonl:3", {"trigger": "{subject} of a{2,3}", "example": "{Ex}"})
    assert relation_rules.spelt_out(row) == row


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.text("id"))
def test_a_row_finds_the_object_of_its_example_and_none_in_its_counterexample(row: Row) -> None:
    rules = (_RULES[row.text("id")],)
    label = row.texts("object")[0]
    section = (row.texts("sections") or ("",))[0]
    example, counter = row.text("example"), row.text("counterexample")
    assert MARK.search(counter)
    (relation,) = stated(example, rules, label, section)
    assert f"<o>{_objects([relation])[0]}</o>" in example
    assert (relation.predicate, relation.rule) == (row.text("predicate"), row.text("id"))
    assert relation.assertion == (row.text("assertion") or "present")
    assert stated(counter, rules, label, section) == []


def test_two_groups_of_one_name_are_one_qualifier(tmp_path: Path) -> None:
    trigger = r"(?P<direction>raises)|(?P<direction2>lowers)"
    for words, expected in (("It raises <o>A</o>.", "raises"), ("It lowers <o>A</o>.", "lowers")):
        (relation,) = stated(words, _rule(tmp_path, trigger=trigger), "TARGET")
        assert relation.qualifiers == {"direction": expected}


def test_the_named_groups_of_a_trigger_are_qualifiers_of_the_schema() -> None:
    known = set(_SCHEMA["qualifiers"]["properties"])
    for rule in _RULES.values():
        groups = rule.trigger.groupindex if rule.trigger else {}
        assert {group.rstrip("0123456789") for group in groups} <= known, rule.id


def test_the_rows_name_what_exists() -> None:
    assert len(_RULES) == len(_ROWS)
    predicates = set(_SCHEMA["fact"]["properties"]["predicate"]["enum"])
    labels = set(_SCHEMA["mention"]["properties"]["label"]["enum"])
    for row in _ROWS:
        assert row.text("predicate") in predicates, row.where
        assert set(row.texts("object")) <= labels, row.where
        sections = {*row.texts("sections"), *row.texts("sections_not")}
        assert sections <= section_labels() | {""}, row.where
        assert set(row.texts("kinds")) <= {"paragraph", "item", "row"}, row.where


def _rule(tmp_path: Path, **keys: object) -> tuple[Rule, ...]:
    given = {"id": "r", "predicate": "p", "object": ["TARGET"], "direction": "after"}
    row = given | {"trigger": r"\bhits\b", "example": "-", "counterexample": "-"} | keys
    (tmp_path / "rules.jsonl").write_text(json.dumps(row), encoding="utf-8")
    read_rules.cache_clear()
    return read_rules(str(tmp_path / "rules.jsonl"))


@pytest.mark.parametrize(
    ("keys", "text", "expected"),
    [
        ({}, "{Ex} hits <o>A</o> and <o>B</o>.", ["A", "B"]),
        ({}, "<o>A</o> hits <o>B</o>.", ["B"]),
        ({"direction": "before"}, "<o>A</o> hits <o>B</o>.", ["A"]),
        ({"direction": "around"}, "<o>A</o> hits <o>B</o>.", ["B", "A"]),
        ({"direction": "unit"}, "<o>A</o> or <o>B</o>.", ["A", "B"]),
        ({"direction": "header"}, "It hits:\n• <o>A</o>\n• <o>B</o>", ["A", "B"]),
        ({"direction": "header"}, "It hits <o>A</o>.", []),
        ({"reach": 7}, "It hits 12 <o>A1</o>, <o>A2</o>.", ["A1"]),
        ({"reach": 2}, "It hits <o>A12</o>.", []),
        ({"reach": 1, "direction": "before"}, "<o>A12</o> hits.", ["A12"]),
        (
            {"reach": 5, "direction": "before"},
            "<o>A12</o> B hits; <o>A13</o> always hits.",
            ["A12"],
        ),
        ({"stop": "but"}, "It hits <o>A</o> but <o>B</o>.", ["A"]),
        ({"stop": "but", "direction": "before"}, "<o>A</o> but <o>B</o> hits.", ["B"]),
        ({"stop": "but", "direction": "unit"}, "<o>A</o> but <o>B</o>.", ["A", "B"]),
        ({"needs": "subject"}, "One hits <o>A</o>.", []),
        ({"needs": "subject"}, "It hits <o>A</o>.", ["A"]),
        ({"needs": "subject"}, "{Ex} hits <o>A</o>.", ["A"]),
        ({"needs": "drug"}, "It hits <o>A</o>.", []),
        ({"needs": "drug"}, "<DRUG>Other</> hits <o>A</o>.", ["A"]),
        ({"needs": "subject-or-section:X"}, "One hits <o>A</o>.", []),
        ({"needs": "subject-or-section:X"}, "[X] One hits <o>A</o>.", ["A"]),
        ({"needs": "text:again"}, "It hits <o>A</o>.", []),
        ({"needs": "text:again"}, "Again it hits <o>A</o>.", ["A"]),
        ({"guard": True}, "<DRUG>Other</> hits <o>A</o>.", []),
        ({"guard": True}, "With <DRUG>other</>, {Ex} hits <o>A</o>.", ["A"]),
        ({"guard": True}, "Like <DRUG>other</>, it hits <o>A</o>.", ["A"]),
        ({"sections": ["X"]}, "[Y] It hits <o>A</o>.", []),
        ({"sections": ["X"]}, "[X] It hits <o>A</o>.", ["A"]),
        ({"sections_not": ["X"]}, "[X] It hits <o>A</o>.", []),
        ({"kinds": ["item"]}, "It hits <o>A</o>.", []),
        ({"kinds": ["item"]}, "• It hits <o>A</o>.", ["A"]),
        ({"trigger": "{subject} hits"}, "{Ex} hits <o>A</o>.", ["A"]),
        ({"trigger": "{subject} hits"}, "This medicine hits <o>A</o>.", ["A"]),
        ({"trigger": "{subject} hits"}, "It hits <o>A</o>.", []),
        ({}, "It hits <TEST>blood</>.", []),
    ],
)
def test_the_engine(
    tmp_path: Path, keys: dict[str, object], text: str, expected: list[str]
) -> None:
    assert _objects(stated(text, _rule(tmp_path, **keys), "TARGET")) == expected


@pytest.mark.parametrize(
    ("mentioned", "expected"),
    [
        ("present", "present"),
        ("possible", "present"),
        ("hypothetical", "present"),
        ("conditional", "present"),
        ("absent", "absent"),
        ("other_subject", "other_subject"),
    ],
)
def test_only_a_denial_or_another_subject_changes_what_is_stated(
    tmp_path: Path, mentioned: str, expected: str
) -> None:
    rules = _rule(tmp_path)
    (relation,) = stated("It hits <o>A</o>.", rules, "TARGET", assertion=mentioned)
    assert relation.assertion == expected


def test_assertions_that_a_row_skips_state_nothing(tmp_path: Path) -> None:
    rules = _rule(tmp_path, skip=["conditional"])
    assert stated("It hits <o>A</o>.", rules, "TARGET", assertion="conditional") == []
    assert len(stated("It hits <o>A</o>.", rules, "TARGET")) == 1


@pytest.mark.parametrize(
    ("keys", "text", "expected"),
    [
        ({"denied": r"\bnever\b"}, "It never hits <o>A</o>.", "absent"),
        ({"denied": r"\bnever\b"}, "It hits <o>A</o>.", "present"),
        ({"assertion": "absent"}, "It hits <o>A</o>.", "absent"),
    ],
)
def test_a_row_may_say_that_the_text_denies_it(
    tmp_path: Path, keys: dict[str, object], text: str, expected: str
) -> None:
    (relation,) = stated(text, _rule(tmp_path, **keys), "TARGET")
    assert relation.assertion == expected


def test_a_group_and_a_neighbour_become_qualifiers(tmp_path: Path) -> None:
    rules = _rule(
        tmp_path,
        trigger=r"\b(?P<action>Blocks?|hits?)\b",
        qualifiers={"use": "treatment"},
        qualifier_labels={"ROUTE": "route"},
    )
    (relation,) = stated("It BLOCKS <o>A</o> when given <ROUTE>orally</>.", rules, "TARGET")
    assert relation.qualifiers == {"use": "treatment", "action": "blocks", "route": "orally"}


def test_the_evidence_is_the_unit_and_for_a_header_rule_the_headers_too(tmp_path: Path) -> None:
    (plain,) = stated("So. It hits <o>A</o>.", _rule(tmp_path), "TARGET")
    assert plain.evidence == ((4, 14),)
    rules = _rule(tmp_path, direction="header")
    (under,) = stated("It hits:\n• <o>A</o>", rules, "TARGET")
    assert under.evidence == ((11, 12), (0, 8))


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"direction": "afer"}, r"direction 'afer' is not one of .*did you mean 'after'"),
        ({"trigger": "("}, "trigger is no regular expression"),
        ({"score": "high"}, "score 'high' is not a number"),
        ({"example": ""}, "example is empty"),
        ({"triger": "x"}, "key 'triger' is not one of .*did you mean 'trigger'"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, keys: dict[str, object], message: str) -> None:
    with pytest.raises(RuleError, match=rf"rules\.jsonl:1: {message}"):
        _rule(tmp_path, **keys)


def test_directions() -> None:
    assert {row.text("direction") for row in _ROWS} == set(DIRECTIONS)


def test_a_dose_before_another_drug_is_that_drugs() -> None:
    text = "Take {Examplinib} 30 mg and <o>5 mg</o> <DRUG>tinmycin</> once daily."
    assert stated(text, (_RULES["dose-recommended"],), "DOSE", "DOSAGE") == []
