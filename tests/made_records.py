"""Small records, made of marked text: what the tests of evaluation and of differences compare."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from monograph_nlp.types import (
    Argument,
    Concept,
    Coverage,
    Document,
    Evidence,
    Fact,
    Mention,
    Provenance,
    Record,
    Section,
    Subject,
)

TEXT = "Testamab is for gout. It may cause nausea and renal failure. No rash was seen."


def concept(curie: str | None, name: str = "", *xrefs: str) -> Concept | None:
    return Concept(curie, name or curie, 0.9, xrefs) if curie else None


def mention(
    text: str,
    words: str,
    label: str = "ADVERSE_EVENT",
    *,
    id: str = "m1",
    assertion: str = "present",
    curie: str | None = None,
    xrefs: tuple[str, ...] = (),
    score: float = 0.9,
) -> Mention:
    """A mention of words that stand in the text; `|` parts the fragments of one with a gap."""
    spans, start = [], 0
    for fragment in words.split("|"):
        start = text.index(fragment, start)
        spans.append((start, start + len(fragment)))
    said = words.replace("|", " ")
    found = concept(curie, said, *xrefs)
    return Mention(
        id,
        label,
        said,
        tuple(spans),
        None,
        assertion,
        found,
        None,
        "lexicon",
        score,  # type: ignore[arg-type]
    )


def fact(
    predicate: str,
    words: str,
    *,
    id: str = "f1",
    assertion: str = "present",
    curie: str | None = None,
    name: str = "",
    evidence: tuple[int, int, str] = (0, 8, "Testamab"),
    mention: str | None = None,
    **qualifiers: Any,
) -> Fact:
    stated = Argument(mention, words, name or words, concept(curie, name or words))
    start, end, quote = evidence
    said = (Evidence(start, end, quote, None),)
    return Fact(id, predicate, None, stated, qualifiers, assertion, said, "rule", 0.8)  # type: ignore[arg-type]


def record(
    *facts: Fact,
    mentions: tuple[Mention, ...] = (),
    id: str = "doc",
    text: str = TEXT,
    drug: str | None = "testamab",
    curie: str | None = None,
    sections: tuple[Section, ...] = (),
    with_text: bool = True,
) -> Record:
    """A record of a text; its facts get ids of their own, in order."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Record(
        "1.0",
        f"r-{id}",
        Document(id, f"{id}.txt", "text", "", "en", digest, len(text)),
        Subject(drug, concept(curie, drug)) if drug else None,
        sections,
        mentions,
        tuple(_numbered(facts)),
        (),
        Coverage(0, len(text), 0, 0, 0),
        Provenance("monograph_nlp 0", "0" * 16, "0" * 16, "lexicon", None),
        text if with_text else None,
    )


def _numbered(facts: tuple[Fact, ...]) -> list[Fact]:
    return [replace(one, id=f"f{number}") for number, one in enumerate(facts, 1)]


def section(start: int, end: int, label: str = "OTHER", *, id: str = "s1") -> Section:
    return Section(id, label, "", None, None, start, end, "source", 1.0)
