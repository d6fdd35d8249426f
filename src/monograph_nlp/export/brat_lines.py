"""The lines of a brat annotation file: T mentions, N concepts, A assertions, R facts, # notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from monograph_nlp.export.lines import one_line, pieces
from monograph_nlp.export.outcome import NO_OBJECT_MENTION, LeftOut, Outcome
from monograph_nlp.types import Fact, Mention, Record

ASSERTION = "Assertion"


@dataclass(slots=True)
class _Shown:
    """The mentions of a record that the file holds."""

    names: dict[str, str] = field(default_factory=dict)  # id of a mention → T and its place
    mentions: dict[str, Mention] = field(default_factory=dict)
    of_concept: dict[str, list[Mention]] = field(default_factory=dict)

    def add(self, mention: Mention, name: str) -> None:
        self.names[mention.id] = name
        self.mentions[mention.id] = mention
        if mention.concept:
            self.of_concept.setdefault(mention.concept.id, []).append(mention)


def annotation_lines(record: Record, outcome: Outcome) -> Iterator[str]:
    """Yield the lines of a record that holds its text.

    A fact is a relation from the mention of its subject. Where the subject is the drug of the
    document, that is the mention of it that stands nearest to the object in the same words of
    evidence. Where there is none, the fact is a note on the mention of its object.
    """
    text, shown = record.text or "", _Shown()
    for place, mention in enumerate(record.mentions, 1):
        if ranges := list(pieces(text, mention.spans)):
            shown.add(mention, f"T{place}")
            yield f"T{place}\t{mention.label} {_bound(ranges, text)}"
    outcome.made["mention"] += len(shown.names)
    yield from _concepts(shown)
    yield from _assertions(shown)
    yield from _facts(record, shown, outcome)


def _bound(ranges: list[tuple[int, int]], text: str) -> str:
    """Give a range for each line, as brat itself does: it takes no line break in a range."""
    offsets = ";".join(f"{start} {end}" for start, end in ranges)
    return f"{offsets}\t{' '.join(text[start:end] for start, end in ranges)}"


def _concepts(shown: _Shown) -> Iterator[str]:
    linked = ((shown.names[id], m.concept) for id, m in shown.mentions.items() if m.concept)
    for number, (name, concept) in enumerate(linked, 1):
        yield f"N{number}\tReference {name} {concept.id}\t{one_line(concept.name)}"


def _assertions(shown: _Shown) -> Iterator[str]:
    others = (mention for mention in shown.mentions.values() if mention.assertion != "present")
    for number, mention in enumerate(others, 1):
        yield f"A{number}\t{ASSERTION} {shown.names[mention.id]} {mention.assertion}"


def _facts(record: Record, shown: _Shown, outcome: Outcome) -> Iterator[str]:
    notes: dict[str, list[str]] = {}
    relations = 0
    for fact in record.facts:
        with outcome.fact():
            object = shown.mentions.get(fact.object.mention or "")
            if object is None:
                raise LeftOut(NO_OBJECT_MENTION)
            target, subject = shown.names[object.id], _subject(fact, object, shown)
            if subject is not None:
                relations += 1
                ends = f"Arg1:{shown.names[subject.id]} Arg2:{target}"
                target = f"R{relations}"
                yield f"{target}\t{fact.predicate} {ends}"
            if about := _about(fact, has_line=subject is not None):
                notes.setdefault(target, []).append(about)
    outcome.made["relation"] += relations
    for number, (target, said) in enumerate(notes.items(), 1):
        yield f"#{number}\tAnnotatorNotes {target}\t{one_line('; '.join(said))}"


def _subject(fact: Fact, object: Mention, shown: _Shown) -> Mention | None:
    """Return the mention that the relation begins at, if there is one; never the object."""
    if fact.subject is None:
        return None
    if fact.subject.mention is not None:
        named = shown.mentions.get(fact.subject.mention)
        return named if named is not object else None
    concept = fact.subject.concept
    near = [
        mention
        for mention in shown.of_concept.get(concept.id if concept else "", ())
        if mention is not object and _are_said_together(mention, object, fact)
    ]
    return min(near, key=lambda mention: abs(_start(mention) - _start(object)), default=None)


def _are_said_together(first: Mention, second: Mention, fact: Fact) -> bool:
    start = min(_start(first), _start(second))
    end = max(first.spans[-1][1], second.spans[-1][1])
    return any(said.start <= start and end <= said.end for said in fact.evidence)


def _about(fact: Fact, *, has_line: bool) -> str:
    """Say what a relation line cannot: the qualifiers, and that the fact is not simply stated."""
    parts = [f"{key}={value}" for key, value in sorted(fact.qualifiers.items())]
    if fact.assertion != "present":
        parts.insert(0, fact.assertion)
    rest = ", ".join(parts)
    if has_line:
        return rest
    said = f"{fact.subject.name if fact.subject else '?'} {fact.predicate}"
    return f"{said} ({rest})" if rest else said


def _start(mention: Mention) -> int:
    return mention.spans[0][0]
