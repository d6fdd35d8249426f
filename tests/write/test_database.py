"""A load brings each cell of the flat tables into the database, once, and takes the old ones out."""

from dataclasses import replace

import pandas as pd
import pytest

from databases import KINDS, ask, checksums, contents, orphans
from monograph_nlp.errors import ConfigError, RecordError
from monograph_nlp.record.codec import to_dict
from monograph_nlp.types import Mention, Record
from monograph_nlp.write.columns import TABLES
from monograph_nlp.write.database import Loaded, load
from monograph_nlp.write.tables import to_frame

URLS = pytest.mark.parametrize("kind", KINDS)


def named(record: Record, name: str, *, record_id: str = "", source: str = "s.txt") -> Record:
    """The same record of another document."""
    document = replace(record.document, id=name, source=source)
    return replace(record, id=record_id or f"{name}@1", document=document)


def many(record: Record, number: int) -> list[Record]:
    return [named(record, f"d{n:03}") for n in range(number)]


def broken(record: Record) -> Record:
    return replace(record, id="broken", coverage=replace(record.coverage, junk=0))


def plain(frame: pd.DataFrame) -> list[list[object]]:
    cells = frame.astype(object).where(frame.notna(), None)
    return sorted(cells.to_numpy().tolist(), key=repr)


@URLS
@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_frames_arrives(fresh, kind, table, records):
    url = fresh(kind)
    load(records.values(), url)
    found = contents(url, table)
    width = len(to_frame([], table).columns)
    assert [list(row[:width]) for row in found] == plain(to_frame(records.values(), table))
    assert not orphans(url)


def test_the_databases_hold_the_same(fresh, records):
    found = []
    for kind in KINDS:
        url = fresh(kind)
        load(records.values(), url, batch=5)
        found.append(checksums(url))
    assert found[0] == found[1] == found[2]


@URLS
def test_a_second_load_changes_nothing(fresh, kind, sample):
    url, records = fresh(kind), many(sample, 5)
    assert load(records, url, batch=2) == Loaded(new=5)
    before = checksums(url)
    assert load(map(to_dict, records), url, batch=3) == Loaded(unchanged=5)
    assert checksums(url) == before


@URLS
def test_a_second_load_writes_no_row(fresh, kind, sample):
    """What somebody has changed by hand since then shows that the rows were passed over."""
    url = fresh(kind)
    load([sample], url)
    ask(url, "UPDATE issues SET message = 'seen'")
    load([sample], url)
    assert {row[0] for row in ask(url, "SELECT message FROM issues")} == {"seen"}


@URLS
def test_a_document_that_is_extracted_anew_replaces_its_rows(fresh, kind, sample):
    url = fresh(kind)
    others = many(sample, 3)
    load([sample, *others], url)
    fewer = replace(sample, id="testamab@2", facts=sample.facts[:2], mentions=(), issues=())
    facts = tuple(
        replace(fact, subject=None, object=replace(fact.object, mention=None))
        for fact in fewer.facts
    )
    fewer = replace(fewer, facts=facts)
    assert load([fewer], url) == Loaded(replaced=1)
    clean = fresh(kind)
    load([fewer, *others], clean)
    assert checksums(url) == checksums(clean)
    assert not orphans(url)


@URLS
def test_another_lexicon_under_the_same_id_rewrites_the_rows(fresh, kind, sample):
    """The record's id does not tell which lexicon, model and package made it."""
    url = fresh(kind)
    load([sample], url)
    newer = replace(sample, provenance=replace(sample.provenance, lexicon="embedded 9.9"))
    assert load([newer], url) == Loaded(replaced=1)
    assert ask(url, "SELECT lexicon FROM documents") == [("embedded 9.9",)]
    assert len(contents(url, "facts")) == len(sample.facts)
    assert load([newer], url) == Loaded(unchanged=1)


@URLS
def test_text_that_comes_later_is_taken(fresh, kind, sample):
    url = fresh(kind)
    load([replace(sample, text=None)], url)
    assert load([sample], url) == Loaded(replaced=1)
    assert ask(url, "SELECT text FROM documents") == [(sample.text,)]


@URLS
def test_documents_of_one_id_and_several_sources_stand_side_by_side(fresh, kind, sample):
    url = fresh(kind)
    pair = [named(sample, "d", record_id=f"r{n}", source=f"{n}.csv:1") for n in range(2)]
    load(pair, url)
    load([replace(pair[0], id="r9")], url)
    assert [row[0] for row in contents(url, "documents")] == ["r1", "r9"]


@URLS
@pytest.mark.parametrize("batch", [1, 2, 100])
def test_the_last_of_a_document_stays_however_large_the_batch(fresh, kind, batch, sample):
    url = fresh(kind)
    records = [named(sample, "d", record_id=f"r{n}") for n in (1, 2, 1)]
    assert load(records, url, batch=batch) == Loaded(new=1, replaced=2)
    assert [row[0] for row in contents(url, "documents")] == ["r1"]
    assert len(contents(url, "mentions")) == len(sample.mentions)


def test_two_documents_of_one_name_are_counted(fresh, sample):
    other = replace(sample, id="other", document=replace(sample.document, sha256="f" * 64))
    done = load([sample, sample, other], fresh("sqlite"), batch=2)
    assert done == Loaded(new=1, replaced=1, unchanged=1, clashes=1)
    assert done.documents == 3


