"""A record → what the page needs of it: concepts once, and the text, or the sentences that are kept.

Offsets stay what they are in the record: code points of ``Monograph.text``. The page's script counts
in UTF-16 and converts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import msgspec

from monograph_nlp.types import Concept, Evidence, Fact, Mention, Record

Json = dict[str, object]


def payload(record: Record) -> Json:
    """Return the JSON object of one document; ``whole`` says whether ``pieces`` is all its text."""
    concepts: dict[tuple[str, str], int] = {}
    text = record.text
    return {
        "document": msgspec.to_builtins(record.document),
        "subject": record.subject.name if record.subject else None,
        "brands": record.subject.brand_names if record.subject else (),
        "package": record.provenance.package,
        "model": record.provenance.model,
        "coverage": msgspec.to_builtins(record.coverage),
        "whole": text is not None,
        "pieces": [[0, text]] if text is not None else kept_pieces(record),
        "sections": [[part.start, part.title, part.label] for part in record.sections],
        "mentions": [_mention(mention, concepts) for mention in record.mentions],
        "facts": [_fact(fact, concepts) for fact in record.facts],
        "issues": [
            {
                "code": issue.code,
                "severity": issue.severity,
                "message": issue.message,
                "evidence": _ranges(issue.evidence),
            }
            for issue in record.issues
        ],
        "concepts": list(concepts),
    }


def kept_pieces(record: Record) -> list[list[object]]:
    """Return ``[start, words]`` of all that a record without its text still quotes, in order.

    Quotations that overlap or touch are joined, so that no character comes twice.
    """
    pieces: list[tuple[int, str]] = []
    for start, words in sorted(
        _quotations(record), key=lambda quoted: (quoted[0], -len(quoted[1]))
    ):
        if pieces and start <= pieces[-1][0] + len(pieces[-1][1]):
            before, known = pieces[-1]
            pieces[-1] = before, known + words[before + len(known) - start :]
        else:
            pieces.append((start, words))
    return [[start, words] for start, words in pieces]


def _quotations(record: Record) -> Iterator[tuple[int, str]]:
    quoted = [fact.evidence for fact in record.facts] + [issue.evidence for issue in record.issues]
    for evidence in chain.from_iterable(quoted):
        yield evidence.start, evidence.text


def _mention(mention: Mention, concepts: dict[tuple[str, str], int]) -> Json:
    return {
        "id": mention.id,
        "label": mention.label,
        "text": mention.text,
        "spans": mention.spans,
        "assertion": mention.assertion,
        "score": mention.score,
        "source": mention.source,
        **({"long": mention.long_form} if mention.long_form else {}),
        **({"cues": mention.cues} if mention.cues else {}),
        **_concept(mention.concept, concepts),
    }


def _fact(fact: Fact, concepts: dict[tuple[str, str], int]) -> Json:
    subject = fact.subject
    return {
        "id": fact.id,
        "predicate": fact.predicate,
        "object": fact.object.text,
        "name": fact.object.name,
        "qualifiers": dict(fact.qualifiers),
        "assertion": fact.assertion,
        "evidence": _ranges(fact.evidence),
        "rule": fact.rule,
        "score": fact.score,
        **({"mention": fact.object.mention} if fact.object.mention else {}),
        **({"subject": subject.name} if subject and subject.mention else {}),
        **_concept(fact.object.concept, concepts),
    }


def _ranges(evidence: tuple[Evidence, ...]) -> list[list[int]]:
    return [[part.start, part.end] for part in evidence]


def _concept(concept: Concept | None, concepts: dict[tuple[str, str], int]) -> Json:
    """The number of a concept among the document's, and how sure the linker is of it."""
    if concept is None:
        return {}
    number = concepts.setdefault((concept.id, concept.name), len(concepts))
    return {"concept": number, "sure": concept.score}
