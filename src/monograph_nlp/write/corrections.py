"""Corrections: what a reviewer decided on the items of records, one JSON object a line (version 1).

``docs/evaluation.md`` describes the form. Offsets are those of the record that was reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from monograph_nlp.errors import ReadError
from monograph_nlp.types import AssertionStatus, Fact, Mention, QualifierValue
from monograph_nlp.write.replace import replacing

VERSION = 1
Kind: TypeAlias = Literal["fact", "mention"]
Verdict: TypeAlias = Literal["accept", "reject", "correct", "add"]


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact as a reviewer sees it."""

    predicate: str
    object: str  # its words
    concept: str | None = None  # the object's CURIE
    assertion: AssertionStatus = "present"
    qualifiers: Mapping[str, QualifierValue] = field(default_factory=dict)
    evidence: tuple[int, int] | None = None  # of the first quotation


@dataclass(frozen=True, slots=True)
class MentionValue:
    """A mention as a reviewer sees it."""

    label: str
    spans: tuple[tuple[int, int], ...]
    text: str
    assertion: AssertionStatus = "present"
    concept: str | None = None  # its CURIE


Value: TypeAlias = FactValue | MentionValue


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision; ``value`` is what should be, ``original`` what the record said."""

    record: str
    document: str
    kind: Kind
    id: str | None  # of the fact or mention; None where it is added
    verdict: Verdict
    value: Value | None  # None where it is rejected
    original: Value | None  # None where it is added
    reviewer: str | None = None
    note: str | None = None
    version: int = VERSION

    @property
    def stands(self) -> Value | None:
        """What is right by this decision, or None where nothing is."""
        if self.verdict == "reject":
            return None
        return self.original if self.verdict == "accept" else self.value


def fact_value(fact: Fact) -> FactValue:
    """Return a fact of a record as corrections write it."""
    first = fact.evidence[0] if fact.evidence else None
    return FactValue(
        fact.predicate,
        fact.object.text,
        fact.object.concept.id if fact.object.concept else None,
        fact.assertion,
        dict(fact.qualifiers),
        (first.start, first.end) if first else None,
    )


def mention_value(mention: Mention) -> MentionValue:
    """Return a mention of a record as corrections write it."""
    concept = mention.concept.id if mention.concept else None
    return MentionValue(mention.label, mention.spans, mention.text, mention.assertion, concept)


def write_corrections(corrections: Iterable[Correction], path: str | Path) -> None:
    """Write corrections, one a line; the file appears whole or not at all."""
    with replacing(path) as part, part.open("wb") as stream:
        for correction in corrections:
            stream.write(msgspec.json.encode(correction, order="deterministic") + b"\n")


def read_corrections(path: str | Path) -> list[Correction]:
    """Return the decisions of a file; of several on one item the last holds.

    Raises:
        ReadError: a line is no correction, or of another version; names file and line.
    """
    found: dict[object, Correction] = {}
    for number, line in _lines(Path(path)):
        correction = _decoded(line, f"{path}:{number}")
        is_new = correction.id is None
        item = number if is_new else (correction.record, correction.kind, correction.id)
        found.pop(item, None)
        found[item] = correction
    return list(found.values())


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise ReadError(
            str(path), cause.strerror or str(cause), "a file of corrections", "Check the path."
        ) from cause
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if line.strip():
            yield number, line


def _decoded(line: bytes, where: str) -> Correction:
    try:
        raw = _object(line)
        form = MentionValue if raw.get("kind") == "mention" else FactValue
        for key in ("value", "original"):
            if raw.get(key) is not None:
                raw[key] = msgspec.convert(raw[key], form)
        correction = Correction(**msgspec.convert(raw, _Raw).fields())
    except (msgspec.MsgspecError, UnicodeError, ValueError, TypeError) as cause:
        raise _error(where, str(cause)) from cause
    if problem := _problem(correction):
        raise _error(where, problem)
    return correction


def _object(line: bytes) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError) as cause:
        raise ValueError(f"not JSON ({cause})") from cause
    if raw.get("version") != VERSION:
        raise ValueError(f"version {raw.get('version')!r}")
    needed = [one.name for one in msgspec.structs.fields(_Raw) if one.required]
    if missing := [name for name in needed if name not in raw]:
        raise ValueError(f"no {', '.join(missing)}")
    return raw


class _Raw(msgspec.Struct):
    """The types of a line's fields; the two values are read by their kind before."""

    record: str
    document: str
    kind: Kind
    verdict: Verdict
    version: int
    id: str | None = None
    value: Any = None
    original: Any = None
    reviewer: str | None = None
    note: str | None = None

    def fields(self) -> dict[str, Any]:
        """Return the fields as they are."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def _problem(correction: Correction) -> str:
    """Say what a decision lacks; empty where nothing."""
    needs_value = correction.verdict in ("correct", "add")
    if needs_value and correction.value is None:
        return f"{correction.verdict} without a value"
    if correction.verdict != "add" and (correction.original is None or correction.id is None):
        return f"{correction.verdict} without the id and the original of an item"
    for value in (correction.value, correction.original):
        if isinstance(value, MentionValue) and not value.spans:
            return "a mention without spans"
    return ""


def _error(where: str, what: str) -> ReadError:
    return ReadError(
        where,
        what,
        f"a correction of version {VERSION} (docs/evaluation.md)",
        "Correct the line, or write the file again with the program that made it.",
    )
