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

from monograph_nlp.attributes import attribute
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of

if TYPE_CHECKING:
    from monograph_nlp.text.relating import Relation
    from monograph_nlp.text.units import Unit, UnitMention

_NO_EVENTS = ("TEST", "SEVERITY")  # "absolute neutrophil count", "fatal"
_COMBINES = re.compile(r"/|\b(?:and|with|plus|or)\b")
_OF_A_REGIMEN = ("schedule", "population", "indication", "condition")
_OF_A_RATE = ("grade", "serious")  # whose rate it is
_NO_MATTER_WHOSE = ("condition",)  # qualifiers of an event at any dose and grade


class Relations:
    """Applies the rows of a relations table; see ``text.relating``."""

    def __init__(self, *, table: str) -> None:
        declare()
        self._table = table

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.relations``."""
        spans = list(doc.spans.get("mentions", ()))
        merged: dict[tuple[object, ...], list[dict[str, Any]]] = {}
        for stated in [*_brands(doc, spans), *_stated(doc, spans, self._table)]:
            _merge(merged, stated, spans)
        relations = [held for alike in merged.values() for held in alike]
        for held in relations:
            held["score"] = _score(held, spans[held["object"]])
        doc._.relations = relations
        return doc


def _score(held: Mapping[str, Any], span: Span) -> float:
    """Return how likely a relation is right, counted on gold where there is any."""
    from monograph_nlp.text.fact_scores import Traits, fact_score

    traits = Traits(
        held["predicate"],
        held["rule"],
        attribute(span, "origin"),
        attribute(span, "score"),
        any("name" in candidate for candidate in attribute(span, "candidates")),
        len(attribute(span, "fragments") or ()) > 1,
        len(held["evidence"]) > 1,
    )
    counted = fact_score(traits)
    return float(held["score"]) if counted is None else counted


def _stated(doc: Doc, spans: Sequence[Span], table: str) -> Iterator[dict[str, Any]]:
    from monograph_nlp.text.frequencies import announces, begins_anew, opens
    from monograph_nlp.text.qualifying import further_rates, qualify, table_header
    from monograph_nlp.text.relating import relate, triggers_of
    from monograph_nlp.text.relation_rules import read_rules

    rules = read_rules(table)
    units = list(_units(doc, spans))
    is_label = len(units) == 1 and units[0].section == "INDICATIONS"
    if not doc._.subject or is_label:  # no drug is another one than the subject
        rules = tuple(replace(rule, guard=False) for rule in rules)
    triggers = triggers_of(rules)
    announced: str | None = None
    scopes = _Scopes()
    section = ""
    for unit in units:
        if unit.section != section:
            section, announced = unit.section, None
        if begins_anew(unit.header.rsplit("\n", 1)[-1]) or begins_anew(_head(unit)):
            announced = None
        before, tail = announced, _tail(unit)
        is_anew = begins_anew(_tail(unit, ["ADVERSE_EVENT"]))
        carried = None if is_anew else announced
        after = announces(tail) or opens(unit.text) or carried
        scope = scopes.over(unit, tail, is_new=is_anew or after != announced)
        for relation in relate(unit, rules, triggers):
            if relation.predicate == "has_adverse_event" and scope:
                if scope == "conditional":
                    continue
                relation = replace(relation, assertion=scope)
            qualifiers = qualify(relation, before, table_header(unit))
            yield _plain(relation, qualifiers)
            for rates in further_rates(relation):
                kept = {key: qualifiers[key] for key in _NO_MATTER_WHOSE if key in qualifiers}
                yield _plain(relation, kept | rates)
        announced = after


class _Scopes:
    """The list that a document's units stand in, one after the other, if it has a scope of its own."""

    def __init__(self) -> None:
        self._scope: str | None = None
        self._section = ""

    def over(self, unit: Unit, tail: str, *, is_new: bool) -> str | None:
        """Return the scope over a unit, and remember what it opens for the next."""
        from monograph_nlp.text.list_scopes import is_listed, scope_opened

        if unit.section != self._section or not is_listed(unit.text, unit.kind):
            self._scope = None
        self._section = unit.section
        scope = scope_opened(unit.header.rsplit("\n", 1)[-1]) or self._scope
        opened = scope_opened(tail)
        self._scope = opened or (None if is_new else self._scope)
        return scope


