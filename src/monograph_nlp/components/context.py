"""Says of each mention whether it is stated, denied, possible, or somebody else's.

The cues are rows of ``rules/cues.jsonl``; how they reach a mention is in ``text/scopes.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.attributes import attribute, set_attribute
from monograph_nlp.components import _extensions
from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._text import text_of
from monograph_nlp.errors import RuleError
from monograph_nlp.rules import Row, read_patterns
from monograph_nlp.text.cues import Category, Cue, CueIndex, CueRule, Direction, words_of
from monograph_nlp.text.scopes import PRECEDENCE, Target, Verdict, judge

_KEYS = (
    "literal",
    "pattern",
    "category",
    "direction",
    "max_scope",
    "labels",
    "stops",
    "example",
    "counterexample",
)
# What a tagger says of an event beside finding it → the assertion.
_TURNS = {"DENIED": "absent", "OTHER_SUBJECT": "other_subject"}
_CATEGORIES = tuple(category for category, _ in PRECEDENCE)
_CHOICES = {
    "category": (*_CATEGORIES, "PSEUDO", "TERMINATE"),
    "direction": ("FORWARD", "BACKWARD", "BIDIRECTIONAL", "INSIDE"),
    "stops": _CATEGORIES,
}
# A blank line, or the line of a list item: a scope never crosses these.
_BLOCK = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]*(?:[•*·▪◦–-]|\d{1,2}[.)])[ \t])")
# Where nothing has marked the sentences: a line's end, or a mark of punctuation before a blank.
_BORDER = re.compile(r"\n|[.?!;](?=\s)")


class ContextMarker:
    """Sets ``span._.assertion`` and ``span._.cues`` on every mention of a ``Doc``.

    Reads ``doc.spans["mentions"]``, or ``doc.ents`` where there is no such group. Where cues of
    several categories reach one mention, the first of these wins: other_subject, absent,
    conditional, hypothetical, possible; a mention that no cue reaches is present. ``cues`` holds
    the token ranges ``[start, end]`` of the cues of the winning category only. Sentences are
    ``doc.sents``; where no component has set them, the ends of lines and ``. ? ! ;`` before a
    blank are the borders. A blank line and the start of a list item always are. Where no cue turns
    an event that a tagger found, the tagger's own word does (``doc.spans["turning"]``).
    """

    def __init__(self, nlp: Language, name: str, *, cues: str, max_scope: int) -> None:
        """Read the rows; ``RuleError`` names file and line of one that is not well formed.

        Args:
            nlp: the pipeline that the component belongs to.
            name: the component's name there.
            cues: a file of the package's rules, or a path.
            max_scope: words that a cue reaches at most, where its row names no number.
        """
        self.name = name
        self._index = CueIndex(read_cues(cues, max_scope))

    def __call__(self, doc: Doc) -> Doc:
        """Mark the mentions; the spans themselves stay as they are."""
        spans = list(doc.spans.get("mentions", doc.ents))
        text = text_of(doc)
        aligned = Alignment(doc)
        for (start, end), mentions in _by_sentence(doc, text, spans):
            self._mark(aligned, text[start:end], start, mentions)
        _turn(doc, spans)
        return doc

    def _mark(
        self, aligned: Alignment, sentence: str, start: int, mentions: Sequence[Span]
    ) -> None:
        words, places = words_of(sentence)
        targets = [_target(mention, start, places) for mention in mentions]
        named = defaultdict(list)
        for target in targets:
            named[target.start].append((target.label, target.end))
        cues = self._index.find(words, named)
        for mention, verdict in zip(mentions, judge(cues, targets, words), strict=True):
            _write(aligned, mention, verdict, start, places)


@Language.factory(
    "monograph_context",
    assigns=["span._.assertion", "span._.cues"],
    default_config={"cues": "cues.jsonl", "max_scope": 40},
)
def create(nlp: Language, name: str, *, cues: str, max_scope: int) -> ContextMarker:
    """Create the component; see ``ContextMarker``."""
    _extensions.declare()
    return ContextMarker(nlp, name, cues=cues, max_scope=max_scope)


def read_cues(name: str, max_scope: int) -> list[CueRule]:
    """Read cue rows from a file of the package's rules, or from a path.

    A row's ``pattern`` (its ``literal``, where it has none) follows ``text/cues.py``. A
    TERMINATE row ends the scopes on the side that its ``direction`` names, of the categories
    in ``stops`` or, where that is empty, of all.

    Raises:
        RuleError: a row is not well formed; names file and line.
    """
    required = ("literal", "category", "direction", "example")
    rows = read_patterns(name, _KEYS, required=required, choices=_CHOICES)
    return [_rule(row, max_scope) for row in rows]


def _rule(row: Row, max_scope: int) -> CueRule:
    category = row.text("category")
    stops = row.texts("stops") or (_CATEGORIES if category == "TERMINATE" else ())
    rule = CueRule(
        pattern=row.text("pattern") or row.text("literal"),
        category=cast(Category, category),
        direction=cast(Direction, row.text("direction")),
        max_scope=int(row.number("max_scope", max_scope)),
        labels=frozenset(row.texts("labels")),
        stops=frozenset(stops),
    )
    try:
        CueIndex([rule])
    except ValueError as cause:
        raise RuleError(f"{row.where}: pattern {rule.pattern!r}: {cause}") from cause
    return rule


def _by_sentence(
    doc: Doc, text: str, spans: list[Span]
) -> Iterator[tuple[tuple[int, int], list[Span]]]:
    """Yield the characters of each sentence that holds mentions, and these, by start."""
    if not spans:
        return
    borders = _borders(doc, text)
    groups: dict[int, list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        groups[bisect_right(borders, span.start_char)].append(span)
    for place, mentions in groups.items():
        start = borders[place - 1] if place else 0
        end = borders[place] if place < len(borders) else len(text)
        # A mention across a border takes the rest of the next sentence's words it needs.
        yield (start, max(end, mentions[-1].end_char)), mentions


def _borders(doc: Doc, text: str) -> list[int]:
    found = {match.end() for match in _BLOCK.finditer(text)}
    if doc.has_annotation("SENT_START"):
        found.update(sentence.start_char for sentence in doc.sents)
    else:
        found.update(match.end() for match in _BORDER.finditer(text))
    return sorted(found)


def _turn(doc: Doc, spans: Sequence[Span]) -> None:
    """Set the assertion of events that no cue turns, and of which a tagger says that they are turned."""
    turned = {
        token: _TURNS[span.label_]
        for span in doc.spans.get("turning", ())
        if span.label_ in _TURNS
        for token in range(span.start, span.end)
    }
    for mention in spans if turned else ():
        if attribute(mention, "origin") != "model":
            continue
        if attribute(mention, "assertion") in _TURNS.values():
            continue
        said = Counter(
            turned[token] for token in range(mention.start, mention.end) if token in turned
        )
        for assertion, count in said.most_common(1):
            if 2 * count > mention.end - mention.start:
                set_attribute(mention, "assertion", assertion)


def _target(mention: Span, offset: int, places: Sequence[tuple[int, int]]) -> Target:
    start = bisect_right(places, mention.start_char - offset, key=lambda place: place[1])
    end = bisect_left(places, mention.end_char - offset, key=lambda place: place[0])
    return Target(start, max(start, end), mention.label_)


def _write(
    aligned: Alignment,
    mention: Span,
    verdict: Verdict,
    offset: int,
    places: Sequence[tuple[int, int]],
) -> None:
    cues = [_tokens(aligned, cue, offset, places) for cue in verdict.cues]
    set_attribute(mention, "assertion", verdict.assertion)
    set_attribute(mention, "cues", cues)


def _tokens(
    aligned: Alignment, cue: Cue, offset: int, places: Sequence[tuple[int, int]]
) -> list[int]:
    # A word may be part of a token ("fever(-)"), so the range grows to whole tokens.
    return list(aligned.cover(offset + places[cue.start][0], offset + places[cue.end - 1][1]))
