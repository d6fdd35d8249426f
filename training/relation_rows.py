"""What the rows of ``rules/relations.jsonl`` state of a pair whose names are given.

Two ways. ``say`` builds a unit from the pair alone, with the drug as the subject and the section in which such
statements stand: that is the rows' logic, without what finds and bars names. ``say_in_labels`` runs
the pipeline and sees to it that each given name holds a condition: subject, section and assertions are what the pipeline makes of a sentence that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.attributes import attribute
from monograph_nlp.pipeline import load
from monograph_nlp.text.relating import Relation, relate
from monograph_nlp.text.relation_rules import Rule, read_rules
from monograph_nlp.text.units import Unit, UnitMention, mask
from training.relation_corpora import NONE, Pair, Range

_GIVER = "training_given_names"
_PREDICATES = {"has_indication": "INDICATION", "has_contraindication": "CONTRAINDICATION"}


@dataclass(frozen=True, slots=True)
class Way:
    """A predicate with the label of its objects, the section it is asked in, and what it gives."""

    predicate: str
    object: str
    section: str
    gives: str  # a label of the pairs, or empty: the action that the row states


_WAYS = {
    "targets": (Way("has_target", "TARGET", "MECHANISM_OF_ACTION", ""),),
    "phee": (
        Way("has_adverse_event", "ADVERSE_EVENT", "WARNINGS_AND_PRECAUTIONS", "ADVERSE_EVENT"),
        Way("has_indication", "CONDITION", "OVERVIEW", "INDICATION"),
    ),
    "combinations": (Way("combined_with", "DRUG", "COMBINATION_USE", "COMBINED"),),
}
_WAYS["biored"] = _WAYS["phee"]
_ACTIONS = {"blocker": "inhibitor"}  # what the corpora call what the rows say


def say(task: str, pair: Pair) -> str:
    """Return the label that the rows give a pair with a drug; of several statements the surest."""
    found = [
        (relation.score, way.gives or _action(relation))
        for way in _WAYS[task]
        for relation in relate(_unit(pair, way), _rules(way.predicate))
        if relation.object == 0 and relation.assertion == "present"
    ]
    return max(found)[1] if found else NONE


def _rules(predicate: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in read_rules() if rule.predicate == predicate)


def _action(relation: Relation) -> str:
    action = str(relation.qualifiers.get("action", ""))
    return _ACTIONS.get(action, action)


def _unit(pair: Pair, way: Way) -> Unit:
    """Return a pair as a unit: its second name is mention 0, its first the subject."""
    kinds = {"first": "DRUG", "second": way.object}
    mentions = [UnitMention(0, way.object, *pair.second, "present", is_subject=False)]
    if pair.first:
        mentions.append(UnitMention(1, "DRUG", *pair.first, "present", is_subject=True))
    for number, (start, end, kind) in enumerate(pair.others, 2):
        is_own = kind == "first" and bool(pair.first) and _same(pair, (start, end))
        mentions.append(UnitMention(number, kinds[kind], start, end, "present", is_own))
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    masked = mask(pair.text, [(m.start, m.end) for m in mentions if m.is_subject])
    end = len(pair.text)
    return Unit(0, end, pair.text, masked, "paragraph", way.section, (), "", tuple(mentions))


def _same(pair: Pair, place: Range) -> bool:
    first = pair.text[slice(*pair.first)] if pair.first else ""
    return pair.text[slice(*place)].lower() == first.lower()


def say_in_labels(pairs: Sequence[Pair], section: str = "") -> list[str]:
    """Return the labels that the pipeline gives findings of label sentences, in order.

    A finding is said to be what any mention in its range is said to be: a crowd's ranges are often longer
    than a name. Every range has a mention, and a mention in one is a condition.

    Args:
        pairs: the findings, those of one sentence together.
        section: the section that all sentences stand in; empty: what the pipeline makes of them.
    """
    giver = _Giver([], section)
    nlp = _pipeline(giver)
    said: list[str] = []
    for _, members in groupby(pairs, key=lambda pair: (pair.group, pair.text)):
        held = list(members)
        giver.names = [pair.second for pair in held]
        doc = nlp(held[0].text)
        stated = dict(_stated(doc))
        said += [_said(doc, stated, pair.second) for pair in held]
    return said


def _pipeline(giver: _Giver) -> Language:
    """Return the pipeline with a step that gives names."""
    nlp = load(profile="fast")
    Language.component(_GIVER, func=giver)
    nlp.add_pipe(_GIVER, after="mentions")
    return nlp


class _Giver:
    """A component: each name that it holds has a mention, and what is named there is a condition."""

    def __init__(self, names: Sequence[Range], section: str) -> None:
        self.names = names
        self.section = section

    def __call__(self, doc: Doc) -> Doc:
        spans = [self._turned(span) for span in doc.spans["mentions"]]
        for place in self.names:
            given = doc.char_span(*place, "CONDITION", alignment_mode="expand")
            if given is not None and not any(_is_in(span, place) for span in spans):
                spans.append(given)
        doc.spans["mentions"] = sorted(spans, key=lambda span: (span.start, span.end))
        if self.section:
            doc._.sections = [{"start": 0, "end": len(doc.text), "label": self.section}]
        return doc

    def _turned(self, span: Span) -> Span:
        is_event = span.label_ == "ADVERSE_EVENT"
        if is_event and any(_is_in(span, place) for place in self.names):
            return Span(span.doc, span.start, span.end, label="CONDITION", span_id=span.id_)
        return span


def _is_in(span: Span, place: Range) -> bool:
    is_finding = span.label_ in ("CONDITION", "ADVERSE_EVENT")
    return is_finding and span.start_char < place[1] and place[0] < span.end_char


def _stated(doc: Doc) -> Iterator[tuple[str, str]]:
    """Yield the objects with what is stated of them; an indication comes last, and wins."""
    spans = doc.spans["mentions"]
    for relation in sorted(doc._.relations, key=lambda one: str(one["predicate"])):
        label = _PREDICATES.get(relation["predicate"])
        is_denied = relation["assertion"] != "present"
        if label:
            what = _concept(spans[relation["object"]])
            yield what, "CONTRAINDICATION" if is_denied else label


def _said(doc: Doc, stated: Mapping[str, str], place: Range) -> str:
    inside = [span for span in doc.spans["mentions"] if _is_in(span, place)]
    found = {stated.get(_concept(span), NONE) for span in inside}
    return next((label for label in _PREDICATES.values() if label in found), NONE)


def _concept(span: Span) -> str:
    """Return what a relation's object stands for: relations of one concept are one."""
    names = [one["name"] for one in attribute(span, "candidates") if "name" in one]
    return str(names[0] if names else " ".join(span.text.split())).lower()
