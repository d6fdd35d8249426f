"""Facts and mentions as a correction wants them, with nothing left of what it corrects.

What is corrected or added has the score 1, an added fact the rule ``review``.
"""

from __future__ import annotations

from dataclasses import replace

from monograph_nlp.errors import CorrectionError
from monograph_nlp.evaluate.placing import innermost
from monograph_nlp.types import Argument, Concept, Evidence, Fact, Mention, Record
from monograph_nlp.write.corrections import FactValue, MentionValue, fact_value

RULE = "review"
_SURE = 1.0


def new_fact(record: Record, value: FactValue) -> Fact:
    """Return a fact of the record's drug that is to hold a value, under an id of its own.

    Raises:
        CorrectionError: nothing says where it stands.
    """
    if value.evidence is None:
        raise CorrectionError(
            f"record {record.id}: the added fact {value.predicate} {value.object!r} has no evidence; expected the "
            "start and end of the words that say so. Give them in the correction."
        )
    drug = record.subject
    subject = Argument(None, drug.name, drug.name, drug.concept) if drug else None
    return Fact(
        _free_id("f", {fact.id for fact in record.facts}),
        value.predicate,
        subject,
        _argument(None, value.object, None),
        {},
        value.assertion,
        (),
        RULE,
        _SURE,
    )


def changed_fact(fact: Fact, value: FactValue, record: Record) -> Fact:
    """Return a fact with another value.

    Raises:
        CorrectionError: the words of its evidence are not known.
    """
    return replace(
        fact,
        predicate=value.predicate,
        object=_changed_object(fact.object, value, record),
        qualifiers=dict(value.qualifiers),
        assertion=value.assertion,
        evidence=_evidence(fact, value, record),
        score=_SURE,
    )


def _changed_object(stated: Argument, value: FactValue, record: Record) -> Argument:
    has_its_words = value.object == stated.text
    concept = _concept(value.concept, value.object, stated.concept, record)
    if has_its_words and concept == stated.concept:
        return stated
    return _argument(stated.mention if has_its_words else None, value.object, concept)


def _argument(mention: str | None, text: str, concept: Concept | None) -> Argument:
    return Argument(mention, text, concept.name if concept else text, concept)


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


def new_mention(record: Record, value: MentionValue) -> Mention:
    """Return a mention with a value, under an id of its own."""
    name = _free_id("m", {mention.id for mention in record.mentions})
    blank = Mention(name, "", "", (), None, "present", None, None, "rule", _SURE)
    return changed_mention(blank, value, record)


def changed_mention(mention: Mention, value: MentionValue, record: Record) -> Mention:
    """Return a mention with another value; the cues and the long form of what was changed go."""
    return replace(
        mention,
        label=value.label,
        text=value.text,
        spans=value.spans,
        section=_section(record, value.spans[0][0]),
        assertion=value.assertion,
        concept=_concept(value.concept, value.text, mention.concept, record),
        long_form=mention.long_form if value.text == mention.text else None,
        score=_SURE,
        cues=mention.cues if value.assertion == mention.assertion else (),
    )


def _concept(curie: str | None, name: str, old: Concept | None, record: Record) -> Concept | None:
    """Return the concept of an id: the old one, or as the record knows it, else under the given name."""
    if curie is None:
        return None
    if old and old.id == curie:
        return old
    holders: tuple[Mention | Argument, ...] = (
        *record.mentions,
        *(fact.object for fact in record.facts),
    )
    known = (one.concept for one in holders if one.concept and one.concept.id == curie)
    return next(known, Concept(curie, name, _SURE))


def _section(record: Record, place: int) -> str | None:
    section = innermost(record.sections, place)
    return section.id if section else None


def following(fact: Fact, old: Mention, new: Mention, *, is_kept: bool) -> Fact:
    """Return a fact whose arguments say what a mention that they name says now.

    One that is kept names the mention no longer where this has other words.
    """
    if is_kept:
        return fact if old.text == new.text else without(fact, old.id)
    if (old.text, old.concept) == (new.text, new.concept):
        return fact
    return _renamed(fact, old.id, _argument(new.id, new.text, new.concept))


def without(fact: Fact, mention: str) -> Fact:
    """Return a fact that names a mention no longer; its words stay."""
    return _renamed(fact, mention, None)


def _renamed(fact: Fact, mention: str, new: Argument | None) -> Fact:
    """Return a fact with another argument wherever it names a mention, or with the same but its mention."""
    subject, stated = fact.subject, fact.object
    if subject and subject.mention == mention:
        subject = new or replace(subject, mention=None)
    if stated.mention == mention:
        stated = new or replace(stated, mention=None)
    return replace(fact, subject=subject, object=stated)


def _free_id(letter: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"
