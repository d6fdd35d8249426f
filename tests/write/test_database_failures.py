"""A database that is away, breaks off or is taken: what was committed stays, and a rerun completes."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import duckdb
import pytest

from databases import KINDS, ask, checksums
from monograph_nlp.errors import DatabaseError
from monograph_nlp.write import database_duckdb, database_server, write
from monograph_nlp.write.database import Loaded, load


@pytest.fixture
def records(sample):
    return [
        replace(sample, id=f"r{n}", document=replace(sample.document, id=f"d{n}")) for n in range(8)
    ]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nonexistent/folder/a.db",
        "duckdb:////nonexistent/folder/a.duckdb",
        "postgresql://u:geheim@/d?host=/nonexistent",
        "postgresql://u:geheim@localhost:1/d?connect_timeout=2",
        "duckdb:///a.duckdb?no_such_setting=geheim",
    ],
)
def test_a_database_that_cannot_be_opened(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DatabaseError, match=r"cannot be opened \(.+\); expected a database") as one:
        load([], url)
    assert str(one.value).startswith(url.partition("?")[0].replace("geheim", "***"))
    assert "geheim@" not in str(one.value)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, kind):
    (tmp_path / "a.txt").write_text("Dear diary, " * 1000)
    with pytest.raises(DatabaseError, match="not a"):
        load([], f"{kind}:///{tmp_path}/a.txt")
    assert (tmp_path / "a.txt").read_text() == "Dear diary, " * 1000


def test_a_database_that_cannot_hold_every_character_is_refused(postgres):
    latin = postgres.database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(DatabaseError, match="keeps its texts in LATIN1; expected UTF8"):
        load([], latin)


def database(url):
    """Return the name in the URL of a database of the tests' own server."""
    return url.split("?")[0].split("/")[-1]


