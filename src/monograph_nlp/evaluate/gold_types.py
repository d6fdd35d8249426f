"""The types of other annotations, and the labels of a record that they stand for.

A type that is a label stands for itself; others are rows of ``rules/gold_types.tsv``, or the user's own. So are
attributes that are assertions, and qualifiers that a record gives another name beside a predicate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from monograph_nlp.errors import ConfigError
from monograph_nlp.evaluate.gold import GoldDocument
from monograph_nlp.record import vocabulary
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import AssertionStatus

TABLE = "gold_types.tsv"
COLUMNS = ("kind", "type", "gives", "prefix", "example")
KINDS = ("mention", "assertion", "qualifier")
_NOT_A_LETTER = re.compile(r"[^a-z]")
_NO_CONCEPT = frozenset({"", "-", "-1", "none", "null"})


def labels_of(
    documents: Iterable[GoldDocument], own: Mapping[str, Sequence[str]] | None = None
) -> tuple[dict[str, frozenset[str]], tuple[str, ...]]:
    """Return type → labels of a record for the types of a gold, and a note for each unknown one.

    A label that several types claim goes to the one that claims the fewest.

    Raises:
        ConfigError: ``own`` gives a label that no record has.
    """
    counts = _counted(documents)
    claimed = {kind: _claim(kind, own or {}) for kind in sorted(counts)}
    labels = {
        kind: frozenset(label for label in claim if _owner(label, claimed) == kind)
        for kind, claim in claimed.items()
        if claim
    }
    unknown = (kind for kind, claim in claimed.items() if not claim and kind not in (own or {}))
    notes = (
        f"{counts[kind]} mentions of type {kind!r} are not counted; --map {kind}=LABEL says what they are"
        for kind in unknown
    )
    return labels, tuple(notes)


def _counted(documents: Iterable[GoldDocument]) -> Counter[str]:
    return Counter(
        mention.type
        for document in documents
        for some in (document.mentions, document.rejected_mentions, document.replaced_mentions)
        for mention in some
    )


def _claim(kind: str, own: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if kind in own:
        if unknown := [label for label in own[kind] if label not in vocabulary.labels()]:
            known = ", ".join(sorted(vocabulary.labels()))
            raise ConfigError(
                f"type {kind!r}: no label {unknown[0]!r}; expected one of {known}. Correct --map."
            )
        return tuple(own[kind])
    if kind in vocabulary.labels():
        return (kind,)
    row = _rows("mention").get(_folded(kind))
    return row.texts("gives") if row else ()


def _owner(label: str, claimed: Mapping[str, Sequence[str]]) -> str:
    rivals = [kind for kind, claim in claimed.items() if label in claim]
    return min(rivals, key=lambda kind: (len(claimed[kind]), kind))


def curies(kind: str, identifiers: str) -> frozenset[str]:
    """Return the CURIEs that an annotation's identifiers mean; a bare one gets its type's prefix.

    >>> sorted(curies("Disease", "D003866|MESH:D001145")), curies("Disease", "-1")
    (['mesh:D001145', 'mesh:D003866'], frozenset())
    """
    row = _rows("mention").get(_folded(kind))
    prefix = row.text("prefix") if row else ""
    parts = (part.strip() for part in re.split(r"[|,;+]", identifiers))
    return frozenset(
        _curie(part, prefix)
        for part in parts
        if part.lower() not in _NO_CONCEPT and (prefix or ":" in part)
    )


def _curie(identifier: str, prefix: str) -> str:
    before, colon, after = identifier.rpartition(":")
    return f"{before.lower()}:{after}" if colon else f"{prefix}:{identifier}"


def assertion_of(name: str, value: str = "") -> AssertionStatus | None:
    """Return the assertion that an annotation's attribute means, or None where it means none.

    >>> assertion_of("Negation"), assertion_of("assertion", "other_subject"), assertion_of("colour")
    ('absent', 'other_subject', None)
    """
    if _folded(name) == "assertion":
        return _status(value.strip().lower().replace(" ", "_"))
    row = _rows("assertion").get(_folded(name))
    return _status(row.text("gives")) if row and value.lower() != "false" else None


def qualifier_of(predicate: str, key: str) -> str:
    """Return the qualifier of a record that an annotation's key means beside a predicate.

    >>> qualifier_of("has_dosage", "frequency"), qualifier_of("has_adverse_event", "frequency")
    ('schedule', 'frequency')
    """
    row = _rows("qualifier").get(f"{predicate}+{key}")
    return row.text("gives") if row else key


def _status(value: str) -> AssertionStatus | None:
    for status in vocabulary.assertions():
        if status == value:
            return status  # type: ignore[return-value]
    return None


def _folded(name: str) -> str:
    return _NOT_A_LETTER.sub("", name.lower())


@cache
def _rows(kind: str) -> Mapping[str, Row]:
    rows = read_table(
        TABLE, COLUMNS, required=("kind", "type", "gives", "example"), choices={"kind": KINDS}
    )
    return {row.text("type"): row for row in rows if row.text("kind") == kind}
