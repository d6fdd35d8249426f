import json
from dataclasses import replace

import pandas as pd
import pytest

from monograph_nlp.errors import ConfigError, ReadError
from monograph_nlp.record.codec import to_dict
from monograph_nlp.write.columns import TABLES, columns, qualifiers
from monograph_nlp.write.tables import _ROWS, to_frame


@pytest.mark.parametrize("table", TABLES)
def test_columns_and_types_do_not_depend_on_the_rows(sample, table):
    bare = replace(sample, subject=None, sections=(), mentions=(), facts=(), issues=())
    for records in ([], [sample], [bare], [sample, bare]):
        frame = to_frame(records, table)
        assert list(frame.columns) == list(columns(table))
        assert [str(dtype) for dtype in frame.dtypes] == list(columns(table).values())


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_lost_for_want_of_a_column(sample, table):
    assert {key for row in _ROWS[table](sample) for key in row} <= set(columns(table))


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_text_and_unique(sample, table):
    key = ["record_id"] if table == "documents" else list(columns(table))[:2]
    frame = to_frame([sample, replace(sample, id="r-2")], table)
    assert not frame.duplicated(key).any()
    assert all(frame[name].dtype == "string" for name in key)


def test_dicts_are_taken_too(sample):
    pd.testing.assert_frame_equal(to_frame([to_dict(sample)]), to_frame([sample]))
    with pytest.raises(ReadError, match=r"\$"):
        to_frame([{"id": "x"}])


def test_a_fact_is_one_row(sample):
    row = to_frame([sample]).iloc[6]
    assert row["record_id"] == "r-1"
    assert row["predicate"] == "has_adverse_event"
    assert (row["subject_name"], row["subject_concept_id"]) == ("testamab", "mesh:C000001")
    assert (row["frequency"], row["rate"], row["grade"]) == ("very common", 25.0, "3")
    assert bool(row["serious"]) is True
    assert pd.isna(row["qualifiers"])
    start, end = row["evidence_start"], row["evidence_end"]
    assert sample.text[start:end] == row["evidence_text"]
    assert row["section"] == "s2"


def test_a_fact_without_a_subject_has_empty_cells(sample):
    row = to_frame([sample]).iloc[7]
    assert row.filter(like="subject_").isna().all()


def test_an_unknown_qualifier_goes_into_the_json(sample):
    fact = replace(sample.facts[0], qualifiers={"use": "treatment", "colour": "red"})
    row = to_frame([replace(sample, facts=(fact,))]).iloc[0]
    assert row["use"] == "treatment"
    assert json.loads(row["qualifiers"]) == {"colour": "red"}


def test_a_discontinuous_mention_has_its_first_and_last_offset(sample):
    mention = next(mention for mention in sample.mentions if len(mention.spans) == 2)
    frame = to_frame([sample], "mentions")
    row = frame[frame["mention_id"] == mention.id].iloc[0]
    assert (row["start"], row["end"]) == (mention.spans[0][0], mention.spans[-1][1])
    assert json.loads(row["spans"]) == [list(span) for span in mention.spans]


def test_a_document_is_one_row(sample):
    row = to_frame([sample], "documents").iloc[0]
    assert row["characters"] == row.filter(like="coverage_").sum() == len(sample.text)
    assert json.loads(row["brand_names"]) == ["Testavy"]
    assert row["text"] == sample.text


def test_qualifier_columns_come_from_the_schema():
    assert qualifiers()["rate"] == "Float64"
    assert qualifiers()["serious"] == "boolean"
    assert set(qualifiers()) < set(columns("facts"))
    assert len(columns("facts")) == len(set(columns("facts")))


def test_an_unknown_table_is_an_error_that_lists_the_tables():
    with pytest.raises(ConfigError, match="expected one of documents, sections"):
        to_frame([], "claims")