@URLS
def test_a_batch_is_told_when_it_is_in(fresh, kind, sample):
    seen: list[Loaded] = []
    load(many(sample, 5), fresh(kind), batch=2, on_batch=seen.append)
    assert seen == [Loaded(new=2), Loaded(new=4), Loaded(new=5)]


@URLS
def test_an_invalid_record_stops_the_load_and_its_batch(fresh, kind, sample):
    url, records = fresh(kind), many(sample, 4)
    with pytest.raises(RecordError, match="coverage"):
        load([*records[:3], broken(sample), records[3]], url, batch=2)
    assert [row[0] for row in contents(url, "documents")] == ["d000@1", "d001@1"]


@URLS
def test_an_invalid_record_is_handed_over_and_left_out(fresh, kind, sample):
    url, errors = fresh(kind), []
    done = load([broken(sample), *many(sample, 3)], url, batch=2, on_error=errors.append)
    assert (done, len(errors)) == (Loaded(new=3), 1)


@URLS
def test_a_nul_becomes_a_replacement_character(fresh, kind, sample):
    """PostgreSQL takes no NUL; all databases hold the same."""
    text = sample.text.replace("a", "\0")
    record = with_text(sample, text)
    url = fresh(kind)
    assert load([record], url) == Loaded(new=1)
    assert load([record], url) == Loaded(unchanged=1)
    (found,) = ask(url, "SELECT text FROM documents")[0]
    assert found == text.replace("\0", "\ufffd")
    for start, end, quoted in ask(
        url, "SELECT evidence_start, evidence_end, evidence_text FROM facts"
    ):
        assert found[start:end] == quoted
    cells = [cell for table in TABLES for row in contents(url, table) for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and "\0" in cell]
    assert not [cell for cell in cells if isinstance(cell, str) and "\\u0000" in cell]


def with_text(record: Record, text: str) -> Record:
    """The record with other words at the same places."""

    def quoted(evidence):
        return tuple(replace(each, text=text[each.start : each.end]) for each in evidence)

    def named(mention: Mention) -> Mention:
        return replace(mention, text=" ".join(text[start:end] for start, end in mention.spans))

    return replace(
        record,
        text=text,
        mentions=tuple(map(named, record.mentions)),
        facts=tuple(replace(fact, evidence=quoted(fact.evidence)) for fact in record.facts),
        issues=tuple(replace(issue, evidence=quoted(issue.evidence)) for issue in record.issues),
    )


@URLS
def test_two_ids_that_a_nul_tells_apart_are_refused_alone(fresh, kind, sample):
    url, errors = fresh(kind), []
    one, two, *rest = sample.issues
    issues = (replace(one, id="i\0"), replace(two, id="i\ufffd"), *rest)
    load([replace(sample, id="r", issues=issues), *many(sample, 1)], url, on_error=errors.append)
    assert [row[0] for row in contents(url, "documents")] == ["d000@1"]
    assert "is taken" in str(errors[0])


@URLS
def test_what_a_document_says_is_never_sql(fresh, kind, sample):
    url, evil = fresh(kind), "x'); DROP TABLE facts; --\"$1 :a %(b)s ?\t\\N\n"
    record = named(sample, evil, record_id=evil, source=evil)
    assert load([record], url) == Loaded(new=1)
    assert load([replace(record, id="r")], url) == Loaded(replaced=1)
    assert load([record], url) == Loaded(replaced=1)
    (row,) = contents(url, "documents")
    assert row[0] == row[2] == row[3] == evil


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("$.id", lambda r, long: replace(r, id=long)),
        ("$.document.id", lambda r, long: named(r, long, record_id="r")),
        ("$.document.source", lambda r, long: named(r, "d", source=long)),
        ("$.issues[0].id", lambda r, long: replace(r, issues=(replace(r.issues[0], id=long),))),
    ],
)
@pytest.mark.parametrize(("letter", "length"), [("a", 1001), ("é", 501)])
def test_an_id_that_no_index_takes_is_refused_alone(fresh, sample, path, change, letter, length):
    url, errors = fresh("sqlite"), []
    load([change(sample, letter * length), *many(sample, 1)], url, on_error=errors.append)
    assert [row[0] for row in contents(url, "documents")] == ["d000@1"]
    assert f"{path}: longer than 1,000 bytes" in str(errors[0])
    with pytest.raises(RecordError, match="longer than"):
        load([change(sample, letter * length)], url)


def test_the_longest_ids_are_taken_by_every_database(fresh, sample):
    ids = "é" * 500
    record = replace(
        named(sample, ids, record_id=ids, source="\U0001f48a" * 250),
        issues=(replace(sample.issues[0], id=ids[1:]),),
    )
    for kind in KINDS:
        assert load([record], fresh(kind)) == Loaded(new=1)


def test_a_number_that_no_column_takes_is_refused(fresh, sample):
    document = replace(sample.document, characters=2**63)
    huge = replace(sample.coverage, text=2**63 - len(sample.text) + sample.coverage.text)
    record = replace(sample, document=document, coverage=huge, text=None)
    with pytest.raises(RecordError, match=r"\$\.document\.characters: 9223372036854775808 is more"):
        load([record], fresh("sqlite"))


@pytest.mark.parametrize("batch", [0, -1, 10_001])
def test_a_batch_has_a_size(fresh, batch, sample):
    with pytest.raises(ConfigError, match="expected 1 to 10,000"):
        load([sample], fresh("sqlite"), batch=batch)
