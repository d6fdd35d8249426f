"""Records made for the tests of the review page."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice

from monograph_nlp.types import Coverage, Evidence, Fact, Mention, Record

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def named(record: Record, name: str, **changes: object) -> Record:
    """The record under another name."""
    document = replace(record.document, id=name, title=f"Title of {name}")
    return replace(record, id=f"r-{name}", document=document, **changes)  # type: ignore[arg-type]


def moved(record: Record, text: str, before: int) -> Record:
    """The record about another text that holds its own text from ``before`` on."""
    return replace(
        record,
        text=text,
        document=replace(record.document, characters=len(text)),
        mentions=tuple(_mention(mention, before) for mention in record.mentions),
        facts=tuple(_fact(fact, before) for fact in record.facts),
        issues=tuple(
            replace(issue, evidence=_evidence(issue.evidence, before)) for issue in record.issues
        ),
        sections=tuple(
            replace(part, start=part.start + before, end=part.end + before)
            for part in record.sections
        ),
        coverage=Coverage(0, len(text), 0, 0, 0),
    )


def long(record: Record, name: str, times: int) -> Record:
    """A record with as many facts and words as a package leaflet: the sample, many times over."""
    chance = random.Random(name)
    parts, mentions, facts, place = [], [], [], 0
    for turn in range(times):
        words = " ".join(islice(_words(chance), 90))
        mentions += [
            replace(_mention(one, place), id=f"m{len(record.mentions) * turn + n}")
            for n, one in enumerate(record.mentions, 1)
        ]
        facts += [
            replace(_fact(one, place), id=f"f{len(record.facts) * turn + n}")
            for n, one in enumerate(record.facts, 1)
        ]
        parts.append(f"{record.text}{words}\n\n")
        place += len(parts[-1])
    text = "".join(parts)
    whole = replace(record, text=text, mentions=tuple(mentions), facts=tuple(facts))
    return named(replace(whole, document=replace(record.document, characters=len(text))), name)


def _words(chance: random.Random):  # type: ignore[no-untyped-def]
    while True:
        yield "".join(chance.choices(_LETTERS, k=chance.randint(2, 9)))


def _mention(mention: Mention, by: int) -> Mention:
    spans = tuple((start + by, end + by) for start, end in mention.spans)
    return replace(mention, spans=spans)


def _fact(fact: Fact, by: int) -> Fact:
    return replace(fact, evidence=_evidence(fact.evidence, by))


def _evidence(evidence: tuple[Evidence, ...], by: int) -> tuple[Evidence, ...]:
    return tuple(replace(part, start=part.start + by, end=part.end + by) for part in evidence)
