"""The tables say nothing that the Biolink model does not know, and each row is used."""

from __future__ import annotations

import json

import pytest
from tests.export.ask_biolink import ANSWERS, ENUMERATIONS
from tests.export.made import ACTIONS, LABELS, PREDICATES

from monograph_nlp.export import biolink, kgx, prefixes
from monograph_nlp.export.prefixes import to_biolink, to_coding
from monograph_nlp.lexicon.index import open_index
from monograph_nlp.rules import Row, read_patterns, read_table
from monograph_nlp.text.relation_rules import KEYS

MODEL = json.loads(ANSWERS.read_text("utf-8"))
CATEGORIES = read_table(biolink.CATEGORIES, biolink.CATEGORY_COLUMNS)
STATEMENTS = read_table(biolink.PREDICATES, biolink.PREDICATE_COLUMNS)
VOCABULARIES = read_table(prefixes.TABLE, prefixes.COLUMNS)
DRUGS = ("DRUG", "DRUG_CLASS", "CHEMICAL")


def _where(row: Row) -> str:
    return row.where.removeprefix("rules/")


def _picked(row: Row) -> tuple[str, dict[str, str]]:
    """The label and the qualifiers of a row's example: ``TARGET inhibitor: ...``."""
    label, _, value = row.text("example").partition(":")[0].partition(" ")
    return label, {row.text("qualifier"): value} if value else {}


@pytest.mark.parametrize("row", CATEGORIES, ids=_where)
def test_a_category_is_one_of_the_model(row: Row) -> None:
    curie = row.text("example").split(" ")[0]
    assert biolink.category(row.text("label"), curie) == row.text("category")
    assert "named thing" in MODEL["categories"][row.text("category")]


def test_every_label_has_a_category_whatever_the_vocabulary() -> None:
    assert {row.text("label") for row in CATEGORIES if not row.text("prefix")} == set(LABELS)


@pytest.mark.parametrize("row", STATEMENTS, ids=_where)
def test_a_row_is_what_its_example_becomes(row: Row) -> None:
    label, qualifiers = _picked(row)
    assert label in LABELS
    assert biolink.statement(row.text("predicate"), label, qualifiers) == biolink.Statement(
        *(row.text(name) for name in (
            "biolink", "qualified_predicate", "aspect", "direction", "mechanism", "denied", "qualifier",
        ))
    )  # fmt: skip


@pytest.mark.parametrize("row", STATEMENTS, ids=_where)
def test_a_row_uses_words_of_the_model(row: Row) -> None:
    for cell in ("biolink", "qualified_predicate", "denied"):
        name = row.text(cell)
        if name and name != biolink.SYNONYM:
            assert not MODEL["predicates"][name]["deprecated"]
    for cell in ("aspect", "direction", "mechanism"):
        assert not row.text(cell) or row.text(cell) in MODEL["values"][cell]


def test_every_predicate_and_every_action_on_a_target_has_a_row() -> None:
    assert {row.text("predicate") for row in STATEMENTS} == set(PREDICATES)
    assert {row.text("value") for row in STATEMENTS if row.text("qualifier") == "action"} == set(
        ACTIONS
    )


def _objects() -> list[tuple[str, str]]:
    rows = read_patterns("relations.jsonl", KEYS)
    pairs = {(row.text("predicate"), label) for row in rows for label in row.texts("object")}
    return sorted(pair for pair in pairs if pair[1] in LABELS)


@pytest.mark.parametrize(("predicate", "label"), _objects())
def test_subject_and_object_are_in_domain_and_range(predicate: str, label: str) -> None:
    for row in STATEMENTS:
        if row.text("predicate") != predicate or row.text("biolink") == biolink.SYNONYM:
            continue
        if row.texts("labels") and label not in row.texts("labels"):
            continue
        answer = MODEL["predicates"][row.text("biolink")]
        assert answer["domain"] in MODEL["categories"]["biolink:Drug"]
        if predicate == "has_contraindication" and label in DRUGS:
            continue  # not in the range, but the model's own example: aspirin with warfarin
        for kind in (kind for kind in CATEGORIES if kind.text("label") == label):
            name = kind.text("category")
            assert name == biolink.ANY or answer["range"] in MODEL["categories"][name]


def test_no_statement_of_everything_is_denied() -> None:
    vague = [row for row in STATEMENTS if row.text("biolink") == "biolink:related_to"]
    assert vague
    assert not any(row.text("denied") for row in vague)


def test_levels_and_columns_are_those_of_the_model() -> None:
    assert MODEL["values"]["knowledge_level"] == [kgx.KNOWLEDGE_LEVEL]
    assert MODEL["values"]["agent_type"] == [kgx.AGENT_TYPE]
    ours = {"evidence_offsets", "fact_qualifiers"}
    assert {*kgx.NODE_COLUMNS, *kgx.EDGE_COLUMNS} - set(MODEL["slots"]) == ours
    assert set(MODEL["values"]) == set(ENUMERATIONS)


@pytest.mark.parametrize("row", VOCABULARIES, ids=_where)
def test_a_curie_is_spelled_as_others_do(row: Row) -> None:
    curie, coding = row.text("example"), to_coding(row.text("example"))
    assert curie.startswith(row.text("prefix") + ":")
    spelled = f"{to_biolink(curie)} {coding.system} {coding.code}"
    assert spelled == row.text("expected")


def test_the_model_knows_the_prefixes_but_three() -> None:
    ours = {row.text("biolink") for row in VOCABULARIES}
    assert ours - set(MODEL["prefixes"]) == {"ATC", "ICD10CM", "fplx"}


def test_every_prefix_of_the_lexicon_and_of_licensed_vocabularies_is_named() -> None:
    known = {row.text("prefix") for row in VOCABULARIES}
    columns = ("source", "prefix", "pattern", "labels", "example")
    licensed = {row.text("prefix") for row in read_table("rrf_sources.tsv", columns)}
    assert licensed | {"umls", "meddra", "rxnorm"} <= known
    layer = open_index()._layers[0]
    terms = map(layer.term_at, range(0, layer.header.counts["terms"], 20))
    used = {curie.partition(":")[0] for term in terms for curie in (term.id, *term.xrefs) if curie}
    assert {"mesh", "fplx", "uniprot"} < used <= known
