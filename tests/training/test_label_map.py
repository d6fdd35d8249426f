"""The table of labels: every row means something of ours, and strays are refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from made_up import write
from training.corpora import catalog
from training.corpora.document import CorpusError, Document, Span
from training.corpora.labels import LabelMap

ROOT = Path(__file__).parents[2]
CUES = {
    "ANIMAL",
    "FACTOR",
    "NEGATION",
    "DENIED",
    "OTHER_SUBJECT",
}  # learned beside the mentions, for their assertion
HEADER = "corpus\tlabel\tours\tcomplete\texample\tnote\n"


def _rows() -> list[dict[str, str]]:
    with (ROOT / "training/labels.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_our_labels_are_those_of_the_record() -> None:
    schema = json.loads((ROOT / "schemas/record/1.0.json").read_text(encoding="utf-8"))
    allowed = {*schema["$defs"]["mention"]["properties"]["label"]["enum"], *CUES}
    for row in _rows():
        assert set(filter(None, row["ours"].split("|"))) <= allowed, row


def test_no_label_has_two_rows() -> None:
    keys = [(row["corpus"], row["label"]) for row in _rows()]
    assert len(keys) == len(set(keys))


def test_every_annotated_corpus_has_labels() -> None:
    annotated = {part.corpus for part in catalog.parts("train", "folds", "held_out", "check")}
    assert {row["corpus"] for row in _rows()} == annotated | {"leaflets"}


def test_a_span_gets_our_labels_or_is_left_out() -> None:
    spans = (Span("1", "Chemical", ((0, 5),)), Span("2", "Disease", ((6, 11),)))
    mapped = LabelMap.of("bc5cdr").apply(Document("1", "1", "zalux cough", spans))
    assert [span.choices for span in mapped.spans] == [
        ("DRUG", "CHEMICAL"),
        ("CONDITION", "ADVERSE_EVENT"),
    ]
    assert mapped.known == {"DRUG", "CHEMICAL", "CONDITION", "ADVERSE_EVENT"}
    taxon = Document("1", "1", "mice", (Span("1", "OrganismTaxon", ((0, 4),)),))
    assert LabelMap.of("biored").apply(taxon).spans == ()


def test_what_is_marked_only_in_part_is_not_known() -> None:
    assert LabelMap.of("tac").known.isdisjoint({"CONDITION", "DRUG", "DRUG_CLASS"})
    assert LabelMap.of("phee").known == frozenset()


def test_a_label_without_a_row_is_refused() -> None:
    document = Document("7", "7", "zalux", (Span("1", "Drugs", ((0, 5),)),))
    with pytest.raises(CorpusError, match=r"no row for 'Drugs' of bc5cdr \(document 7\)"):
        LabelMap.of("bc5cdr").apply(document)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("other\tA\tDRUG\t\tzalux\t\n", "no labels of 'mine'"),
        ("mine\tA\tDRUG\tTARGET\tzalux\t\n", "complete .'TARGET'. is not among ours"),
    ],
)
def test_a_bad_table_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    table = write(tmp_path / "labels.tsv", HEADER + rows)
    with pytest.raises(CorpusError, match=message):
        LabelMap.of("mine", table)
