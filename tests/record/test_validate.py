import copy
import json
from dataclasses import replace

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ConfigError, RecordError
from monograph_nlp.record.codec import encode, to_dict
from monograph_nlp.record.validate import problems, schema_text, validate, versions
from monograph_nlp.types import Fact, Record

SCHEMA = json.loads(schema_text())
REFERENCE = jsonschema.Draft202012Validator(SCHEMA)
FAST = jsonschema_rs.Draft202012Validator(SCHEMA)
JUNK = st.none() | st.booleans() | st.integers(-2, 2) | st.floats() | st.text() | st.just([])


def places(node: object, path: tuple = ()) -> list[tuple]:
    """Every path to a value of a JSON object."""
    children = node.items() if isinstance(node, dict) else enumerate(node)
    found = []
    for key, child in children:
        found.append((*path, key))
        if isinstance(child, dict | list):
            found += places(child, (*path, key))
    return found


def put(record: dict, path: tuple, value: object) -> dict:
    changed = copy.deepcopy(record)
    node = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return changed


def with_fact(record: Record, **fields: object) -> Record:
    fact: Fact = replace(record.facts[0], **fields)
    return replace(record, facts=(fact, *record.facts[1:]))


def test_the_sample_is_valid(sample):
    assert problems(to_dict(sample)) == []
    assert problems(to_dict(replace(sample, text=None)), sample.text) == []
    validate(encode(sample), sample.text)


@given(data=st.data())
def test_the_two_validators_agree_on_changed_records(sample, data):
    record = to_dict(sample)
    path = data.draw(st.sampled_from(places(record)))
    changed = put(record, path, data.draw(JUNK))
    assert REFERENCE.is_valid(changed) == FAST.is_valid(changed)


@given(data=st.data())
def test_the_two_validators_agree_on_missing_and_foreign_keys(sample, data):
    record = to_dict(sample)
    path = data.draw(st.sampled_from([p for p in places(record) if isinstance(p[-1], str)]))
    changed = put(record, path, None)
    node = changed
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    node.update(data.draw(st.dictionaries(st.text(), JUNK, max_size=1)))
    assert REFERENCE.is_valid(changed) == FAST.is_valid(changed)
    if not FAST.is_valid(changed):
        assert problems(changed)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "a\n"),
        (("sections", 0, "label"), "OTHER\n"),
        (("mentions", 0, "concept", "id"), "mesh:D1\n"),
        (("document", "sha256"), "0" * 64 + "\n"),
    ],
)
def test_the_two_validators_agree_on_a_trailing_line_break(sample, path, value):
    changed = put(to_dict(sample), path, value)
    assert REFERENCE.is_valid(changed) == FAST.is_valid(changed) == (path == ("id",))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("schema_version",), "2.0", "$.schema_version"),
        (("facts", 0, "score"), 1.1, "$.facts[0].score"),
        (("facts", 0, "predicate"), "has_hope", "$.facts[0].predicate"),
        (("facts", 0, "evidence"), [], "$.facts[0].evidence"),
        (("facts", 0, "object", "concept"), {}, "$.facts[0].object.concept"),
        (("facts", 2, "qualifiers", "action"), "eater", "$.facts[2].qualifiers.action"),
        (("facts", 5, "qualifiers", "rate"), -1.0, "$.facts[5].qualifiers.rate"),
        (("facts", 5, "qualifiers", "frequency"), "often", "$.facts[5].qualifiers.frequency"),
        (("facts", 5, "qualifiers", "colour"), "red", "$.facts[5].qualifiers"),
        (("mentions", 0, "label"), "PERSON", "$.mentions[0].label"),
        (("mentions", 0, "concept", "id"), "D1", "$.mentions[0].concept.id"),
        (("mentions", 0, "spans", 0), [1], "$.mentions[0].spans[0]"),
        (("sections", 0, "start"), -1, "$.sections[0].start"),
        (("sections", 0, "label"), "Indications", "$.sections[0].label"),
        (("issues", 0, "code"), "bad_mood", "$.issues[0].code"),
        (("text",), None, "$.text"),
        (("host",), "a", "$"),
    ],
)
def test_the_schema_names_the_place(sample, path, value, where):
    found = problems(put(to_dict(sample), path, value))
    assert [problem.path for problem in found] == [where]


def test_a_rate_beyond_a_hundred_per_cent_is_for_the_audit(sample):
    assert problems(put(to_dict(sample), ("facts", 5, "qualifiers", "rate"), 120.0)) == []


