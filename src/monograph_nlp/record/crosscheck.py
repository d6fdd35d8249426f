"""What a schema cannot say: each check is a small generator over a record and its text.

Offsets are code points of ``Monograph.text``. A check that needs the text yields nothing where
``text`` is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import TypeAlias

from monograph_nlp.record.problem import Problem
from monograph_nlp.types import Evidence, Record

Check: TypeAlias = Callable[[Record, str | None], Iterator[Problem]]


def _unique_ids(record: Record, text: str | None) -> Iterator[Problem]:
    for name in ("sections", "mentions", "facts", "issues"):
        seen: set[str] = set()
        for index, item in enumerate(getattr(record, name)):
            if item.id in seen:
                yield Problem(f"$.{name}[{index}].id", f"id {item.id!r} is taken", item.id)
            seen.add(item.id)


def _known_mentions(record: Record, text: str | None) -> Iterator[Problem]:
    known = {None, *(mention.id for mention in record.mentions)}
    for index, fact in enumerate(record.facts):
        for role, argument in (("subject", fact.subject), ("object", fact.object)):
            if argument is not None and argument.mention not in known:
                path = f"$.facts[{index}].{role}.mention"
                yield Problem(path, f"no mention {argument.mention!r}", argument.mention)


def _known_sections(record: Record, text: str | None) -> Iterator[Problem]:
    known = {section.id for section in record.sections}
    for path, name in _section_names(record):
        if name is not None and name not in known:
            yield Problem(path, f"no section {name!r}", name)


def _section_names(record: Record) -> Iterator[tuple[str, str | None]]:
    for index, section in enumerate(record.sections):
        yield f"$.sections[{index}].parent", section.parent
    for index, mention in enumerate(record.mentions):
        yield f"$.mentions[{index}].section", mention.section
    for path, evidence in _all_evidence(record):
        yield f"{path}.section", evidence.section


def _ranges(record: Record, text: str | None) -> Iterator[Problem]:
    for path, start, end, least in _all_ranges(record):
        if end - start < least:
            message = f"the range {start}:{end} ends before it has {least} characters"
            yield Problem(path, message, [start, end])
        elif end > record.document.characters:
            message = f"the range {start}:{end} ends beyond {record.document.characters} characters"
            yield Problem(path, message, [start, end])


def _all_ranges(record: Record) -> Iterator[tuple[str, int, int, int]]:
    """Yield path, start, end and the least length of every range; a section may be empty."""
    for index, section in enumerate(record.sections):
        yield f"$.sections[{index}]", section.start, section.end, 0
    for index, mention in enumerate(record.mentions):
        for place, (start, end) in enumerate(mention.spans):
            yield f"$.mentions[{index}].spans[{place}]", start, end, 1
    for path, evidence in _all_evidence(record):
        yield path, evidence.start, evidence.end, 1


def _fragments_in_order(record: Record, text: str | None) -> Iterator[Problem]:
    for index, mention in enumerate(record.mentions):
        for place, (before, after) in enumerate(pairwise(mention.spans), 1):
            if after[0] < before[1]:
                path = f"$.mentions[{index}].spans[{place}]"
                yield Problem(path, f"begins before the span {list(before)} ends", list(after))


def _quoted_lengths(record: Record, text: str | None) -> Iterator[Problem]:
    for path, quoted, spans in _all_quotes(record):
        length = sum(end - start for start, end in spans) + len(spans) - 1
        if len(quoted) != length:
            message = f"{len(quoted)} characters, but the offsets say {length}"
            yield Problem(path, message, quoted)


def _quoted_words(record: Record, text: str | None) -> Iterator[Problem]:
    if text is None:
        return
    for path, quoted, spans in _all_quotes(record):
        found = " ".join(text[start:end] for start, end in spans)
        if quoted != found:
            yield Problem(path, f"{quoted!r}, but the text says {found!r}", quoted)


def _all_quotes(record: Record) -> Iterator[tuple[str, str, tuple[tuple[int, int], ...]]]:
    for index, mention in enumerate(record.mentions):
        yield f"$.mentions[{index}].text", mention.text, mention.spans
    for path, evidence in _all_evidence(record):
        yield f"{path}.text", evidence.text, ((evidence.start, evidence.end),)


def _all_evidence(record: Record) -> Iterator[tuple[str, Evidence]]:
    holders: Iterable[tuple[str, tuple[Evidence, ...]]] = (
        *((f"$.facts[{index}]", fact.evidence) for index, fact in enumerate(record.facts)),
        *((f"$.issues[{index}]", issue.evidence) for index, issue in enumerate(record.issues)),
    )
    for path, evidence in holders:
        for place, item in enumerate(evidence):
            yield f"{path}.evidence[{place}]", item


def _text_length(record: Record, text: str | None) -> Iterator[Problem]:
    characters = record.document.characters
    if text is not None and len(text) != characters:
        message = f"{characters}, but the text has {len(text)} characters"
        yield Problem("$.document.characters", message, characters)
    if None not in (text, record.text) and text != record.text:
        yield Problem("$.text", "differs from the text of the document", None)


def _coverage_adds_up(record: Record, text: str | None) -> Iterator[Problem]:
    total, characters = sum(astuple(record.coverage)), record.document.characters
    if total != characters:
        message = f"the counts add up to {total}, but the document has {characters} characters"
        yield Problem("$.coverage", message, total)


CHECKS: tuple[Check, ...] = (
    _unique_ids,
    _known_mentions,
    _known_sections,
    _ranges,
    _fragments_in_order,
    _quoted_lengths,
    _text_length,
    _quoted_words,
    _coverage_adds_up,
)
