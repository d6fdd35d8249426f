import json
from dataclasses import replace

import msgspec
import pytest

from made_records import fact, record
from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.comparing import compare
from monograph_nlp.evaluate.counting import ALL, LABEL, Measure
from monograph_nlp.evaluate.evaluating import evaluate
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact
from monograph_nlp.evaluate.result import Result, read_result

NAMES = [f"doc{number}" for number in range(12)]
GOLD = Gold(
    "facts",
    tuple(GoldDocument(name, facts=(GoldFact("has_target", ("CD38",)),)) for name in NAMES),
)


def result(right: int, name: str) -> Result:
    """The result of records of which so many state the target, and the others a wrong one."""
    records = [
        record(fact("has_target", "CD38" if place < right else "HER2"), id=document)
        for place, document in enumerate(NAMES)
    ]
    return evaluate(GOLD, records, records_name=name, rounds=100)


def test_a_large_difference_is_significant_and_a_small_one_is_not() -> None:
    large = compare(result(2, "a"), result(12, "b"), rounds=2000, seed=0)
    whole = {one.measure: one for one in large.differences}[Measure("facts", ALL, "")]
    assert (whole.one, whole.other) == (pytest.approx(1 / 6, abs=1e-6), 1.0)
    assert whole.f1.value == pytest.approx(5 / 6, abs=1e-6)
    assert whole.f1.low > 0
    assert whole.p_value < 0.01
    assert whole.is_significant
    small = compare(result(11, "a"), result(12, "b"), rounds=2000, seed=0)
    assert not any(one.is_significant for one in small.differences)
    assert small.differences[0].p_value == 1  # one document alone differs


def test_a_result_beside_itself_does_not_differ() -> None:
    same = compare(result(5, "a"), result(5, "b"), rounds=200, seed=0)
    assert {(one.f1.value, one.p_value, one.is_significant) for one in same.differences} == {
        (0.0, 1.0, False)
    }


def test_what_one_side_never_found_is_missed_there() -> None:
    nothing = evaluate(GOLD, [record(id=name) for name in NAMES], rounds=100)
    whole = compare(nothing, result(12, "b"), rounds=200, seed=0)
    labels = [one for one in whole.differences if one.measure.by == LABEL]
    assert [(one.one, one.other) for one in labels] == [(0.0, 1.0)]


def test_documents_of_one_side_alone_are_left_out_and_told() -> None:
    part = replace(GOLD, documents=GOLD.documents[:8])
    some = evaluate(
        part,
        [record(fact("has_target", "CD38"), id=name) for name in NAMES[:8]],
        gold_name="part",
        rounds=100,
    )
    found = compare(some, result(12, "b"), rounds=200, seed=0)
    assert found.documents == 8
    assert found.notes == (
        "4 documents that only b has are left out",
        "the golds are named part and gold: are they the same?",
    )


def test_results_that_have_nothing_in_common_are_refused() -> None:
    one = result(3, "a")
    with pytest.raises(ReadError, match="no document in common"):
        compare(one, replace(one, documents=tuple("xyzuvwabcdef")), rounds=100, seed=0)
    with pytest.raises(ReadError, match="format tac"):
        compare(one, replace(one, format="tac"), rounds=100, seed=0)


def test_a_result_is_the_same_when_it_is_read(tmp_path) -> None:
    path = tmp_path / "result.json"
    one = result(7, "a")
    path.write_bytes(msgspec.json.encode(one))
    assert read_result(path) == one
    value = json.loads(path.read_text("utf-8")) | {"version": 9}
    path.write_text(json.dumps(value), "utf-8")
    with pytest.raises(ReadError, match="version 9"):
        read_result(path)
    path.write_text("{}", "utf-8")
    with pytest.raises(ReadError, match="Write it anew"):
        read_result(path)
    with pytest.raises(ReadError, match="No such file"):
        read_result(tmp_path / "none.json")
