"""What a batch changes: which rows go, which come, and which stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from monograph_nlp.write.database_entries import Entry, Identity


@dataclass(frozen=True, slots=True)
class Held:
    """A record that is in the database, or will be when the batch is in."""

    record_id: str
    identity: Identity
    digest: str


@dataclass(slots=True)
class Plan:
    """What is to be done; one record after the other, as if each were a batch of its own."""

    delete: set[str] = field(default_factory=set)  # ids of records in the database
    write: dict[str, Entry] = field(default_factory=dict)  # by record id
    new: int = 0
    replaced: int = 0
    unchanged: int = 0


def plan(entries: Iterable[Entry], held: Iterable[Held]) -> Plan:
    """Return what loading the entries in their order does to a database that holds ``held``.

    A record replaces the one with its id, and the one of the same document (id and source).
    """
    made = Plan()
    by_id = {each.record_id: each for each in held}
    by_identity = {each.identity: each for each in by_id.values()}
    for entry in entries:
        comes = Held(entry.record.id, entry.identity, entry.digest)
        if by_id.get(comes.record_id) == comes:
            made.unchanged += 1
            continue
        found = (by_id.get(comes.record_id), by_identity.get(comes.identity))
        goes = {each for each in found if each is not None}
        for each in goes:
            _remove(each, made, by_id, by_identity)
        made.replaced += bool(goes)
        made.new += not goes
        made.write[comes.record_id] = entry
        by_id[comes.record_id] = by_identity[comes.identity] = comes
    return made


def _remove(
    goes: Held, made: Plan, by_id: dict[str, Held], by_identity: dict[Identity, Held]
) -> None:
    del by_id[goes.record_id], by_identity[goes.identity]
    if made.write.pop(goes.record_id, None) is None:
        made.delete.add(goes.record_id)
