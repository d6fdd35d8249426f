"""The graph holds together, and says what the records say and no more."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from tests.export.made import records as made_records

from monograph_nlp.export import Outcome, export
from monograph_nlp.export.kgx import EDGE_COLUMNS, NODE_COLUMNS
from monograph_nlp.export.outcome import (
    DENIED,
    DENIED_HERE,
    DENIED_IN_PART,
    NO_OBJECT_ID,
    NO_SUBJECT,
    NO_SUBJECT_ID,
    NOT_STATED,
    SAME_ENDS,
)
from monograph_nlp.types import Concept, Fact, Record

Rows = list[dict[str, str]]


def _read(path: Path) -> Rows:
    """Read as KGX does: tabs and line feeds, no quoting."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def graph(records: Iterable[Record], folder: Path) -> tuple[Rows, Rows, Outcome]:
    outcome = export(records, folder, "kgx")
    nodes, edges = _read(folder / "nodes.tsv"), _read(folder / "edges.tsv")
    assert all(tuple(row) == NODE_COLUMNS and None not in row.values() for row in nodes)
    assert all(tuple(row) == EDGE_COLUMNS and None not in row.values() for row in edges)
    return nodes, edges, outcome


def holds_together(nodes: Rows, edges: Rows, outcome: Outcome) -> None:
    known = [row["id"] for row in nodes]
    assert len(known) == len(set(known)) == outcome.made["node"]
    names = [row["id"] for row in edges]
    assert len(names) == len(set(names)) == outcome.made["edge"]
    for row in edges:
        assert {row["subject"], row["object"]} <= set(known)
        assert row["subject"] != row["object"]
        assert row["negated"] in ("true", "false")
        assert row["supporting_text"].count("|") == row["evidence_offsets"].count("|")
    assert outcome.exported == outcome.made["edge"] + outcome.made["synonym"]


@given(made_records(), made_records())
def test_made_records_give_a_graph_that_holds_together(first: Record, second: Record) -> None:
    records = [replace(first, id="a"), replace(second, id="b")]
    with TemporaryDirectory() as folder:
        nodes, edges, outcome = graph(records, Path(folder))
    holds_together(nodes, edges, outcome)
    ends = [len(fact.evidence[0].text) for record in records for fact in record.facts]
    assert all(len(row["supporting_text"]) in ends for row in edges)


def test_the_samples_give_a_graph(records: dict[str, Record], tmp_path: Path) -> None:
    nodes, edges, outcome = graph(records.values(), tmp_path)
    holds_together(nodes, edges, outcome)
    assert outcome.records == len(records)
    said = {(row["subject"], row["predicate"], row["object"]) for row in edges}
    assert ("MESH:D020280", "biolink:affects", "HGNC:11050") in said  # sertraline, SLC6A4
    assert ("MESH:D020280", "biolink:has_adverse_event", "MESH:D004244") in said  # dizziness
    kinds = {row["id"]: row["category"] for row in nodes}
    assert kinds["HGNC:11050"] == "biolink:Gene"


@pytest.fixture
def fact(sample: Record) -> Fact:
    """A fact whose subject and object have ids."""
    return next(fact for fact in sample.facts if fact.object.concept)


def test_an_edge_has_its_evidence_and_origin(sample: Record, fact: Fact, tmp_path: Path) -> None:
    nodes, (edge,), _ = graph([replace(sample, facts=(fact,))], tmp_path)
    expected = {
        "id": "monograph_nlp:r-1/f1",
        "subject": "MESH:C000001",
        "predicate": "biolink:treats",
        "object": "MESH:D000001",
        "negated": "false",
        "knowledge_level": "not_provided",
        "agent_type": "text_mining_agent",
        "primary_knowledge_source": "infores:monograph-nlp",
        "publications": "monograph_nlp.document:testamab",
        "supporting_text": fact.evidence[0].text,
        "evidence_offsets": "35..103",
        "original_predicate": "monograph_nlp:has_indication",
        "has_confidence_score": str(fact.score),
    }
    assert {key: edge[key] for key in expected} == expected
    assert json.loads(edge["fact_qualifiers"]) == fact.qualifiers
    assert [(row["id"], row["category"], row["xref"]) for row in nodes] == [
        ("MESH:C000001", "biolink:Drug", "RXCUI:1"),
        ("MESH:D000001", "biolink:DiseaseOrPhenotypicFeature", ""),
    ]


