"""``monograph_relations``: what the document states of its subject, as plain dicts.

Reads ``doc.spans["mentions"]`` with their assertions, and, where they are there, ``doc._.blocks``,
``doc._.units`` and ``doc._.sections``; writes ``doc._.relations``. One relation an object concept (and
frequency), with all its evidence; objects are indexes into ``doc.spans["mentions"]``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.attributes import attribute, attributes
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of

if TYPE_CHECKING:
    from monograph_nlp.text.merging import Named
    from monograph_nlp.text.relating import Relation
    from monograph_nlp.text.units import Unit, UnitMention

_NO_EVENTS = ("TEST", "SEVERITY")  # "absolute neutrophil count", "fatal"
_COMBINES = re.compile(r"/|\b(?:and|with|plus|or)\b")


class Relations:
    """Applies the rows of a relations table, and of one of the user's own; see ``text.relating``."""

    def __init__(self, *, table: str, more: str) -> None:
        from monograph_nlp.text.fact_scores import weights_of_traits

        declare()
        self._tables = (table, more)
        weights_of_traits()  # if they are damaged, no document shall be blamed for it

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.relations``."""
        from monograph_nlp.text.merging import merged

        spans, text = list(doc.spans.get("mentions", ())), text_of(doc)
        stated = [*_brands(doc, spans), *_stated(doc, spans, self._tables)]
        relations = merged((one, _named(spans[one["object"]], text)) for one in stated)
        for held in relations:
            held["score"] = _score(held, spans[held["object"]])
        doc._.relations = relations
        return doc


def _score(held: Mapping[str, Any], span: Span) -> float:
    """Return how likely a relation is right, counted on gold where there is any."""
    from monograph_nlp.text.fact_scores import Traits, fact_score

    origin, score, candidates, fragments = attributes(
        span, "origin", "score", "candidates", "fragments"
    )
    traits = Traits(
        held["predicate"],
        held["rule"],
        origin,
        score,
        any("name" in candidate for candidate in candidates),
        len(fragments or ()) > 1,
        len(held["evidence"]) > 1,
    )
    counted = fact_score(traits)
    return float(held["score"]) if counted is None else counted


def _stated(doc: Doc, spans: Sequence[Span], tables: tuple[str, str]) -> Iterator[dict[str, Any]]:
    from monograph_nlp.text.relation_rules import read_rules
    from monograph_nlp.text.statements import statements

    rules = read_rules(*tables)
    units = list(_units(doc, spans))
    is_label = len(units) == 1 and units[0].section == "INDICATIONS"
    if not doc._.subject or is_label:  # no drug is another one than the subject
        rules = tuple(replace(rule, guard=False) for rule in rules)
    for relation, qualifiers in statements(units, rules):
        yield _plain(relation, qualifiers)


def _units(doc: Doc, spans: Sequence[Span]) -> Iterator[Unit]:
    from monograph_nlp.text.blocks import Block, split_blocks
    from monograph_nlp.text.frequencies import may_announce
    from monograph_nlp.text.sentences import split_units
    from monograph_nlp.text.units import build_units

    text = text_of(doc)
    blocks = [Block(**block) for block in doc._.blocks] or list(split_blocks(text))
    sentences = [tuple(unit) for unit in doc._.units] or list(split_units(text, blocks))
    sections = [(s["start"], s["end"], s["label"]) for s in doc._.sections]
    mentions = list(_mentions(doc, spans))
    parts = [part.lower() for part in (doc._.subject or {}).get("parts", ())]
    lone = parts if len(parts) > 1 else ()
    return build_units(text, blocks, sentences, sections, mentions, may_announce, lone)


def _mentions(doc: Doc, spans: Sequence[Span]) -> Iterator[UnitMention]:
    from monograph_nlp.text.units import UnitMention

    own = _subject_names(doc)
    is_one = len((doc._.subject or {}).get("parts", ())) == 1
    begins = tuple(f"{brand.lower()} " for brand in (doc._.subject or {}).get("brands", ()))
    places = {(span.start_char, span.end_char) for span in doc.spans.get("subject", ())}
    no_events = _no_events(doc)
    text = text_of(doc)
    for index, span in enumerate(spans):
        start, end, label = span.start_char, span.end_char, span.label_
        is_own = False
        if label == "ADVERSE_EVENT" and (start, end) in no_events:
            continue
        if label == "DRUG":
            name = text[start:end].lower()
            candidates = attribute(span, "candidates")
            linked = str(candidates[0].get("name", "")).lower() if candidates else ""
            is_own = (
                name.startswith(begins)
                or name in own
                or linked in own
                or (start, end) in places
                or (is_one and _is_form_of(linked or name, own))
            )
        parts, assertion = attributes(span, "fragments", "assertion")
        name = " ".join(text[a:b] for a, b in parts) if len(parts or ()) > 1 else ""
        yield UnitMention(index, label, start, end, assertion, is_own, span.id_, name)


def _no_events(doc: Doc) -> frozenset[tuple[int, int]]:
    """Return the places of names that are a measurement or a degree, whatever a tagger says of them."""
    return frozenset(
        (span.start_char, span.end_char)
        for span in doc.spans.get("lexical", ())
        if span.label_ in _NO_EVENTS
    )


def _is_form_of(name: str, own: frozenset[str]) -> bool:
    """Whether a name is a salt or form of the subject's ("examplinib maleate"), and no combination."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first in own and not _COMBINES.search(rest)