def test_an_interaction_may_have_any_action(sample):
    record = put(to_dict(sample), ("facts", 2, "predicate"), "interacts_with")
    assert problems(put(record, ("facts", 2, "qualifiers", "action"), "avoid")) == []


@pytest.mark.parametrize(
    ("path", "value", "where", "message"),
    [
        (("mentions", 1, "id"), "m1", "$.mentions[1].id", "id 'm1' is taken"),
        (("sections", 1, "id"), "s1", "$.sections[1].id", "id 's1' is taken"),
        (("issues", 1, "id"), "i1", "$.issues[1].id", "id 'i1' is taken"),
        (("facts", 0, "object", "mention"), "m9", "$.facts[0].object.mention", "no mention 'm9'"),
        (("facts", 0, "subject", "mention"), "m9", "$.facts[0].subject.mention", "no mention 'm9'"),
        (("mentions", 0, "section"), "s9", "$.mentions[0].section", "no section 's9'"),
        (("sections", 2, "parent"), "s9", "$.sections[2].parent", "no section 's9'"),
        (("sections", 0, "end"), 1, "$.sections[0]", "ends before it has 0 characters"),
        (("sections", 1, "end"), 999, "$.sections[1]", "ends beyond 252 characters"),
        (("mentions", 0, "text"), "Testamac", "$.mentions[0].text", "the text says 'Testamab'"),
        (("coverage", "junk"), 0, "$.coverage", "add up to 250"),
        (("text",), "short", "$.document.characters", "the text has 5 characters"),
    ],
)
def test_cross_field_checks_name_the_place(sample, path, value, where, message):
    found = problems(put(to_dict(sample), path, value))
    assert any(problem.path == where and message in problem.message for problem in found)


def test_evidence_must_be_as_long_as_its_offsets_say(sample):
    evidence = replace(sample.facts[0].evidence[0], text="too short")
    record = replace(with_fact(sample, evidence=(evidence,)), text=None)
    (problem,) = problems(to_dict(record))
    assert problem.path == "$.facts[0].evidence[0].text"
    assert problem.value == "too short"


def test_evidence_must_be_the_words_of_the_text(sample):
    evidence = sample.facts[0].evidence[0]
    other = replace(evidence, text=evidence.text[::-1])
    record = to_dict(replace(with_fact(sample, evidence=(other,)), text=None))
    assert problems(record) == []
    assert [problem.path for problem in problems(record, sample.text)] == [
        "$.facts[0].evidence[0].text"
    ]


@pytest.mark.parametrize("start", [5, 6])
def test_an_empty_or_backward_quotation_is_a_problem(sample, start):
    evidence = replace(sample.facts[0].evidence[0], start=start, end=5)
    paths = {p.path for p in problems(to_dict(with_fact(sample, evidence=(evidence,))))}
    assert "$.facts[0].evidence[0]" in paths


def test_fragments_stand_in_order_and_apart(sample):
    mention = next(mention for mention in sample.mentions if len(mention.spans) == 2)
    place = sample.mentions.index(mention)
    record = put(to_dict(sample), ("mentions", place, "spans"), mention.spans[::-1])
    record = json.loads(json.dumps(record))
    assert f"$.mentions[{place}].spans[1]" in {p.path for p in problems(record)}


def test_the_records_text_must_be_the_documents(sample):
    other = sample.text.swapcase()
    assert "$.text" in {problem.path for problem in problems(to_dict(sample), other)}


def test_whole_numbers_written_as_decimals_are_a_problem(sample):
    found = problems(put(to_dict(sample), ("sections", 0, "start"), 19.0))
    assert [problem.path for problem in found] == ["$.sections[0].start"]


def test_validate_raises_with_record_and_path(sample):
    record = put(to_dict(sample), ("facts", 0, "score"), 2)
    with pytest.raises(RecordError) as raised:
        validate(json.dumps(record))
    assert (raised.value.record_id, raised.value.path) == (sample.id, "$.facts[0].score")


@pytest.mark.parametrize("line", [b"", b"{", b"\xff", "[]", "1", "null"])
def test_validate_refuses_what_is_no_record(line):
    with pytest.raises(RecordError) as raised:
        validate(line)
    assert raised.value.path == "$"


def test_long_messages_are_cut(sample):
    (problem,) = problems(put(to_dict(sample), ("facts", 0, "predicate"), "x" * 5000))
    assert len(problem.message) < 350


def test_schema_text_of_an_unknown_version():
    assert versions() == ("1.0",)
    with pytest.raises(ConfigError, match=r"'9\.9': no such version; expected one of 1\.0"):
        schema_text("9.9")