def test_a_target_has_direction_and_mechanism(sample: Record, tmp_path: Path) -> None:
    fact = next(fact for fact in sample.facts if fact.predicate == "has_target")
    gene = replace(fact.object, concept=Concept("hgnc:1", "ABC1", 1.0))
    fact = replace(fact, object=gene, qualifiers={"action": "inhibitor"})
    _, (edge,), _ = graph([replace(sample, facts=(fact,))], tmp_path)
    said = [edge[name] for name in EDGE_COLUMNS[2:8]]
    assert said == [
        "biolink:affects", "HGNC:1", "biolink:causes", "activity", "decreased", "inhibition",
    ]  # fmt: skip


def test_a_rate_and_a_frequency_have_columns(sample: Record, fact: Fact, tmp_path: Path) -> None:
    fact = replace(
        fact, predicate="has_adverse_event", qualifiers={"rate": 2.5, "frequency": "common"}
    )
    _, (edge,), _ = graph([replace(sample, facts=(fact,))], tmp_path)
    assert (edge["frequency_qualifier"], edge["has_percentage"]) == ("common", "2.5")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"assertion": "possible"}, NOT_STATED),
        ({"assertion": "hypothetical"}, NOT_STATED),
        ({"assertion": "other_subject"}, NOT_STATED),
        ({"assertion": "absent", "predicate": "requires_monitoring"}, DENIED),
        ({"assertion": "absent", "qualifiers": {"grade": "4"}}, DENIED_IN_PART),
        ({"subject": None}, NO_SUBJECT),
        ({"subject": "unknown"}, NO_SUBJECT_ID),
        ({"object": "unknown"}, NO_OBJECT_ID),
        ({"object": "itself"}, SAME_ENDS),
    ],
)
def test_what_cannot_be_said_is_left_out_and_counted(
    sample: Record, fact: Fact, tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    if change.get("subject") == "unknown":
        change = {"subject": replace(fact.subject, concept=None)}
    if change.get("object"):
        new = None if change["object"] == "unknown" else fact.subject.concept
        change = {"object": replace(fact.object, concept=new)}
    changed = replace(fact, **change)
    nodes, edges, outcome = graph([replace(sample, facts=(changed,))], tmp_path)
    assert (nodes, edges, outcome.left_out) == ([], [], {reason: 1})


def test_a_denied_fact_is_negated(sample: Record, fact: Fact, tmp_path: Path) -> None:
    denied = replace(fact, assertion="absent", qualifiers={"use": "treatment"})
    _, (edge,), _ = graph([replace(sample, facts=(denied,))], tmp_path)
    assert (edge["predicate"], edge["negated"]) == ("biolink:treats", "true")


def test_what_is_denied_here_and_stated_there_is_not_negated(
    sample: Record, fact: Fact, tmp_path: Path
) -> None:
    denied = replace(fact, id="denied", assertion="absent", qualifiers={})
    _, edges, outcome = graph([replace(sample, facts=(denied, fact))], tmp_path)
    assert [edge["negated"] for edge in edges] == ["false"]
    assert outcome.left_out == {DENIED_HERE: 1}


def test_a_brand_is_a_synonym_of_its_drug(sample: Record, fact: Fact, tmp_path: Path) -> None:
    brand = replace(fact, predicate="has_brand_name", object=replace(fact.object, text="Testavy"))
    (node,), edges, _ = graph([replace(sample, facts=(brand,))], tmp_path)
    assert (node["id"], node["synonym"], edges) == ("MESH:C000001", "Testavy", [])


def test_a_node_that_two_documents_name_differently_is_one(
    sample: Record, fact: Fact, tmp_path: Path
) -> None:
    other = replace(sample.mentions[1], label="CHEMICAL")
    second = replace(
        sample, id="r-2", facts=(fact,), mentions=(sample.mentions[0], other, *sample.mentions[2:])
    )
    nodes, edges, _ = graph([replace(sample, facts=(fact,)), second], tmp_path)
    assert len(edges) == 2
    assert [row["category"] for row in nodes] == [
        "biolink:Drug",
        "biolink:ChemicalEntity|biolink:DiseaseOrPhenotypicFeature",
    ]


def test_no_cell_breaks_a_line_or_a_list(sample: Record, fact: Fact, tmp_path: Path) -> None:
    said = replace(fact.evidence[0], text='a|b\tc\r\nd\u2028"e')
    record = replace(sample, id="x y|z\t", facts=(replace(fact, evidence=(said, said)),))
    _, (edge,), _ = graph([record], tmp_path)
    assert edge["supporting_text"] == 'a¦b c  d "e|a¦b c  d "e'
    assert edge["id"] == "monograph_nlp:x%20y%7Cz%09/f1"
