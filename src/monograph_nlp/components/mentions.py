"""``monograph_mentions``: one winner a range, with the label that its place gives it.

Reads ``doc.spans`` ``subject``, ``lexical``, ``patterns``, ``tagged`` and ``doc.ents`` (a model's), leaves out what
is set aside, and writes ``doc.spans["mentions"]``. Where sections speak of adverse events, the tagger says which
they are and where they end, gaps and shared words included, unless the parts of a gap are two names; names that it leaves there are no events, unless it
seems not to know this kind of text, or the section speaks to patients, whose words it knows less well. What is left is chosen without overlaps: the longer span wins, then the source in that order. Losers of the same range stay in
``span._.candidates``. A finding is a CONDITION or an ADVERSE_EVENT by the words around it, else by its
section (``rules/roles.tsv``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.attributes import attribute, set_attribute
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.text.coordination import share_nothing
from monograph_nlp.text.places import Apart, Nested
from monograph_nlp.text.registers import Readers
from monograph_nlp.text.roles import has_role, role_in, role_of

_SOURCES = (
    ("subject", "lexicon"),
    ("lexical", "lexicon"),
    ("patterns", "rule"),
    ("tagged", "model"),
)
_EVENT = "ADVERSE_EVENT"  # the head that knows adverse events, and the label of the record
# Of the lexicon's names of events, what a tagger confirms at least where it knows the kind of text.
_AT_HOME = 0.4
# What the tagger must give a name at least that it does not mark, for it to be an event: where the words
# around it say so, and elsewhere. Measured on two held-out folds of labels: F1 0.881 -> 0.882, recall 0.826 -> 0.853.
_DOUBT, _DOUBT_ALONE = 0.1, 0.2
_BELIEVED = 0.6  # of a name, on average, of which a tagger marked the beginning
_CELLS = "   "  # what parts cells of a table in plain text
_EFFECT, _TARGET = "MECHANISM", "TARGET"
_NO_EVENT = "CONDITION"  # the label of a finding that is no event
_Groups: TypeAlias = Mapping[str, Sequence[Span]]  # of ``doc.spans``


class Mentions:
    """Chooses mentions; ``labels`` maps the labels of a model's entities to the record's."""

    def __init__(self, *, roles: str, labels: Mapping[str, str]) -> None:
        declare()
        self._roles = roles
        self._labels = dict(labels)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["mentions"]`` in order, with ``span._.origin`` and ``_.candidates``."""
        barred = Apart([(zone["start"], zone["end"]) for zone in doc._.set_aside])
        sections = _Sections(doc, self._roles)
        groups = {name: list(spans) for name, spans in doc.spans.items()}  # which make them anew
        chosen = _Chosen(barred, groups.get("tagged", ()))
        names = _by_token(groups)
        for span in groups.get("tagged", ()):
            is_event = span.id_ == _EVENT and sections.tell_events(span.start_char)
            if is_event and not _are_two(span, names):
                chosen.add(_relabelled(_whole(span, names), _EVENT), "model")
        for span, origin in sorted(self._offered(doc, groups), key=_rank):
            if not chosen.is_taken(span):
                chosen.add(span, origin)
        for span in list(_targets_of_effects(groups, chosen)):
            chosen.add(span, "lexicon", is_apart=True)
        for span in groups.get("coordinated", ()):  # over a name that is chosen: may overlap
            if not chosen.has_event(span):
                chosen.add(span, "lexicon", is_apart=True)
        for group, origin in (
            ("inside", "lexicon"),
            ("clauses", "rule"),
        ):  # in names, and around them
            for span in groups.get(group, ()):
                chosen.add(span, origin, is_apart=True)
        has_judge = _is_at_home(groups, sections)
        doc.spans["mentions"] = self._with_roles(
            chosen.in_order(), text_of(doc), sections, has_judge=has_judge
        )
        return doc

    def _offered(self, doc: Doc, groups: _Groups) -> Iterator[tuple[Span, str]]:
        said = _said(groups.get("clauses", ()))
        for group, origin in _SOURCES:
            for span in groups.get(group, ()):
                clauses = said.get(span.label_) if said else None
                if clauses and clauses.touches(span.start_char, span.end_char):
                    continue  # a clause says all of it
                if group != "tagged" or span.id_ != _EVENT:
                    yield span, "rule" if span.id_ == "stem" else origin
        for entity in doc.ents:
            label = self._labels.get(entity.label_)
            if label:
                yield Span(doc, entity.start, entity.end, label=label), "model"

    def _with_roles(
        self, spans: Sequence[Span], text: str, sections: _Sections, *, has_judge: bool
    ) -> list[Span]:
        found = []
        for span in spans:
            start, roles = span.start_char, span.label_.split("|")
            is_judged = has_judge and sections.tell_professionals_of_events(start)
            if is_judged and span.id_ != _EVENT and _EVENT in roles and self._is_denied(span, text):
                span = _with_role(span, _NO_EVENT)  # the tagger saw it, and says that it is none
            elif len(roles) > 1:
                role = role_of(text, start, span.end_char, sections.at(start), self._roles)
                span = _with_role(span, role if role in roles else roles[0])
            found.append(span)
        return found

    def _is_denied(self, span: Span, text: str) -> bool:
        """Whether a tagger that marked nothing here holds a name for no adverse event."""
        said = role_of(text, span.start_char, span.end_char, "", self._roles)
        return bool(attribute(span, "support") < (_DOUBT if said == _EVENT else _DOUBT_ALONE))


