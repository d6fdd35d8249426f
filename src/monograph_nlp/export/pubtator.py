"""Records with their texts → one file in the PubTator format.

The title is the first line of the text and the abstract is the rest. PubTator counts one character
between the two, and so do we: it is the line break. Offsets are those of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import quote

from monograph_nlp.export.lines import one_line
from monograph_nlp.export.outcome import (
    DENIED,
    NO_OBJECT_ID,
    NO_SUBJECT,
    NO_SUBJECT_ID,
    NOT_STATED,
    SAME_ENDS,
    LeftOut,
    Outcome,
)
from monograph_nlp.export.prefixes import to_biolink
from monograph_nlp.types import Argument, Concept, Fact, Mention, Record

_SAFE = "/:@+,;!*'()$&=~"  # of an id: no white space, no |, no %
_TITLE_END = re.compile(r"(?<=\S)[^\S\n]*\n")
_NO_CONCEPT = "-"


def write_pubtator(records: Iterable[Record], stream: BinaryIO, outcome: Outcome) -> None:
    """Write one block for each record, with an empty line behind it.

    Args:
        records: with their texts.
        stream: takes UTF-8.
        outcome: counts what is written.
    """
    for record in records:
        outcome.records += 1
        for line in _lines(record, outcome):
            stream.write(f"{line}\n".encode())
        stream.write(b"\n")


def _lines(record: Record, outcome: Outcome) -> Iterator[str]:
    text = record.text or ""
    id = quote(record.document.id, safe=_SAFE)
    border = _title_end(text)
    yield f"{id}|t|{one_line(text[:border])}"
    yield f"{id}|a|{one_line(text[border + 1 :])}"
    for mention in record.mentions:
        yield f"{id}\t{_mention(mention, text)}"
        outcome.made["mention"] += 1
    for relation in _relations(record, outcome):
        yield f"{id}\t{relation}"
        outcome.made["relation"] += 1


def _title_end(text: str) -> int:
    """Return where the first line that says something ends, white space at its end left out."""
    found = _TITLE_END.search(text)
    return found.start() if found else len(text)


def _mention(mention: Mention, text: str) -> str:
    """Give one range from the first fragment to the last: the format knows no gaps."""
    start, end = mention.spans[0][0], mention.spans[-1][1]
    concept = to_biolink(mention.concept.id) if mention.concept else _NO_CONCEPT
    return f"{start}\t{end}\t{one_line(text[start:end])}\t{mention.label}\t{concept}"


def _relations(record: Record, outcome: Outcome) -> Iterator[str]:
    """Yield each pair of concepts once, however often the document says so."""
    found: dict[str, None] = {}
    for fact in record.facts:
        with outcome.fact():
            subject, object = _ends(fact)
            line = f"{fact.predicate}\t{to_biolink(subject.id)}\t{to_biolink(object.id)}"
            found[line] = None
    yield from found


def _ends(fact: Fact) -> tuple[Concept, Concept]:
    if fact.assertion != "present":
        raise LeftOut(DENIED if fact.assertion == "absent" else NOT_STATED)
    if fact.subject is None:
        raise LeftOut(NO_SUBJECT)
    subject, object = _concept(fact.subject, NO_SUBJECT_ID), _concept(fact.object, NO_OBJECT_ID)
    if subject.id == object.id:
        raise LeftOut(SAME_ENDS)
    return subject, object


def _concept(argument: Argument, reason: str) -> Concept:
    if argument.concept is None:
        raise LeftOut(reason)
    return argument.concept
