"""Records → entries: valid, known by their digest, and of characters that every database takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from monograph_nlp.errors import RecordError
from monograph_nlp.record.codec import from_dict
from monograph_nlp.record.validate import valid
from monograph_nlp.types import Record
from monograph_nlp.write.checked import checked

Identity: TypeAlias = tuple[str, str]  # a document's id and source

_NUL_IN_JSON = b"\\u0000"
_NUL, _SHOWN_NUL = "\0", "\ufffd"  # PostgreSQL takes no NUL in a text
_LARGEST = 2**63 - 1  # what a BIGINT holds
# Bytes of a name that stands in an index: two of them fit into an entry of PostgreSQL's (2,704).
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on its way into a database."""

    record: Record
    digest: str  # SHA-256 of its line

    @property
    def identity(self) -> Identity:
        """What stays the same when the document is extracted anew."""
        return self.record.document.id, self.record.document.source


class Seen:
    """The documents of one load so far, to tell two that go by one name."""

    def __init__(self) -> None:
        self._contents: dict[int, int] = {}  # hashes alone: a load may have millions

    def clashes(self, entries: Iterable[Entry]) -> int:
        """Note the entries; return how many have the id and source of another document."""
        found = 0
        for each in entries:
            name, content = hash(each.identity), hash(each.record.document.sha256)
            found += self._contents.get(name, content) != content
            self._contents[name] = content
        return found


def entries(
    records: Iterable[Record | Mapping[str, object]],
    on_error: Callable[[RecordError], None] | None = None,
) -> Iterator[Entry]:
    """Yield an entry for each valid record.

    Args:
        records: records, or the JSON objects of records; read once.
        on_error: takes a record that is not valid, which is then left out.

    Raises:
        RecordError: a record is not valid, and there is no ``on_error``.
        ReadError: a JSON object is no record.
    """
    typed = (record if isinstance(record, Record) else from_dict(record) for record in records)
    for record, line in checked(typed, on_error):
        try:
            made = entry(record, line)
        except RecordError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        yield made


def entry(record: Record, line: bytes) -> Entry:
    """Return the entry of a valid record, which ``line`` holds as JSON.

    Raises:
        RecordError: a number or an id of the record is larger than databases hold.
    """
    _check_sizes(record)
    digest = hashlib.sha256(line).hexdigest()
    return Entry(_without_nul(line) if _NUL_IN_JSON in line else record, digest)


def _check_sizes(record: Record) -> None:
    if record.document.characters > _LARGEST:  # all other whole numbers are at most that
        what = f"{record.document.characters} is more than a database holds"
        raise RecordError(record.id, "$.document.characters", what)
    for path, name in _in_indexes(record):
        # Few characters are few bytes: the encoding is for the others.
        if len(name) > _LONGEST // 4 and len(name.encode()) > _LONGEST:
            raise RecordError(record.id[:80], path, f"longer than {_LONGEST:,} bytes")


def _in_indexes(record: Record) -> Iterator[tuple[str, str]]:
    """The texts that stand in keys and indexes of the tables, each with its JSON path."""
    yield "$.id", record.id
    yield "$.document.id", record.document.id
    yield "$.document.source", record.document.source
    if record.subject and record.subject.concept:
        yield "$.subject.concept.id", record.subject.concept.id
    for place, section in enumerate(record.sections):
        yield f"$.sections[{place}].id", section.id
        yield f"$.sections[{place}].label", section.label
    for place, mention in enumerate(record.mentions):
        yield f"$.mentions[{place}].id", mention.id
        if mention.concept:
            yield f"$.mentions[{place}].concept.id", mention.concept.id
    for place, fact in enumerate(record.facts):
        yield f"$.facts[{place}].id", fact.id
        for role, argument in (("subject", fact.subject), ("object", fact.object)):
            if argument and argument.concept:
                yield f"$.facts[{place}].{role}.concept.id", argument.concept.id
    for place, issue in enumerate(record.issues):
        yield f"$.issues[{place}].id", issue.id


def _without_nul(line: bytes) -> Record:
    """The record with U+FFFD for each NUL, one to one, so that all offsets hold."""
    changed = json.dumps(_replaced(json.loads(line)), ensure_ascii=False)
    return valid(changed)  # or an error: two ids may have become one


def _replaced(value: object) -> object:
    if isinstance(value, str):
        return value.replace(_NUL, _SHOWN_NUL)
    if isinstance(value, list):
        return [_replaced(part) for part in value]
    if isinstance(value, dict):
        return {_replaced(key): _replaced(part) for key, part in value.items()}
    return value
