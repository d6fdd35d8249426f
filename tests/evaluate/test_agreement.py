import pytest

from made_records import fact
from monograph_nlp.evaluate.agreement import (
    COLUMNS,
    TABLE,
    agree,
    are_alike,
    is_unannotated,
    names_of,
    same_value,
)
from monograph_nlp.evaluate.gold import GoldFact
from monograph_nlp.rules import Row, read_table

ROWS = read_table(TABLE, COLUMNS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_a_row_joins_its_example_and_parts_its_counterexample(row: Row) -> None:
    same, other = row.texts("example"), row.texts("counterexample")
    assert are_alike(row.text("predicate"), same[:1], same[1:])
    assert not are_alike(row.text("predicate"), other[:1], other[1:])
    assert 0 < row.number("least", 0) <= 1


def test_a_predicate_without_a_row_has_the_common_measure() -> None:
    assert are_alike("has_indication", ("breast cancer",), ("cancer of the breast",))
    assert not are_alike("has_indication", ("breast cancer",), ("lung cancer",))


def test_an_object_is_known_by_its_words_its_name_and_its_concept() -> None:
    one = fact("has_adverse_event", "tiredness", name="fatigue", curie="mesh:D005221")
    assert names_of(one.object) == ("tiredness", "fatigue")


def test_facts_agree_by_place_concept_or_names_and_in_assertion() -> None:
    one = fact("has_adverse_event", "tiredness", curie="mesh:D005221")
    other = GoldFact("has_adverse_event", ("asthenia",))
    assert not agree(other, one, ((0, 4),))
    assert agree(GoldFact("has_adverse_event", ("asthenia",), spans=((3, 9),)), one, ((0, 4),))
    assert agree(GoldFact("has_adverse_event", ("asthenia",), concept="mesh:D005221"), one, ())
    assert agree(GoldFact("has_adverse_event", ("x", "feeling of tiredness", "tiredness")), one, ())
    assert not agree(GoldFact("has_adverse_event", ("tiredness",), "absent"), one, ())
    assert not agree(GoldFact("has_indication", ("tiredness",)), one, ())


@pytest.mark.parametrize("words", ["other medicines", "肝障害", "β"])
def test_the_very_words_agree_though_none_of_them_counts(words: str) -> None:
    one = fact("interacts_with", words, name="")
    assert agree(GoldFact("interacts_with", (words,)), one, ())
    assert not agree(GoldFact("interacts_with", ("its",)), one, ())


def test_what_annotators_leave_out_is_known_by_the_words() -> None:
    assert is_unannotated(fact("has_contraindication", "Hypersensitivity to testamab"))
    assert not is_unannotated(fact("has_contraindication", "gout"))
    assert not is_unannotated(fact("has_adverse_event", "allergic reaction"))


@pytest.mark.parametrize(
    ("key", "one", "other", "is_same"),
    [
        ("frequency", "common", "common", True),
        ("frequency", "common", "uncommon", False),
        ("frequency", None, None, True),
        ("frequency", None, "rare", False),
        ("rate", 5, 5.0, True),
        ("population", "adults", "adults and children", True),
        ("population", "adults", "children", False),
    ],
)
def test_values_of_qualifiers(key: str, one: object, other: object, is_same: bool) -> None:
    assert same_value(key, one, other) is is_same
    assert same_value(key, other, one) is is_same