def _head(unit: Unit) -> str:
    """Return what goes before the first event in a unit: nothing, where there is none."""
    starts = [m.start for m in unit.mentions if m.label == "ADVERSE_EVENT"]
    return unit.text[: min(starts, default=0)]


def _tail(unit: Unit, labels: Sequence[str] = ("ADVERSE_EVENT", "CONDITION")) -> str:
    """Return what follows the last finding in a unit: all of it, where there is none."""
    ends = [m.end for m in unit.mentions if m.label in labels]
    return unit.text[max(ends, default=0) :]


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
    return build_units(text, blocks, sentences, sections, mentions, may_announce)


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
        parts = attribute(span, "fragments") or ()
        name = " ".join(text[a:b] for a, b in parts) if len(parts) > 1 else ""
        assertion = attribute(span, "assertion")
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
    for index, span in enumerate(spans) if wanted else ():
        if span.label_ == "DRUG" and (name := span.text.lower()) in wanted:
            wanted.discard(name)
            start, end = _unit_around(doc, span)
            yield {
                "predicate": "has_brand_name",
                "object": index,
                "assertion": "present",
                "qualifiers": {},
                "rule": f"subject-{doc._.subject['how']}",
                "score": doc._.subject["score"],
                "evidence": [list(_trimmed(text_of(doc), start, end))],
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


def _merge(
    merged: dict[tuple[object, ...], list[dict[str, Any]]],
    stated: dict[str, Any],
    spans: Sequence[Span],
) -> None:
    """Add a statement to one that it repeats: same predicate, object and assertion."""
    span = spans[stated["object"]]
    # Two products of one substance are two names, though they link to one concept.
    what: object = span.text.lower() if stated["predicate"] == "has_brand_name" else _identity(span)
    if stated["predicate"] == "has_dosage":  # one amount in two regimens is two doses
        what = (what, *(stated["qualifiers"].get(key) for key in _OF_A_REGIMEN))
    if stated["predicate"] == "has_adverse_event":  # pain, and pain where the needle was
        what = (what, stated["qualifiers"].get("condition"))
    alike = merged.setdefault((stated["predicate"], stated["assertion"], what), [])
    words = span.text.lower()
    for held in alike:
        is_same = spans[held["object"]].text.lower() == words
        if _may_be_one(held["qualifiers"], stated["qualifiers"], is_same=is_same):
            held["evidence"] += [
                pair for pair in stated["evidence"] if pair not in held["evidence"]
            ]
            held["qualifiers"] = _both(held["qualifiers"], stated["qualifiers"])
            held["score"] = max(held["score"], stated["score"])
            return
    alike.append(stated)


def _may_be_one(held: Mapping[str, Any], stated: Mapping[str, Any], *, is_same: bool) -> bool:
    """Whether two statements of one event may merge: no other frequency, and a rate keeps its own grade.

    Only a statement in the same words lends its frequency to one that has none.
    """
    one, other = held.get("frequency"), stated.get("frequency")
    if one != other and not (is_same and None in (one, other)):
        return False
    rates = [(one["rate"], one.get("regimen")) for one in (held, stated) if "rate" in one]
    others = [one["comparator_rate"] for one in (held, stated) if "comparator_rate" in one]
    if len(set(rates)) > 1 or len(set(others)) > 1:  # of two studies, or doses
        return False
    return not rates or all(held.get(key) == stated.get(key) for key in _OF_A_RATE)


def _both(held: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Put the qualifiers of two statements together; a rate keeps the comparator of its own study."""
    taken = dict(stated)
    if "rate" in held:
        taken.pop("comparator_rate", None)
    return taken | dict(held)


def _identity(span: Span) -> str:
    """Return what makes two objects one: the concept, else the words."""
    linked = [candidate for candidate in attribute(span, "candidates") if "name" in candidate]
    return str(linked[0]["name"]).lower() if linked else " ".join(span.text.lower().split())


@Language.factory(
    "monograph_relations", assigns=["doc._.relations"], default_config={"table": "relations.jsonl"}
)
def create(nlp: Language, name: str, *, table: str) -> Relations:
    """Create the component; ``table`` is a relations table."""
    return Relations(table=table)
