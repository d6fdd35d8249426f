import json
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ReadError, RecordError
from monograph_nlp.record.codec import decode, encode, from_dict, to_dict

QUALIFIERS = st.dictionaries(
    st.text(min_size=1),
    st.text() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
)


def test_decode_gives_back_what_encode_took(sample):
    assert decode(encode(sample)) == sample
    assert decode(encode(sample).decode()) == sample


@given(title=st.text(), qualifiers=QUALIFIERS)
def test_round_trip(sample, title, qualifiers):
    record = replace(
        sample,
        document=replace(sample.document, title=title),
        facts=(replace(sample.facts[0], qualifiers=qualifiers),),
    )
    line = encode(record)
    assert b"\n" not in line
    assert decode(line) == record
    assert encode(decode(line)) == line


def test_keys_stand_in_the_order_of_the_types(sample):
    assert list(json.loads(encode(sample)))[:4] == ["schema_version", "id", "document", "subject"]


def test_equal_records_give_equal_bytes(sample):
    fact = sample.facts[0]
    backwards = dict(reversed(fact.qualifiers.items()))
    frozen = MappingProxyType(backwards)
    lines = {
        encode(replace(sample, facts=(replace(fact, qualifiers=given),)))
        for given in (fact.qualifiers, backwards, frozen)
    }
    assert len(lines) == 1


def test_text_is_left_out_where_it_is_not_given(sample):
    short = replace(sample, text=None)
    assert "text" not in to_dict(short)
    assert to_dict(short) == {key: v for key, v in to_dict(sample).items() if key != "text"}
    assert decode(encode(short)) == short


def test_a_text_that_looks_like_the_end_of_a_record_is_kept(sample):
    tricky = replace(sample, text='","text":null}')
    assert decode(encode(tricky)).text == tricky.text


def test_to_dict_holds_json_values_only(sample):
    assert to_dict(sample) == json.loads(encode(sample))
    assert from_dict(to_dict(sample)) == sample


def test_half_a_surrogate_pair_is_an_error_that_names_the_record(sample):
    with pytest.raises(RecordError, match=f"record {sample.id}: .*not valid Unicode"):
        encode(replace(sample, text="\ud800"))


@pytest.mark.parametrize(
    ("qualifiers", "place", "what"),
    [
        ({"rate": object()}, ".rate", "a value of type object has no place in a record"),
        ({"unit": "\ud800", "rate": [1, {"low": 1j}]}, ".rate[1].low", "a value of type complex"),
        (MappingProxyType({"rate": range}), ".rate", "a value of type type has no place"),
        ({"rate": {(1, 2): 3}}, ".rate", "Only dicts with str"),
    ],
)
def test_a_value_of_a_strange_type_is_named_by_its_path(sample, qualifiers, place, what):
    last = len(sample.facts) - 1
    facts = (*sample.facts[:last], replace(sample.facts[last], qualifiers=qualifiers))
    with pytest.raises(TypeError) as raised:
        encode(replace(sample, facts=facts))
    where = f"record {sample.id}: $.facts[{last}].qualifiers{place}: "
    assert str(raised.value).startswith(where + what)
    assert "; expected text, a number, a boolean, None, a list of these or" in str(raised.value)
    assert isinstance(raised.value.__cause__, TypeError)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda record: record["facts"][0].update(score="high"), "$.facts[0].score"),
        (lambda record: record["mentions"][1].pop("spans"), "$.mentions[1]"),
        (lambda record: record.update(sections=None), "$.sections"),
    ],
)
def test_a_wrong_type_is_named_by_its_path(sample, change, path):
    record = to_dict(sample)
    change(record)
    with pytest.raises(ReadError) as raised:
        decode(json.dumps(record), where="records.jsonl:3")
    assert raised.value.where == f"records.jsonl:3: {path}"
    with pytest.raises(ReadError):
        from_dict(record)


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"null", b"\xff", b'{"id": "a"} {}'])
def test_what_is_no_record_is_an_error(line):
    with pytest.raises(ReadError, match=r"^records\.jsonl:1: \$"):
        decode(line, where="records.jsonl:1")
