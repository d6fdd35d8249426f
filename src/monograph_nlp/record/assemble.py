"""A processed ``Doc`` and its ``Monograph`` → a ``Record``.

The ``Doc`` counts in the normalized text, the record in ``Monograph.text``; this is the one crossing.
Every quoted text of the record is cut from ``Monograph.text`` here, so it cannot differ from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from spacy.tokens import Doc, Span

from monograph_nlp.attributes import attribute, attributes
from monograph_nlp.lexicon.index import open_index
from monograph_nlp.record.audit import audit
from monograph_nlp.record.coverage import cover
from monograph_nlp.text.language import main_language
from monograph_nlp.text.normalize import Normalized
from monograph_nlp.text.places import Nested
from monograph_nlp.types import (
    Argument,
    AssertionStatus,
    Concept,
    Document,
    Evidence,
    Fact,
    Mention,
    MentionSource,
    Monograph,
    Provenance,
    Record,
    Section,
    Subject,
)

SCHEMA_VERSION = "1.0"
_SOURCE_SCORES = {
    "lexicon": 0.95,
    "rule": 0.8,
    "model": 0.7,
}  # where the span has no score of its own
_SAID = ("fragments", "origin", "cues", "assertion", "candidates", "score")
"""What a mention's span has besides its place."""

_LONGEST_TITLE = 300  # code points


@dataclass(frozen=True, slots=True)
class _Crossing:
    """The way from the normalized text to the original, and the sections to say where a place is."""

    monograph: Monograph
    normalized: Normalized
    sections: tuple[Section, ...]
    places: Nested

    def range(self, start: int, end: int) -> tuple[int, int]:
        return self.normalized.to_original(start, end)

    def section(self, position: int) -> str | None:
        index = self.places.at(position)
        return self.sections[index].id if index is not None else None

    def evidence(self, start: int, end: int) -> Evidence:
        start, end = self.range(start, end)
        return Evidence(start, end, self.monograph.text[start:end], self.section(start))


def assemble(
    doc: Doc,
    monograph: Monograph,
    normalized: Normalized,
    provenance: Provenance,
    *,
    with_text: bool = False,
) -> Record:
    """Return the record of a document that has been through the pipeline.

    Args:
        doc: the processed document, over ``normalized.text``.
        monograph: the document as its reader saw it.
        normalized: its normalized text, with the way back.
        provenance: what made the record.
        with_text: whether the record carries ``Monograph.text``.
    """
    sections = tuple(_sections(doc, monograph, normalized))
    crossing = _Crossing(
        monograph,
        normalized,
        sections,
        Nested([(section.start, section.end) for section in sections]),
    )
    spans = list(doc.spans.get("mentions", ()))  # a group makes its spans anew each time
    mentions = tuple(_mentions(doc, spans, crossing))
    subject = _subject(doc)
    facts = tuple(_facts(doc, spans, crossing, mentions, subject))
    subject = _with_classes(subject, facts)
    zones = [(*crossing.range(z["start"], z["end"]), z["kind"]) for z in doc._.set_aside]
    styles = [str(section["style"]) for section in doc._.sections]
    return Record(
        schema_version=SCHEMA_VERSION,
        id=_record_id(monograph, provenance),
        document=_document(doc, monograph, normalized),
        subject=subject,
        sections=sections,
        mentions=mentions,
        facts=facts,
        issues=tuple(audit(doc, monograph, subject, sections, styles, facts)),
        coverage=cover(len(monograph.text), facts, zones),
        provenance=provenance,
        text=monograph.text if with_text else None,
    )


def _record_id(monograph: Monograph, provenance: Provenance) -> str:
    seed = f"{monograph.id}\0{monograph.sha256}\0{provenance.config_hash}\0{provenance.rules_hash}"
    return f"{monograph.id}@{hashlib.sha256(seed.encode()).hexdigest()[:12]}"


def _document(doc: Doc, monograph: Monograph, normalized: Normalized) -> Document:
    first = next((line.strip() for line in monograph.text.split("\n") if line.strip()), "")
    title = monograph.title or (first if len(first) <= _LONGEST_TITLE else "")
    text = normalized.text
    language = main_language(text[block["start"] : block["end"]] for block in doc._.blocks)
    return Document(
        id=monograph.id,
        source=monograph.source,
        format=monograph.format,
        title=title,
        language=language,
        sha256=monograph.sha256,
        characters=len(monograph.text),
    )