def breaking(kind, url, monkeypatch, postgres_server):
    """Return what breaks the connection, or the next batch but one, when it is called."""
    if kind == "postgresql":
        return lambda: postgres_server().say(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{database(url)}'"
        )
    if kind == "sqlite":
        trigger = (
            "CREATE TRIGGER full BEFORE INSERT ON facts WHEN NEW.record_id = 'r5' "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        return lambda: ask(url, trigger)

    def fail(self, table, rows):
        insert(self, table, rows[:1])
        raise duckdb.IOException("the disk is full")

    insert = database_duckdb.DuckLink.insert
    return lambda: monkeypatch.setattr(database_duckdb.DuckLink, "insert", fail)


@pytest.mark.parametrize("kind", KINDS)
def test_a_load_that_breaks_off_is_completed_by_the_next(
    fresh, kind, records, monkeypatch, request
):
    url, clean, committed = fresh(kind), fresh(kind), []
    undo = pytest.MonkeyPatch()
    cut = breaking(kind, url, undo, lambda: request.getfixturevalue("postgres"))

    def on_batch(done: Loaded) -> None:
        committed.append(done.documents)
        if done.documents == 4:
            cut()

    with pytest.raises(
        DatabaseError, match=r"the load broke off \(.+\);.*What was committed stays"
    ):
        load(records, url, batch=2, on_batch=on_batch)
    undo.undo()
    if kind == "sqlite":
        ask(url, "DROP TRIGGER full")
    assert committed == [2, 4]
    assert len(ask(url, "SELECT * FROM documents")) == 4
    assert load(records, url, batch=2) == Loaded(new=4, unchanged=4)
    load(records, clean)
    assert checksums(url) == checksums(clean)


def test_a_server_that_stops_keeps_what_was_committed(postgres, records):
    url = postgres.database()

    def on_batch(done: Loaded) -> None:
        if done.documents == 4:
            postgres.stop()

    try:
        with pytest.raises(DatabaseError, match="the load broke off"):
            load(records, url, batch=2, on_batch=on_batch)
        with pytest.raises(DatabaseError, match="cannot be opened"):
            load(records, url)
    finally:
        postgres.start()
    assert load(records, url) == Loaded(new=4, unchanged=4)


def test_a_sqlite_file_that_another_writer_holds(tmp_path, records, monkeypatch):
    monkeypatch.setattr(database_server, "_PATIENCE", 0.1)
    url = f"sqlite:///{tmp_path}/a.db"
    load(records[:1], url)
    with closing(sqlite3.connect(tmp_path / "a.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="database is locked"):
            load(records, url)


PROGRAM = """
import sys
from monograph_nlp.write.database import load_files
print(load_files([sys.argv[1]], sys.argv[2], batch=1).documents)
"""


def started(path, url):
    command = [sys.executable, "-c", PROGRAM, str(path), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _loaded_at_once(url, records, path):
    """Load records and newer ones by three programs at a time; return what these tell, and the newer ones."""
    newer = [replace(record, id=f"{record.id}-2") for record in records]
    write([*records, *newer], path)
    loads = [started(path, url) for _ in range(3)]
    return [load.communicate(timeout=120) for load in loads], newer


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_loads_at_once_are_one_after_the_other(fresh, kind, records, tmp_path):
    url, clean = fresh(kind), fresh(kind)
    told, newer = _loaded_at_once(url, records, tmp_path / "a.jsonl")
    assert told == [("16\n", "")] * 3
    load(newer, clean)
    assert checksums(url) == checksums(clean)


@pytest.mark.parametrize("level", ["read committed", "repeatable read", "serializable"])
def test_loads_at_once_where_the_server_isolates_more(postgres, level, records, tmp_path):
    """A load that waited for another one has to see what that one wrote, whatever the server's default."""
    url, clean = postgres.database(), postgres.database()
    postgres.say(f"ALTER DATABASE {database(url)} SET default_transaction_isolation = '{level}'")
    assert ask(url, "SHOW default_transaction_isolation") == [(level,)]
    told, newer = _loaded_at_once(url, records, tmp_path / "a.jsonl")
    assert told == [("16\n", "")] * 3
    load(newer, clean)
    assert checksums(url) == checksums(clean)


def test_a_duckdb_file_that_another_load_makes_first_is_used(tmp_path, records, monkeypatch):
    link, url = database_duckdb.os.link, f"duckdb:///{tmp_path}/a.duckdb"

    def late(part, path):
        monkeypatch.setattr(database_duckdb.os, "link", link)
        load(records[:3], url)
        link(part, path)

    monkeypatch.setattr(database_duckdb.os, "link", late)
    assert load(records, url) == Loaded(new=5, unchanged=3)
    assert [path.name for path in tmp_path.iterdir()] == ["a.duckdb"]


def test_a_duckdb_file_where_the_system_has_no_links(tmp_path, records, monkeypatch):
    def none(part, path):
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(database_duckdb.os, "link", none)
    assert load(records, f"duckdb:///{tmp_path}/a.duckdb") == Loaded(new=8)
    assert [path.name for path in tmp_path.iterdir()] == ["a.duckdb"]


def test_a_duckdb_file_that_is_not_made_leaves_nothing(tmp_path, records, monkeypatch):
    def full(*arguments, **options):
        (tmp_path / ".a.duckdb.00.part").write_bytes(b"half")
        raise duckdb.IOException("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(database_duckdb.secrets, "token_hex", lambda size: "00")
        patch.setattr(database_duckdb.duckdb, "connect", full)
        with pytest.raises(DatabaseError, match="the disk is full"):
            load(records, f"duckdb:///{tmp_path}/a.duckdb")
    assert not list(tmp_path.iterdir())
    assert load(records, f"duckdb:///{tmp_path}/a.duckdb") == Loaded(new=8)


def test_a_duckdb_file_that_another_program_holds(tmp_path, records):
    url = f"duckdb:///{tmp_path}/a.duckdb"
    holder = "import duckdb, sys\nc = duckdb.connect(sys.argv[1])\nprint(1, flush=True)\nsys.stdin.read()"
    command = [sys.executable, "-c", holder, str(tmp_path / "a.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline()
        with pytest.raises(DatabaseError, match=r"Could not set lock.*another program holds it"):
            load(records, url)
        other.communicate(b"")
    assert load(records, url) == Loaded(new=8)
