import pytest

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.content_words import COLUMNS, TABLE, content_words, similarity

ROWS = read_table(TABLE, COLUMNS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_a_row_folds_its_example(row: Row) -> None:
    example, expected = row.text("example"), row.text("expected")
    assert content_words(example) == content_words(expected)
    if row.text("kind") != "stop":
        assert row.compiled("pattern").search(example)
        assert not row.compiled("pattern").search(expected)


def test_every_stop_word_counts_for_nothing() -> None:
    words = [word for row in ROWS if row.text("kind") == "stop" for word in row.texts("pattern")]
    assert len(words) == len(set(words)) > 50
    assert content_words(" ".join(words)) == frozenset()


def test_likeness_is_that_of_the_best_pair_of_names() -> None:
    assert similarity(["a rash", "skin rash"], ["skin rashes", "fever"]) == 0.5  # rashe is no rash
    assert similarity(["liver failure"], ["failure of the liver"]) == 1.0
    assert similarity(["kidney failure"], ["heart failure"]) == 0.5
    assert similarity(["the"], ["the"]) == similarity([], ["rash"]) == 0.0
