"""Which documents of two sides are of one drug: by the drug's concept, else by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from monograph_nlp.text.content_words import content_words
from monograph_nlp.types import Record


@dataclass(frozen=True, slots=True)
class Paired:
    """Records of one drug, and those that have no counterpart."""

    pairs: tuple[tuple[Record, Record], ...]
    only_old: tuple[Record, ...]
    only_new: tuple[Record, ...]


def pair_documents(old: Sequence[Record], new: Sequence[Record]) -> Paired:
    """Pair the records of two sides.

    One document on each side is a pair whatever it is about. Of several about one drug those of the same id
    are paired first, the others in their order.
    """
    if len(old) == len(new) == 1:
        return Paired(((old[0], new[0]),), (), ())
    waiting: dict[Hashable, list[Record]] = defaultdict(list)
    for record in new:
        waiting[_drug(record)].append(record)
    pairs, only_old = [], []
    for record in sorted(old, key=lambda one: not _has_namesake(one, waiting[_drug(one)])):
        candidates = waiting[_drug(record)]
        if not candidates:
            only_old.append(record)
            continue
        other = min(candidates, key=lambda one: one.document.id != record.document.id)
        # By identity: a record that stands there twice is two records.
        waiting[_drug(record)] = [one for one in candidates if one is not other]
        pairs.append((record, other))
    waits = {id(record) for records in waiting.values() for record in records}
    left = tuple(record for record in new if id(record) in waits)
    order = {id(record): place for place, record in enumerate(old)}
    pairs.sort(key=lambda pair: order[id(pair[0])])
    return Paired(tuple(pairs), tuple(only_old), left)


def _has_namesake(record: Record, others: Sequence[Record]) -> bool:
    return any(other.document.id == record.document.id for other in others)


def _drug(record: Record) -> Hashable:
    """Return what a document is about; where that cannot be told, the document itself."""
    if record.subject is None:
        return record.document.id
    if record.subject.concept is not None:
        return record.subject.concept.id
    return content_words(record.subject.name) or record.subject.name
