"""The lines of a brat annotation file: T mentions, N concepts, A assertions, R facts, # notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monograph_nlp.export.lines import one_line, pieces
from monograph_nlp.export.outcome import NO_OBJECT_MENTION, LeftOut, Outcome
from monograph_nlp.types import Fact, Mention, Record

ASSERTION = "Assertion"


def annotation_lines(record: Record, outcome: Outcome) -> Iterator[str]:
    """Yield the lines of a record that holds its text.

    A fact is a relation from the mention of its subject. Where the subject is the drug of the
    document, that is the mention of it nearest to the object in the words that state the fact.
    Where there is none, the fact is a note on the mention of its object.
    """
    text = record.text or ""
    names = {mention.id: f"T{place}" for place, mention in enumerate(record.mentions, 1)}
    for mention in record.mentions:
        yield _bound(names[mention.id], mention, text)
        outcome.made["mention"] += 1
    yield from _concepts(record, names)
    yield from _assertions(record, names)
    yield from _facts(record, names, outcome)


def _bound(name: str, mention: Mention, text: str) -> str:
    """Fragments at line breaks, too, as brat makes them itself: it takes no break in a range."""
    ranges = list(pieces(text, mention.spans)) or list(mention.spans)
    offsets = ";".join(f"{start} {end}" for start, end in ranges)
    words = one_line(" ".join(text[start:end] for start, end in ranges))
    return f"{name}\t{mention.label} {offsets}\t{words}"


def _concepts(record: Record, names: Mapping[str, str]) -> Iterator[str]:
    linked = ((mention, mention.concept) for mention in record.mentions if mention.concept)
    for number, (mention, concept) in enumerate(linked, 1):
        yield f"N{number}\tReference {names[mention.id]} {concept.id}\t{one_line(concept.name)}"


def _assertions(record: Record, names: Mapping[str, str]) -> Iterator[str]:
    others = (mention for mention in record.mentions if mention.assertion != "present")
    for number, mention in enumerate(others, 1):
        yield f"A{number}\t{ASSERTION} {names[mention.id]} {mention.assertion}"


def _facts(record: Record, names: Mapping[str, str], outcome: Outcome) -> Iterator[str]:
    mentions = {mention.id: mention for mention in record.mentions}
    named = _by_concept(record)
    notes: dict[str, list[str]] = {}
    relations = 0
    for fact in record.facts:
        with outcome.fact():
            if fact.object.mention is None:
                raise LeftOut(NO_OBJECT_MENTION)
            target = names[fact.object.mention]
            subject = _subject(fact, mentions[fact.object.mention], named)
            about = _about(fact, has_line=subject is not None)
            if subject is not None:
                relations += 1
                yield f"R{relations}\t{fact.predicate} Arg1:{names[subject]} Arg2:{target}"
                target = f"R{relations}"
            if about:
                notes.setdefault(target, []).append(about)
    outcome.made["relation"] += relations
    for number, (target, said) in enumerate(notes.items(), 1):
        yield f"#{number}\tAnnotatorNotes {target}\t{one_line('; '.join(said))}"


def _by_concept(record: Record) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in record.mentions:
        if mention.concept:
            found.setdefault(mention.concept.id, []).append(mention)
    return found


def _subject(fact: Fact, object: Mention, named: Mapping[str, list[Mention]]) -> str | None:
    """Return the id of the mention that the relation begins at, if there is one."""
    if fact.subject is None or fact.subject.mention == object.id:
        return None
    if fact.subject.mention is not None or fact.subject.concept is None:
        return fact.subject.mention
    near = [
        mention
        for mention in named.get(fact.subject.concept.id, ())
        if mention.id != object.id and _is_in_evidence(mention, fact)
    ]
    return min(near, key=lambda mention: abs(_start(mention) - _start(object))).id if near else None


def _is_in_evidence(mention: Mention, fact: Fact) -> bool:
    start, end = _start(mention), mention.spans[-1][1]
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
