"""Records with corrections put in: what is rejected goes, what is corrected changes, what is added comes.

A fact that names a mention follows it, but one that was decided on itself says what was decided. ``coverage`` is
counted anew from the evidence; the record keeps its id, so that the corrections still name it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from monograph_nlp.errors import CorrectionError
from monograph_nlp.evaluate.changing import (
    changed_fact,
    changed_mention,
    following,
    new_fact,
    new_mention,
    without,
)
from monograph_nlp.types import Coverage, Fact, Mention, Record
from monograph_nlp.write.corrections import (
    Correction,
    FactValue,
    MentionValue,
    fact_value,
    mention_value,
)

_Item = TypeVar("_Item", Fact, Mention)


def apply(records: Iterable[Record], corrections: Iterable[Correction]) -> Iterator[Record]:
    """Yield the records, each with the corrections of it put in.

    Raises:
        CorrectionError: an item that a correction speaks of is not in its record, an added fact has no
            evidence, or the words of it are not known because the record holds no text.
    """
    by_record = defaultdict(list)
    for correction in corrections:
        by_record[correction.record].append(correction)
    for record in records:
        some = by_record.get(record.id, ())
        yield _applied(record, some) if some else record


def _applied(record: Record, corrections: Sequence[Correction]) -> Record:
    """Put in the facts first: they were reviewed beside the mentions as they were."""
    facts, mentions = (
        [one for one in corrections if one.kind == kind] for kind in ("fact", "mention")
    )
    decided = frozenset(one.id for one in facts)
    for one in facts:
        record = _with_fact(record, one)
    for one in mentions:
        record = _with_mention(record, one, decided)
    return _covered(record)


def _with_fact(record: Record, correction: Correction) -> Record:
    facts = list(record.facts)
    value = correction.stands
    values = [fact_value(fact) for fact in facts]
    place = _place(facts, values, correction)
    if value is None and place is not None:
        del facts[place]
    elif isinstance(value, FactValue) and place is None:
        facts.append(changed_fact(new_fact(record, value), value, record))
    elif isinstance(value, FactValue) and place is not None and value != values[place]:
        facts[place] = changed_fact(facts[place], value, record)
    return replace(record, facts=tuple(facts))


def _with_mention(record: Record, correction: Correction, decided: frozenset[str | None]) -> Record:
    """Put in a mention; facts that name it follow it, where their own ids are not decided on."""
    mentions, facts = list(record.mentions), record.facts
    value = correction.stands
    values = [mention_value(mention) for mention in mentions]
    place = _place(mentions, values, correction)
    if value is None and place is not None:
        gone = mentions.pop(place).id
        facts = tuple(without(fact, gone) for fact in facts)
    elif isinstance(value, MentionValue) and place is None:
        mentions.append(new_mention(record, value))
    elif isinstance(value, MentionValue) and place is not None and value != values[place]:
        old = mentions[place]
        mentions[place] = new = changed_mention(old, value, record)
        facts = tuple(following(fact, old, new, is_kept=fact.id in decided) for fact in facts)
    return replace(record, mentions=tuple(mentions), facts=facts)


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