def _sections(doc: Doc, monograph: Monograph, normalized: Normalized) -> Iterator[Section]:
    ids = [f"s{number}" for number in range(1, len(doc._.sections) + 1)]
    for number, found in enumerate(doc._.sections):
        if found["source"] is not None:  # the reader's own offsets, exact to the character
            given = monograph.sections[found["source"]]
            start, end, body = given.start, given.end, given.body_start
        else:
            start, end = normalized.to_original(found["start"], found["end"])
            body = normalized.to_original(found["body_start"], found["body_start"])[0]
        is_empty = not monograph.text[min(body, end) : end].strip()
        yield Section(
            id=ids[number],
            label=found["label"],
            title=found["title"],
            loinc=found["loinc"],
            smpc=found["smpc"],
            start=start,
            end=end,
            origin=found["origin"],
            score=found["score"],
            parent=ids[found["parent"]] if found["parent"] is not None else None,
            state="empty" if is_empty else "present",
        )


def _mentions(doc: Doc, named: Sequence[Span], crossing: _Crossing) -> Iterator[Mention]:
    long_forms = {(row["start"], row["end"]): row["long"] for row in doc._.abbreviated}
    original = crossing.monograph.text
    cues: dict[tuple[int, int], str] = {}  # many mentions share one
    for number, span in enumerate(named, 1):
        place = span.start_char, span.end_char
        fragments, found_by, reached, assertion, candidates, score = attributes(span, *_SAID)
        spans = tuple(crossing.range(start, end) for start, end in fragments or [place])
        origin = cast(MentionSource, found_by or "rule")
        turned_by = [(start, end) for start, end in reached]
        for start, end in turned_by:
            if (start, end) not in cues:
                cues[start, end] = doc[start:end].text
        yield Mention(
            id=f"m{number}",
            label=span.label_,
            text=" ".join(original[start:end] for start, end in spans),
            spans=spans,
            section=crossing.section(spans[0][0]),
            assertion=cast(AssertionStatus, assertion),
            concept=_concept(_linked(candidates)),
            long_form=long_forms.get(place),
            source=origin,
            score=score or _SOURCE_SCORES[origin],
            cues=tuple(cues[place] for place in turned_by),
        )


def _linked(candidates: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next((candidate for candidate in candidates if "name" in candidate), None)


def _concept(linked: Mapping[str, Any] | None) -> Concept | None:
    if not linked or not linked["id"]:
        return None
    return Concept(linked["id"], linked["name"], linked["score"], tuple(linked["xrefs"]))


def _subject(doc: Doc) -> Subject | None:
    found = doc._.subject
    if not found:
        return None
    match = open_index().find(found["name"])
    concept = None
    if match and match.term.id and "DRUG" in match.term.labels:
        concept = Concept(match.term.id, match.term.name, match.score, match.term.xrefs)
    brands = {brand.lower() for brand in found["brands"]}
    names = dict.fromkeys(
        [
            *found["parts"],
            *(span.text.lower() for span in doc.spans.get("subject", ()) if span.id_ == "name"),
        ]
    )
    synonyms = tuple(name for name in names if name != found["name"] and name not in brands)
    return Subject(found["name"], concept, tuple(found["brands"]), synonyms)


def _with_classes(subject: Subject | None, facts: Sequence[Fact]) -> Subject | None:
    if subject is None:
        return None
    classes = dict.fromkeys(
        fact.object.name
        for fact in facts
        if fact.predicate == "has_drug_class" and fact.assertion == "present"
    )
    return Subject(
        subject.name, subject.concept, subject.brand_names, subject.synonyms, tuple(classes)
    )


def _facts(
    doc: Doc,
    spans: Sequence[Span],
    crossing: _Crossing,
    mentions: Sequence[Mention],
    subject: Subject | None,
) -> Iterator[Fact]:
    about = Argument(None, subject.name, subject.name, subject.concept) if subject else None
    for number, relation in enumerate(doc._.relations, 1):
        mention = mentions[relation["object"]]
        linked = _linked(attribute(spans[relation["object"]], "candidates"))
        yield Fact(
            id=f"f{number}",
            predicate=relation["predicate"],
            subject=about,
            object=Argument(
                mention.id,
                mention.text,
                linked["name"] if linked else mention.text,
                mention.concept,
            ),
            qualifiers=dict(sorted(relation["qualifiers"].items())),
            assertion=relation["assertion"],
            evidence=tuple(crossing.evidence(start, end) for start, end in relation["evidence"]),
            rule=relation["rule"],
            score=relation["score"],
        )
