import pytest

from monograph_nlp.errors import ConfigError
from monograph_nlp.evaluate.gold import GoldDocument, GoldMention
from monograph_nlp.evaluate.gold_types import (
    COLUMNS,
    TABLE,
    assertion_of,
    curies,
    labels_of,
    qualifier_of,
)
from monograph_nlp.record import vocabulary
from monograph_nlp.rules import Row, read_table

ROWS = read_table(TABLE, COLUMNS)


def _document(*types: str) -> GoldDocument:
    return GoldDocument("d", tuple(GoldMention(kind, ((0, 1),), "x") for kind in types))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_a_row_gives_what_a_record_has(row: Row) -> None:
    if row.text("kind") == "mention":
        assert set(row.texts("gives")) <= set(vocabulary.labels())
        labels, notes = labels_of([_document(row.text("type").capitalize())])
        assert (list(labels.values()), notes) == ([frozenset(row.texts("gives"))], ())
    elif row.text("kind") == "qualifier":
        predicate, key = row.text("type").split("+")
        assert predicate in vocabulary.predicates()
        assert row.text("gives") in vocabulary.qualifiers()
        assert qualifier_of(predicate, key) == row.text("gives") != key
    else:
        assert assertion_of(row.text("type").upper()) == row.text("gives")
    assert row.text("type") == row.text("type").lower()
    assert row.text("example")


def test_a_label_goes_to_the_type_that_claims_the_fewest() -> None:
    labels, _ = labels_of([_document("Chemical", "DRUG", "Disease", "ADE")])
    assert labels == {
        "Chemical": {"CHEMICAL"},
        "DRUG": {"DRUG"},
        "Disease": {"CONDITION"},
        "ADE": {"ADVERSE_EVENT"},
    }


def test_an_unknown_type_is_told_and_the_users_own_holds() -> None:
    labels, notes = labels_of([_document("Organism", "Organism")])
    assert labels == {}
    assert "2 mentions of type 'Organism' are not counted" in notes[0]
    assert labels_of([_document("Organism")], {"Organism": ["POPULATION"]}) == (
        {"Organism": {"POPULATION"}},
        (),
    )
    assert labels_of([_document("DRUG")], {"DRUG": []}) == ({}, ())
    with pytest.raises(ConfigError, match="no label 'PEOPLE'"):
        labels_of([_document("Organism")], {"Organism": ["PEOPLE"]})


def test_identifiers_become_curies() -> None:
    assert curies("Gene", "672") == {"ncbigene:672"}
    assert curies("Chemical", "MESH:D008094;CHEBI:1") == {"mesh:D008094", "chebi:1"}
    assert curies("Nothing", "D1") == curies("Disease", "-") == frozenset()


def test_attributes_are_assertions_or_nothing() -> None:
    assert assertion_of("Negation", "false") is None
    assert assertion_of("Assertion", "Other subject") == "other_subject"
    assert assertion_of("assertion", "certainly") is None


def test_the_schema_knows_what_there_is() -> None:
    assert "has_target" in vocabulary.predicates()
    assert {"frequency", "rate", "action"} <= vocabulary.qualifiers().keys()
