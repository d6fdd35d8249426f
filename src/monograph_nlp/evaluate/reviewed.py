"""A file of corrections as gold: what stands is right, what was rejected or corrected is wrong.

What nobody decided on is neither, so precision speaks of the reviewed items alone.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact, GoldMention
from monograph_nlp.write.corrections import (
    Correction,
    FactValue,
    MentionValue,
    Value,
    read_corrections,
)


def read(path: Path) -> Gold:
    """Return the reviewed documents of a file; ``ReadError`` as ``read_corrections`` says."""
    return gold_of(read_corrections(path))


def gold_of(corrections: list[Correction]) -> Gold:
    """Return the gold that decisions amount to, one document for each that they name."""
    by_document = defaultdict(list)
    for correction in corrections:
        by_document[correction.document].append(correction)
    documents = tuple(_document(name, some) for name, some in by_document.items())
    return Gold("corrections", documents, is_review=True)


def _document(name: str, corrections: list[Correction]) -> GoldDocument:
    stands = [value for one in corrections if (value := one.stands) is not None]
    rejected, replaced = (
        [one.original for one in corrections if one.verdict == verdict and one.original is not None]
        for verdict in ("reject", "correct")
    )
    return GoldDocument(
        name,
        _mentions(stands),
        _facts(stands),
        rejected_mentions=_mentions(rejected),
        rejected_facts=_facts(rejected),
        replaced_mentions=_mentions(replaced),
        replaced_facts=_facts(replaced),
    )


def _mentions(values: list[Value]) -> tuple[GoldMention, ...]:
    return tuple(
        GoldMention(
            value.label,
            value.spans,
            value.text,
            value.assertion,
            frozenset({value.concept} if value.concept else ()),
        )
        for value in values
        if isinstance(value, MentionValue)
    )


def _facts(values: list[Value]) -> tuple[GoldFact, ...]:
    return tuple(
        GoldFact(
            value.predicate,
            (value.object,),
            value.assertion,
            value.qualifiers,
            evidence=value.evidence,
            concept=value.concept,
        )
        for value in values
        if isinstance(value, FactValue)
    )
