"""Records → a knowledge graph in KGX's TSV form: ``nodes.tsv`` and ``edges.tsv``, Biolink model.

A fact becomes an edge where its subject and its object have ids; nothing is made up for those
that have none. Edges are written as they come. Nodes are written at the end, each once; what is
kept of them grows with the vocabulary, not with the documents.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeAlias
from urllib.parse import quote

from monograph_nlp.export.biolink import SYNONYM, Statement, category, statement
from monograph_nlp.export.lines import one_line
from monograph_nlp.export.outcome import (
    DENIED,
    DENIED_HERE,
    DENIED_IN_PART,
    NO_OBJECT_ID,
    NO_PLACE,
    NO_SUBJECT,
    NO_SUBJECT_ID,
    NOT_STATED,
    SAME_ENDS,
    LeftOut,
    Outcome,
)
from monograph_nlp.export.prefixes import to_biolink
from monograph_nlp.types import Argument, Concept, Fact, Record
from monograph_nlp.write.replace import replacing

NODE_COLUMNS = ("id", "category", "name", "xref", "synonym", "provided_by")
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "qualified_predicate", "object_aspect_qualifier",
    "object_direction_qualifier", "causal_mechanism_qualifier", "frequency_qualifier",
    "has_percentage", "negated", "knowledge_level", "agent_type", "primary_knowledge_source",
    "publications", "supporting_text", "evidence_offsets", "original_predicate",
    "fact_qualifiers", "has_confidence_score",
)  # fmt: skip
_SOURCE = "infores:monograph-nlp"
KNOWLEDGE_LEVEL = "not_provided"  # what the text knows and how is not told
AGENT_TYPE = "text_mining_agent"
_OURS = "monograph_nlp"  # prefix of what has no id elsewhere: documents, facts, our predicates
_Ends: TypeAlias = tuple[str, str, str]
_SAFE = "/:@+,;!*'()$&="  # of an id that becomes part of a CURIE; % is not


@dataclass(slots=True)
class _Node:
    name: str
    xrefs: tuple[str, ...]
    categories: set[str] = field(default_factory=set)
    synonyms: set[str] = field(default_factory=set)


class _Nodes:
    """Every node once, whatever the number of documents that name it."""

    def __init__(self) -> None:
        self._nodes: dict[str, _Node] = {}

    def add(self, concept: Concept, label: str) -> _Node:
        name = to_biolink(concept.id)
        node = self._nodes.setdefault(name, _Node(concept.name, concept.xrefs))
        node.categories.add(category(label, concept.id))
        return node

    def write(self, stream: TextIO) -> int:
        for name, node in self._nodes.items():
            others = sorted(node.synonyms - {node.name})
            kinds = sorted(node.categories)
            xrefs = dict.fromkeys(map(to_biolink, node.xrefs))
            _write(stream, [name, kinds, node.name, list(xrefs), others, _SOURCE])
        return len(self._nodes)


def write_kgx(records: Iterable[Record], folder: Path, outcome: Outcome) -> None:
    """Write ``nodes.tsv`` and ``edges.tsv``, replaced when the last record is written."""
    nodes = _Nodes()
    outcome.made.update(node=0, edge=0, synonym=0)  # in the order in which they are told
    with (
        replacing(folder / "nodes.tsv") as node_part,
        replacing(folder / "edges.tsv") as edge_part,
        node_part.open("w", encoding="utf-8", newline="") as node_stream,
        edge_part.open("w", encoding="utf-8", newline="") as edge_stream,
    ):
        _write(edge_stream, EDGE_COLUMNS)
        for record in records:
            outcome.records += 1
            _add(record, nodes, edge_stream, outcome)
        _write(node_stream, NODE_COLUMNS)
        outcome.made["node"] = nodes.write(node_stream)


def _add(record: Record, nodes: _Nodes, stream: TextIO, outcome: Outcome) -> None:
    labels = {mention.id: mention.label for mention in record.mentions}
    stated = {_ends(fact) for fact in record.facts if fact.assertion == "present"}
    for fact in record.facts:
        with outcome.fact():
            label = labels.get(fact.object.mention or "", "")
            said = _said(fact, statement(fact.predicate, label, fact.qualifiers))
            if fact.assertion == "absent":
                _check_denied(fact, said, stated)
            subject = _subject(fact)
            if said.predicate == SYNONYM:
                nodes.add(subject, "DRUG").synonyms.add(fact.object.text)
                outcome.made["synonym"] += 1
                continue
            object = _object(fact, subject)
            nodes.add(subject, "DRUG")
            nodes.add(object, label)
            _write(stream, _edge(record, fact, said, subject, object))
            outcome.made["edge"] += 1


def _ends(fact: Fact) -> _Ends:
    """Return what two facts share that say the same, whatever their qualifiers."""
    return fact.predicate, _name(fact.subject), _name(fact.object)


def _name(argument: Argument | None) -> str:
    if argument is None:
        return ""
    return argument.concept.id if argument.concept else argument.name.lower()


def _said(fact: Fact, said: Statement | None) -> Statement:
    if said is None:
        raise LeftOut(NO_PLACE)
    if fact.assertion not in ("present", "absent"):
        raise LeftOut(NOT_STATED)
    return said


def _check_denied(fact: Fact, said: Statement, stated: Collection[_Ends]) -> None:
    """Leave out a denied fact unless a negated edge says no more than the text."""
    if not said.denied:
        raise LeftOut(DENIED)
    if set(fact.qualifiers) - {said.chosen_by}:  # "no grade 4 anaemia" does not deny anaemia
        raise LeftOut(DENIED_IN_PART)
    if _ends(fact) in stated:
        raise LeftOut(DENIED_HERE)


def _subject(fact: Fact) -> Concept:
    if fact.subject is None:
        raise LeftOut(NO_SUBJECT)
    if fact.subject.concept is None:
        raise LeftOut(NO_SUBJECT_ID)
    return fact.subject.concept


def _object(fact: Fact, subject: Concept) -> Concept:
    if fact.object.concept is None:
        raise LeftOut(NO_OBJECT_ID)
    if fact.object.concept.id == subject.id:
        raise LeftOut(SAME_ENDS)
    return fact.object.concept


def _edge(
    record: Record, fact: Fact, said: Statement, subject: Concept, object: Concept
) -> list[str | list[str]]:
    is_denied = fact.assertion == "absent"
    rest = json.dumps(dict(fact.qualifiers), ensure_ascii=False, sort_keys=True)
    return [
        f"{_OURS}:{quote(record.id, safe=_SAFE)}/{quote(fact.id, safe=_SAFE)}",
        to_biolink(subject.id),
        said.denied if is_denied else said.predicate,
        to_biolink(object.id),
        said.qualified_predicate,
        said.aspect,
        said.direction,
        said.mechanism,
        str(fact.qualifiers.get("frequency", "")),
        str(fact.qualifiers.get("rate", "")),
        "true" if is_denied else "false",
        KNOWLEDGE_LEVEL,
        AGENT_TYPE,
        _SOURCE,
        [f"{_OURS}.document:{quote(record.document.id, safe=_SAFE)}"],
        [evidence.text for evidence in fact.evidence],
        [f"{evidence.start}..{evidence.end}" for evidence in fact.evidence],
        f"{_OURS}:{fact.predicate}",
        rest if fact.qualifiers else "",
        str(fact.score),
    ]


def _write(stream: TextIO, cells: Iterable[str | list[str]]) -> None:
    """Write a row; the values of a list are parted by ``|``, which no value then holds."""
    parts = ([cell] if isinstance(cell, str) else cell for cell in cells)
    stream.write("\t".join("|".join(map(_cell, part)) for part in parts) + "\n")


def _cell(text: str) -> str:
    return one_line(text).replace("|", "¦")
