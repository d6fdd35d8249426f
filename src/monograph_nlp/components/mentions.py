"""``monograph_mentions``: one winner a range, with the label that its place gives it.

Reads ``doc.spans`` ``subject``, ``lexical``, ``patterns`` and ``doc.ents`` (a model's), leaves out what is
set aside, and writes ``doc.spans["mentions"]`` without overlaps: the longer span wins, then the
source in that order. Losers of the same range stay in ``span._.candidates``. A finding is a
CONDITION or an ADVERSE_EVENT by the words around it, else by its section (``rules/roles.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.rules import read_table
from monograph_nlp.text.places import Apart, Nested

_SOURCES = (
    ("subject", "lexicon"),
    ("lexical", "lexicon"),
    ("patterns", "rule"),
    ("tagged", "model"),
)
_COLUMNS = ("role", "kind", "pattern", "example")
_SENTENCE = re.compile(r"\n|[.;]\s")  # what stands before it is another statement
_BEFORE = 70  # code points to the left that can give a role
_AFTER = 40


class Mentions:
    """Chooses mentions; ``labels`` maps the labels of a model's entities to the record's."""

    def __init__(self, *, roles: str, labels: Mapping[str, str]) -> None:
        declare()
        self._roles = roles
        self._labels = dict(labels)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["mentions"]`` in order, with ``span._.origin`` and ``_.candidates``."""
        barred = Apart([(zone["start"], zone["end"]) for zone in doc._.set_aside])
        chosen: list[Span] = []
        taken = [False] * len(doc)
        for span, origin in sorted(self._offered(doc), key=_rank):
            if any(taken[span.start : span.end]) or barred.touches(span.start_char, span.end_char):
                continue
            taken[span.start : span.end] = [True] * len(span)
            span._.origin = origin
            chosen.append(span)
        ranges = {(span.start, span.end) for span in chosen}
        for span in doc.spans.get(
            "coordinated", ()
        ):  # over a name that is chosen, so it may overlap
            if (span.start, span.end) not in ranges and not barred.touches(
                span.start_char, span.end_char
            ):
                span._.origin = "lexicon"
                chosen.append(span)
        chosen.sort(key=lambda span: (span.start, span.end))
        doc.spans["mentions"] = self._with_roles(doc, chosen)
        return doc

    def _offered(self, doc: Doc) -> Iterator[tuple[Span, str]]:
        for group, origin in _SOURCES:
            for span in doc.spans.get(group, ()):
                yield span, "rule" if span.id_ == "stem" else origin
        for entity in doc.ents:
            label = self._labels.get(entity.label_)
            if label:
                yield Span(doc, entity.start, entity.end, label=label), "model"

    def _with_roles(self, doc: Doc, spans: list[Span]) -> list[Span]:
        text = text_of(doc)
        labels = [section["label"] for section in doc._.sections]
        places = Nested([(section["start"], section["end"]) for section in doc._.sections])
        found = []
        for span in spans:
            if "|" in span.label_:
                index = places.at(span.start_char)
                section = labels[index] if index is not None else ""
                span = _with_role(
                    span, _role(text, span.start_char, span.end_char, section, self._roles)
                )
            found.append(span)
        return found


def _with_role(span: Span, role: str) -> Span:
    roles = span.label_.split("|")
    label = role if role in roles else roles[0]
    chosen = Span(span.doc, span.start, span.end, label=label, span_id=span.id_)
    chosen._.candidates = [{"label": other} for other in roles if other != label]
    return chosen


def _rank(offer: tuple[Span, str]) -> tuple[int, int, int]:
    span, origin = offer
    order = ("lexicon", "rule", "model")
    return -(span.end_char - span.start_char), order.index(origin), span.start


def _role(text: str, start: int, end: int, section: str, table: str) -> str:
    before, after, by_section = _role_rules(table)
    left = _SENTENCE.split(text[max(start - _BEFORE, 0) : start])[-1]
    right = text[end : end + _AFTER]
    match = before.search(left) or after.match(right)
    if match:
        return (match.lastgroup or "").rsplit("_", 1)[0]
    return by_section.get(section, by_section.get("*", ""))


@cache
def _role_rules(table: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    rows = read_table(
        table, _COLUMNS, required=_COLUMNS, choices={"kind": ("before", "after", "section")}
    )
    parts: dict[str, list[str]] = {"before": [], "after": []}
    sections = {}
    for number, row in enumerate(rows):
        if row.text("kind") == "section":
            sections[row.text("pattern")] = row.text("role")
        else:
            parts[row.text("kind")].append(
                f"(?P<{row.text('role')}_{number}>{row.regex('pattern')})"
            )
    before = re.compile(f"(?:{'|'.join(parts['before']) or '(?!)'})$", re.IGNORECASE)
    # A cell of a table has no outer blanks, so the one behind the finding is not in the row.
    after = re.compile(rf"\s?(?:{'|'.join(parts['after']) or '(?!)'})", re.IGNORECASE)
    return before, after, sections


@Language.factory(
    "monograph_mentions",
    default_config={
        "roles": "roles.tsv",
        "labels": {"CHEMICAL": "DRUG", "DISEASE": "CONDITION"},
    },
)
def create(nlp: Language, name: str, *, roles: str, labels: Mapping[str, str]) -> Mentions:
    """Create the component; ``labels`` maps a model's entity labels to the record's labels."""
    return Mentions(roles=roles, labels=labels)
