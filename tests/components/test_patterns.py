from __future__ import annotations

import re

import pytest
import spacy

from monograph_nlp.errors import ConfigError, RuleError
from monograph_nlp.rules import read_table

HEADER = "id\tlabel\tpattern\texample\tcounterexample\n"
ROWS = read_table("entities.tsv", ("id", "label", "pattern", "example", "counterexample"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text("id"))
def test_each_row_finds_its_example(alone, row):
    doc = alone(row.text("example").replace("|", ""), "patterns")
    assert row.text("label") in {span.label_ for span in doc.spans["patterns"]}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.text("counterexample")], ids=lambda row: row.text("id")
)
def test_each_row_passes_over_its_counterexample(row):
    pattern = re.compile(row.regex("pattern"), re.IGNORECASE)
    assert not pattern.search(row.text("counterexample"))


def test_matches_carry_label_and_row(alone):
    doc = alone("Take 10 mg once daily.", "patterns")
    assert [(span.text, span.label_) for span in doc.spans["patterns"]] == [
        ("10 mg", "DOSE"),
        ("once daily", "SCHEDULE"),
    ]
    assert all(span.id_ in {row.text("id") for row in ROWS} for span in doc.spans["patterns"])


def test_the_users_own_table(tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text(HEADER + "bed\tTEST\t\\bbed \\d+\tIn bed 12.\t\n")
    nlp = spacy.blank("en")
    nlp.add_pipe("monograph_patterns", config={"table": str(table)})
    doc = nlp("She lies in bed 12.")
    (span,) = doc.spans["patterns"]
    assert (span.text, span.label_, span.id_) == ("bed 12", "TEST", "bed")


def test_a_wrong_expression_is_named_with_file_and_line(tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text(HEADER + "bed\tTEST\t(bed\tIn bed.\t\n")
    nlp = spacy.blank("en")
    with pytest.raises(RuleError, match=r"mine.tsv:2: pattern is no regular expression"):
        nlp.add_pipe("monograph_patterns", config={"table": str(table)})


def test_a_missing_table_is_named():
    with pytest.raises((RuleError, ConfigError), match=r"nowhere.tsv"):
        spacy.blank("en").add_pipe("monograph_patterns", config={"table": "nowhere.tsv"})
