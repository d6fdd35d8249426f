"""Records with corrections put in: what is rejected goes, what is corrected changes, what is added comes.

A corrected or added item has the score 1, an added fact the rule ``review``. ``coverage`` is counted anew from the
evidence; the record keeps its id, so that the corrections still name it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from monograph_nlp.errors import CorrectionError
from monograph_nlp.types import Argument, Concept, Coverage, Evidence, Fact, Mention, Record
from monograph_nlp.write.corrections import (
    Correction,
    FactValue,
    MentionValue,
    fact_value,
    mention_value,
)

RULE = "review"
_SURE = 1.0
_Item = TypeVar("_Item", Fact, Mention)


def apply(records: Iterable[Record], corrections: Iterable[Correction]) -> Iterator[Record]:
    """Yield the records, each with the corrections of it put in.

    Raises:
        CorrectionError: an item that a correction speaks of is not in its record, or the words of an added
            one are not known because the record holds no text.
    """
    by_record = defaultdict(list)
    for correction in corrections:
        by_record[correction.record].append(correction)
    for record in records:
        for correction in by_record.get(record.id, ()):
            record = _applied(record, correction)
        yield _covered(record) if record.id in by_record else record


def _applied(record: Record, correction: Correction) -> Record:
    if correction.kind == "fact":
        return _with_fact(record, correction)
    return _with_mention(record, correction)


def _with_fact(record: Record, correction: Correction) -> Record:
    facts = list(record.facts)
    value = correction.stands
    values = [fact_value(fact) for fact in facts]
    place = _place(facts, values, correction)
    if value is None and place is not None:
        del facts[place]
    elif isinstance(value, FactValue) and place is None:
        facts.append(_changed_fact(_new_fact(record, value), value, record))
    elif isinstance(value, FactValue) and place is not None and value != values[place]:
        facts[place] = _changed_fact(facts[place], value, record)
    return replace(record, facts=tuple(facts))


def _with_mention(record: Record, correction: Correction) -> Record:
    mentions = list(record.mentions)
    value = correction.stands
    values = [mention_value(mention) for mention in mentions]
    place = _place(mentions, values, correction)
    if value is None and place is not None:
        gone = mentions.pop(place).id
        facts = tuple(_without(fact, gone) for fact in record.facts)
        return replace(record, mentions=tuple(mentions), facts=facts)
    if isinstance(value, MentionValue) and place is None:
        mentions.append(_new_mention(record, value))
    elif isinstance(value, MentionValue) and place is not None and value != values[place]:
        mentions[place] = _changed_mention(mentions[place], value, record)
    return replace(record, mentions=tuple(mentions))


def _place(items: Sequence[_Item], values: Sequence[object], correction: Correction) -> int | None:
    """Return where the item is that a correction speaks of; None for one that is added."""
    if correction.verdict == "add":
        return None
    alike = [place for place, value in enumerate(values) if value == correction.original]
    named = [place for place in alike if items[place].id == correction.id]
    if not alike:
        raise CorrectionError(
            f"record {correction.record}: {correction.kind} {correction.id!r} of the corrections is not in "
            "it as it was reviewed; expected the records that were reviewed. Apply the corrections to these."
        )
    return (named or alike)[0]


def _new_fact(record: Record, value: FactValue) -> Fact:
    drug = record.subject
    subject = Argument(None, drug.name, drug.name, drug.concept) if drug else None
    return Fact(
        _free_id("f", {fact.id for fact in record.facts}),
        value.predicate,
        subject,
        Argument(None, value.object, value.object, None),
        {},
        value.assertion,
        (),
        RULE,
        _SURE,
    )


def _changed_fact(fact: Fact, value: FactValue, record: Record) -> Fact:
    stated = fact.object
    if value.object != stated.text:
        stated = Argument(None, value.object, value.object, stated.concept)
    return replace(
        fact,
        predicate=value.predicate,
        object=replace(stated, concept=_concept(value.concept, value.object, record)),
        qualifiers=dict(value.qualifiers),
        assertion=value.assertion,
        evidence=_evidence(fact, value, record),
        score=_SURE,
    )


def _evidence(fact: Fact, value: FactValue, record: Record) -> tuple[Evidence, ...]:
    """Return the quotations with the given one first, in the place of the old first one."""
    if value.evidence is None or value.evidence == fact_value(fact).evidence:
        return fact.evidence
    start, end = value.evidence
    words = _words(record, start, end)
    return (Evidence(start, end, words, _section(record, start)), *fact.evidence[1:])


def _words(record: Record, start: int, end: int) -> str:
    if record.text is not None:
        return record.text[start:end]
    for fact in record.facts:
        for quote in fact.evidence:
            if quote.start <= start and end <= quote.end:
                return quote.text[start - quote.start : end - quote.start]
    raise CorrectionError(
        f"record {record.id}: the words at {start}:{end} are not known; expected a record that holds its "
        "text. Extract it with --with-text."
    )


def _new_mention(record: Record, value: MentionValue) -> Mention:
    name = _free_id("m", {mention.id for mention in record.mentions})
    blank = Mention(name, "", "", (), None, "present", None, None, "rule", _SURE)
    return _changed_mention(blank, value, record)


def _changed_mention(mention: Mention, value: MentionValue, record: Record) -> Mention:
    return replace(
        mention,
        label=value.label,
        text=value.text,
        spans=value.spans,
        section=_section(record, value.spans[0][0]),
        assertion=value.assertion,
        concept=_concept(value.concept, value.text, record),
        score=_SURE,
    )


def _concept(curie: str | None, name: str, record: Record) -> Concept | None:
    """Return the concept of an id, as the record knows it, else under the given name."""
    if curie is None:
        return None
    holders: tuple[Mention | Argument, ...] = (
        *record.mentions,
        *(fact.object for fact in record.facts),
    )
    known = (one.concept for one in holders if one.concept and one.concept.id == curie)
    return next(known, Concept(curie, name, _SURE))


def _section(record: Record, place: int) -> str | None:
    around = [section for section in record.sections if section.start <= place < section.end]
    return min(around, key=lambda section: section.end - section.start).id if around else None


def _without(fact: Fact, mention: str) -> Fact:
    """Return a fact that names a mention no longer; its words stay."""
    subject = fact.subject
    if subject and subject.mention == mention:
        subject = replace(subject, mention=None)
    stated = fact.object
    if stated.mention == mention:
        stated = replace(stated, mention=None)
    return replace(fact, subject=subject, object=stated)


def _covered(record: Record) -> Record:
    """Count the evidence anew; what it gains or loses was or becomes other text."""
    places = {
        place
        for fact in record.facts
        for quote in fact.evidence
        for place in range(quote.start, quote.end)
    }
    old = record.coverage
    rest = old.evidence + old.text
    evidence = min(len(places), rest)  # the rest of it is in what was set aside
    counts = Coverage(evidence, rest - evidence, old.boilerplate, old.other_language, old.junk)
    return replace(record, coverage=counts)


def _free_id(letter: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"