def _targets_of_effects(groups: _Groups, chosen: _Chosen) -> Iterator[Span]:
    """Yield the targets that are named in an effect found by a pattern: "blocking factor Xa"."""
    effects = [span for span in groups.get("patterns", ()) if span.label_ == _EFFECT]
    places = Apart([(s.start_char, s.end_char) for s in effects if chosen.holds(s)])
    for span in groups.get("lexical", ()):
        if _TARGET in span.label_.split("|") and places.touches(span.start_char, span.end_char):
            yield span


def _said(clauses: Iterable[Span]) -> dict[str, Apart]:
    """Return the places of clauses by their labels."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for clause in clauses:
        places[clause.label_].append((clause.start_char, clause.end_char))
    return {label: Apart(ranges) for label, ranges in places.items()}


def _by_token(groups: _Groups) -> dict[int, Span]:
    """Return for each token the name of a finding that the lexicon has there."""
    findings = [span for span in groups.get("lexical", ()) if _EVENT in span.label_.split("|")]
    return {token: span for span in findings for token in range(span.start, span.end)}


def _whole(span: Span, names: Mapping[int, Span]) -> Span:
    """Return an event, or the name that the lexicon has where a tagger marked its beginning alone.

    The tagger must see something in the rest, too ("fatal | outcome" it does not), and a name
    does not go on in the next cell of a table.
    """
    name = names.get(span.start)
    if (
        name is None
        or name.start != span.start
        or name.end <= span.end
        or attribute(span, "fragments")
    ):
        return span
    if attribute(name, "support") < _BELIEVED or _CELLS in name.text:
        return span
    score = attribute(span, "score")
    whole = Span(span.doc, name.start, name.end, label=span.label_, span_id=span.id_)
    set_attribute(whole, "score", score)
    set_attribute(whole, "fragments", [])
    return whole


def _are_two(span: Span, names: Mapping[int, Span]) -> bool:
    """Whether a tagger joined the parts of two names of the lexicon to one that it does not have."""
    parts = attribute(span, "fragments")
    if len(parts) < 2:
        return False
    found = (names[token] for token in range(span.start, span.end) if token in names)
    if not share_nothing(parts, ((name.start_char, name.end_char) for name in found)):
        return False
    text = text_of(span.doc)
    return not _is_name(" ".join(text[start:end] for start, end in parts))


def _is_name(name: str) -> bool:
    from monograph_nlp.lexicon.index import open_index

    return any(match.spot for match in open_index().find_all(name))


def _is_at_home(groups: _Groups, sections: _Sections) -> bool:
    """Whether the document has a tagger that knows this kind of text, so that its silence means something.

    It does where it confirms the names of adverse events that the lexicon finds: in drug labels it
    confirms half of them or more, in texts of which it saw none, few.
    """
    if "tagged" not in groups:
        return False
    told = Apart([(s.start_char, s.end_char) for s in groups["tagged"] if s.id_ == _EVENT])
    names = [
        (span.start_char, span.end_char)
        for span in groups.get("lexical", ())
        if _EVENT in span.label_.split("|") and sections.tell_events(span.start_char)
    ]
    return sum(told.touches(*name) for name in names) >= _AT_HOME * len(names)


class _Sections:
    """The section at a place, and whether sections there speak of adverse events."""

    def __init__(self, doc: Doc, roles: str) -> None:
        sections = [(s["start"], s["end"], s["label"]) for s in doc._.sections]
        named = [section for section in sections if has_role(section[2], roles)]
        self._labels = [label for _, _, label in sections]
        self._places = Nested([(start, end) for start, end, _ in sections])
        self._speaking = [role_in(label, roles) == _EVENT for _, _, label in named]
        self._named = Nested([(start, end) for start, end, _ in named])
        self._readers = Readers(text_of(doc), [(start, end) for start, end, _ in named])

    def at(self, place: int) -> str:
        index = self._places.at(place)
        return self._labels[index] if index is not None else ""

    def tell_events(self, place: int) -> bool:
        """Whether the innermost section that has a role of its own is one of adverse events."""
        index = self._named.at(place)
        return index is not None and self._speaking[index]

    def tell_professionals_of_events(self, place: int) -> bool:
        """Whether it is one of a text for professionals, which taggers learn to read from."""
        index = self._named.at(place)
        return index is not None and self._speaking[index] and not self._readers.are_patients(index)


class _Chosen:
    """The spans that are chosen, one a range, and the tokens that they take."""

    def __init__(self, barred: Apart, tagged: Iterable[Span]) -> None:
        self._barred = barred
        self._tagged = {(span.start_char, span.end_char) for span in tagged}
        self._spans: dict[tuple[int, int], Span] = {}
        self._taken: set[int] = set()
        self._events: set[int] = set()

    def add(self, span: Span, origin: str, *, is_apart: bool = False) -> None:
        key = (span.start_char, span.end_char)
        if key in self._spans or self._barred.touches(*key):
            return
        set_attribute(span, "origin", origin)
        if origin != "model" and not is_apart and key in self._tagged:
            set_attribute(span, "fragments", [])  # the model marked less of its words
            set_attribute(span, "score", 0.0)
        self._spans[key] = span
        tokens = _tokens(span, attribute(span, "fragments"))
        self._taken.update(tokens)
        if origin == "model":
            self._events.update(tokens)

    def holds(self, span: Span) -> bool:
        return (span.start_char, span.end_char) in self._spans

    def is_taken(self, span: Span) -> bool:
        return not self._taken.isdisjoint(range(span.start, span.end))

    def has_event(self, span: Span) -> bool:
        return not self._events.isdisjoint(range(span.start, span.end))

    def in_order(self) -> list[Span]:
        return sorted(self._spans.values(), key=lambda span: (span.start, span.end))


def _tokens(span: Span, places: Sequence[Sequence[int]]) -> Iterable[int]:
    """Return the tokens of a span that lie in these places, half-open in code points; all, if there are none."""
    if not places:
        return range(span.start, span.end)
    return [
        token.i
        for token in span
        if any(token.idx < last and first < token.idx + len(token) for first, last in places)
    ]


def _relabelled(span: Span, label: str) -> Span:
    return Span(span.doc, span.start, span.end, label=label, span_id=span.id_)


def _with_role(span: Span, role: str) -> Span:
    chosen = _relabelled(span, role)
    others = (label for label in span.label_.split("|") if label != role)
    set_attribute(chosen, "candidates", [{"label": other} for other in others])
    return chosen


def _rank(offer: tuple[Span, str]) -> tuple[int, int, int]:
    span, origin = offer
    order = ("lexicon", "rule", "model")
    return -(span.end_char - span.start_char), order.index(origin), span.start


@Language.factory(
    "monograph_mentions",
    default_config={
        "roles": "roles.tsv",
        "labels": {"CHEMICAL": "DRUG", "DISEASE": "CONDITION"},
    },
)
def create(nlp: Language, name: str, *, roles: str, labels: Mapping[str, str]) -> Mentions:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name there.
        roles: the table that tells conditions from adverse events: a file of the package's rules, or
            a path.
        labels: label of an entity of ``doc.ents`` → label of the record; entities with others are
            left out.
    """
    return Mentions(roles=roles, labels=labels)
