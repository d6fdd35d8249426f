"""What a batch does does not depend on where one batch ends and the next begins."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.types import Coverage, Document, Provenance, Record
from monograph_nlp.write.database_entries import Entry
from monograph_nlp.write.database_plan import Held, Plan, plan

_BARE = Record(
    "1.0",
    "r",
    Document("d", "s", "text", "", None, "0" * 64, 0),
    None,
    (),
    (),
    (),
    (),
    Coverage(0, 0, 0, 0, 0),
    Provenance("p", "c", "r", "l", None),
)


def _entry(record_id: str, name: str, source: str, digest: str) -> Entry:
    document = replace(_BARE.document, id=name, source=source)
    return Entry(replace(_BARE, id=record_id, document=document), digest)


ENTRIES = st.lists(
    st.builds(
        _entry,
        st.sampled_from(["r1", "r2", "r3"]),
        st.sampled_from(["d1", "d2"]),
        st.sampled_from(["s1", "s2"]),
        st.sampled_from(["x", "y"]),
    ),
    max_size=12,
)


def _held(entry: Entry) -> Held:
    return Held(entry.record.id, entry.identity, entry.digest)


def _loaded(batches: list[list[Entry]]) -> tuple[dict[str, Held], int, int, int]:
    """A database as a dict: the state after the batches, and the counts."""
    database: dict[str, Held] = {}
    counts = [0, 0, 0]
    for batch in batches:
        done: Plan = plan(batch, database.values())
        assert done.delete <= database.keys()
        database = {key: value for key, value in database.items() if key not in done.delete}
        assert not database.keys() & done.write.keys()
        database |= {key: _held(entry) for key, entry in done.write.items()}
        for place, number in enumerate((done.new, done.replaced, done.unchanged)):
            counts[place] += number
    return database, *counts


@given(ENTRIES, st.integers(1, 12))
def test_batches_of_any_size_give_the_same(entries: list[Entry], size: int) -> None:
    batches = [entries[start : start + size] for start in range(0, len(entries), size)]
    assert _loaded(batches) == _loaded([[entry] for entry in entries]) == _loaded([entries])


@given(ENTRIES)
def test_no_document_is_there_twice_and_the_last_is(entries: list[Entry]) -> None:
    database, *counts = _loaded([entries])
    assert sum(counts) == len(entries)
    assert len({held.identity for held in database.values()}) == len(database)
    if entries:
        assert database[entries[-1].record.id] == _held(entries[-1])


@given(ENTRIES)
def test_what_is_there_is_passed_over(entries: list[Entry]) -> None:
    database, *_ = _loaded([entries])
    there = [entry for entry in entries if _held(entry) in database.values()]
    again = plan(there, database.values())
    assert (again.delete, again.write, again.unchanged) == (set(), {}, len(there))
