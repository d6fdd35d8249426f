"""Which documents of two sides are of one drug: by the drug's concept, else by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

from monograph_nlp.diff.likeness import name_words
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
    waiting: dict[Hashable, list[int]] = defaultdict(list)  # places: one record may stand at two
    for place, record in enumerate(new):
        waiting[_drug(record)].append(place)
    names = [record.document.id for record in new]

    def has_no_namesake(record: Record) -> bool:
        return all(names[place] != record.document.id for place in waiting[_drug(record)])

    pairs, only_old = [], []
    for record in sorted(old, key=has_no_namesake):
        candidates = waiting[_drug(record)]
        if not candidates:
            only_old.append(record)
            continue
        place = min(candidates, key=lambda place: names[place] != record.document.id)
        candidates.remove(place)
        pairs.append((record, new[place]))
    left = tuple(new[place] for place in sorted(chain.from_iterable(waiting.values())))
    order = {id(record): place for place, record in enumerate(old)}
    pairs.sort(key=lambda pair: order[id(pair[0])])
    return Paired(tuple(pairs), tuple(only_old), left)


def _drug(record: Record) -> Hashable:
    """Return what a document is about; where that cannot be told, the document itself."""
    if record.subject is None:
        return record.document.id
    if record.subject.concept is not None:
        return record.subject.concept.id
    return name_words(record.subject.name) or record.subject.name
