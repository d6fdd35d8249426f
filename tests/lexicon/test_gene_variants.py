from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import RuleError
from monograph_nlp.lexicon import gene_variants
from monograph_nlp.lexicon.gene_variants import COLUMNS, find_variants
from monograph_nlp.rules import Row, read_table

GENES = {
    "ABL", "ABL1", "ALK", "BCR", "BRAF", "CFTR", "EGFR", "EML4", "ERK", "FLT3", "HLA-A", "HLA-B",
    "HLA-DRB1", "IDH1", "KIT", "KMT2A", "KRAS", "MEK", "MET", "NTRK", "NTRK1", "RET", "ROS1", "TPM3",
}  # fmt: skip
PARTS = ["KRAS G12C ", "BRAF", "-ABL1", " fusion", "BCR", "::", "(EGFR)", " exon 19 deletion"]
ROWS = read_table("variants.tsv", COLUMNS, required=COLUMNS)


def _found(text: str) -> list[tuple[str, str, str]]:
    found = find_variants(text, GENES.__contains__)
    return [(text[one.start : one.end], one.gene, one.name) for one in found]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.text("id")))
def test_each_row_finds_its_example_and_leaves_its_counterexample(row: Row) -> None:
    pattern = re.compile(row.regex("pattern"))
    match = pattern.search(row.text("example"))
    assert match is not None
    assert match["gene"] in GENES
    (variant,) = find_variants(row.text("example"), GENES.__contains__)
    assert (variant.start, variant.end) == match.span()
    assert find_variants(row.text("counterexample"), GENES.__contains__) == []


def test_rows_are_sorted_and_named_once() -> None:
    ids = [row.text("id") for row in ROWS]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BRAF V600E or V600K", [("BRAF V600E", "BRAF", "BRAF V600E")]),
        ("BRAF V600E/K", [("BRAF V600E/K", "BRAF", "BRAF V600E/K")]),
        ("BRAF V600 mutation", [("BRAF V600", "BRAF", "BRAF V600")]),
        ("a susceptible IDH1 R132 change", [("IDH1 R132", "IDH1", "IDH1 R132")]),
        ("EGFR T790M-positive", [("EGFR T790M", "EGFR", "EGFR T790M")]),
        ("KRAS p.G12C", [("KRAS p.G12C", "KRAS", "KRAS G12C")]),
        (
            "receptor (EGFR) exon 19 deletions or exon 21",
            [("(EGFR) exon 19 deletions", "EGFR", "EGFR exon 19 deletion")],
        ),
        (
            "MET exon 14 skipping alterations",
            [("MET exon 14 skipping alterations", "MET", "MET exon 14 skipping")],
        ),
        ("FLT3-ITD", [("FLT3-ITD", "FLT3", "FLT3-ITD")]),
        ("BCR-ABL1-positive", [("BCR-ABL1", "ABL1", "BCR::ABL1 fusion")]),
        ("BCR::ABL", [("BCR::ABL", "ABL", "BCR::ABL fusion")]),
        ("EML4-ALK fusion", [("EML4-ALK fusion", "ALK", "EML4::ALK fusion")]),
        ("ROS1-rearranged", [("ROS1-rearranged", "ROS1", "ROS1 rearrangement")]),
        ("RET fusion-positive", [("RET fusion-positive", "RET", "RET fusion")]),
        ("HLA-A*02:01-positive", [("HLA-A*02:01", "HLA-A", "HLA-A*02:01")]),
        ("HLA-B*1502 and HLA-DRB1*07:01", [
            ("HLA-B*1502", "HLA-B", "HLA-B*15:02"),
            ("HLA-DRB1*07:01", "HLA-DRB1", "HLA-DRB1*07:01"),
        ]),
        ("the G551D mutation in the CFTR gene", [
            ("G551D mutation in the CFTR", "CFTR", "CFTR G551D"),
        ]),
    ],
)  # fmt: skip
def test_variants_as_labels_write_them(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "study IMPAACT P1066",
        "TMC114-C211",
        "CD8 T cells",
        "braf v600e",
        "the MEK-ERK cascade",
        "MET 500 mg",
        "KRAS",
        "ZZZ3 V600E",
        "HLA-B27",
        "",
    ],
)
def test_what_is_no_variant_of_a_known_gene_is_left(text: str) -> None:
    assert _found(text) == []


def test_a_fusion_needs_both_its_genes() -> None:
    assert _found("ZZZ3::ALK") == []
    assert _found("ZZZ3-ALK fusion") == [("ALK fusion", "ALK", "ALK fusion")]


def test_the_lexicon_knows_the_genes_of_targeted_drugs() -> None:
    text = "KRAS G12C, BRAF V600E, EGFR exon 19 deletion, RET gene fusion, IMPAACT P1066"
    names = [variant.name for variant in find_variants(text)]
    assert names == ["KRAS G12C", "BRAF V600E", "EGFR exon 19 deletion", "RET fusion"]


@given(st.lists(st.sampled_from(PARTS)))
def test_variants_do_not_overlap_and_lie_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    found = find_variants(text, GENES.__contains__)
    ends = [0, *(variant.end for variant in found)]
    assert all(variant.start >= end for variant, end in zip(found, ends, strict=False))
    assert all(variant.gene in text[variant.start : variant.end] for variant in found)


def test_a_name_of_groups_that_the_pattern_lacks_is_an_error() -> None:
    cells = {"pattern": r"(?P<gene>[A-Z]+)", "name": "{gene} {change}"}
    with pytest.raises(RuleError, match=r"rules/variants.tsv:7: pattern has no group 'change'"):
        gene_variants._compiled(Row("rules/variants.tsv:7", cells))