def _subject_names(doc: Doc) -> frozenset[str]:
    subject = doc._.subject or {}
    names = [subject.get("name", ""), *subject.get("parts", ()), *subject.get("brands", ())]
    return frozenset(name.lower() for name in names if name)


def _brands(doc: Doc, spans: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """State each product name once, where it stands first."""

    wanted = {brand.lower() for brand in (doc._.subject or {}).get("brands", ())}
    text = text_of(doc)
    for index, span in enumerate(spans) if wanted else ():
        if span.label_ == "DRUG" and (name := _words(span, text)) in wanted:
            wanted.discard(name)
            start, end = _unit_around(doc, span)
            yield {
                "predicate": "has_brand_name",
                "object": index,
                "assertion": "present",
                "qualifiers": {},
                "rule": f"subject-{doc._.subject['how']}",
                "score": doc._.subject["score"],
                "evidence": [list(_trimmed(text, start, end))],
            }


def _unit_around(doc: Doc, span: Span) -> tuple[int, int]:
    """Return the range of the sentence or cell that a span begins in; its own, where there are none."""
    units = doc._.units
    place = bisect_right(units, span.start_char, key=itemgetter(0)) - 1
    if place >= 0 and span.start_char < units[place][1]:
        return units[place][0], max(units[place][1], span.end_char)
    return span.start_char, span.end_char


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _plain(relation: Relation, qualifiers: dict[str, str | float | bool]) -> dict[str, Any]:
    return {
        "predicate": relation.predicate,
        "object": relation.object,
        "assertion": relation.assertion,
        "qualifiers": qualifiers,
        "rule": relation.rule,
        "score": relation.score,
        "evidence": [list(pair) for pair in relation.evidence],
    }


def _named(span: Span, text: str) -> Named:
    """Return what makes two objects one: the concept, else the words; and the words."""
    from monograph_nlp.text.merging import Named

    linked = [candidate for candidate in attribute(span, "candidates") if "name" in candidate]
    words = _words(span, text)
    return Named(str(linked[0]["name"]).lower() if linked else " ".join(words.split()), words)


def _words(span: Span, text: str) -> str:
    """Return the words of a span in small letters; ``span.text`` puts them together from its tokens."""
    return text[span.start_char : span.end_char].lower()


@Language.factory(
    "monograph_relations",
    assigns=["doc._.relations"],
    default_config={"table": "relations.jsonl", "more": ""},
)
def create(nlp: Language, name: str, *, table: str, more: str) -> Relations:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name there.
        table: the relations: a file of the package's rules, or a path.
        more: the path of a file with further rows, read beside ``table``; none where it is empty.
    """
    return Relations(table=table, more=more)
