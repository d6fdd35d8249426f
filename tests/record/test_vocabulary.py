"""The vocabulary is that of the types: what the schema lists is what a record can hold."""

from typing import get_args

from monograph_nlp import types
from monograph_nlp.record.vocabulary import (
    assertions,
    issue_codes,
    labels,
    predicates,
    properties,
    qualifiers,
    schema,
    target_actions,
)


def test_what_is_listed_once_each_and_in_order() -> None:
    for values in (labels(), predicates(), assertions(), issue_codes(), target_actions()):
        assert len(set(values)) == len(values) > 3
    assert assertions() == get_args(types.AssertionStatus)
    assert labels()[0] == properties("mention")["label"]["enum"][0]


def test_qualifiers_have_their_forms_and_every_part_is_of_the_schema() -> None:
    assert qualifiers()["rate"]["type"] == "number"
    assert qualifiers()["frequency"]["enum"][0] == "very common"
    assert properties("document") is schema()["$defs"]["document"]["properties"]
