"""Keys, indexes, comments: what a database knows of its tables."""

import pytest
import sqlalchemy as sa
from sqlalchemy import inspect

from databases import KINDS, ask, contents
from monograph_nlp.errors import DatabaseError
from monograph_nlp.write import database_tables
from monograph_nlp.write.column_comments import TABLE_COMMENTS, comments
from monograph_nlp.write.columns import TABLES, columns
from monograph_nlp.write.database import Loaded, load
from monograph_nlp.write.database_tables import DIGEST, INFO, account, metadata, table

URLS = pytest.mark.parametrize("kind", KINDS)


@pytest.mark.parametrize("name", TABLES)
def test_each_column_is_described_by_the_schema_or_here(name):
    found = comments(name)
    assert list(found) == list(columns(name))
    assert all(text.endswith(".") and len(text) > 10 for text in found.values())
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("name", "column", "words"),
    [
        ("documents", "title", "title of the document"),
        ("documents", "drug_classes", "A JSON list; null where it is empty."),
        ("facts", "subject_concept_id", "Subject: A compact identifier"),
        ("facts", "object_name", "Object: The name to show"),
        ("facts", "evidence_text", "First evidence: Exactly the characters"),
        ("facts", "rate", "Per cent of the patients who had the event"),
        ("sections", "start", "First character"),
        ("mentions", "source", "What found the mention"),
    ],
)
def test_a_comment_is_that_of_its_own_field(name, column, words):
    assert words in comments(name)[column]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_and_types_of_its_frame(name):
    kinds = {"string": "TEXT", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
    found = {column.name: str(column.type) for column in table(name).columns}
    extra = found.pop(DIGEST, None)
    assert (extra is not None) == (name == "documents")
    assert list(found.items()) == [(key, kinds[kind]) for key, kind in columns(name).items()]


@pytest.fixture
def postgres_url(fresh, sample):
    url = fresh("postgresql")
    load([sample], url)
    return url


def test_postgresql_keeps_comments_of_tables_and_columns(postgres_url):
    found = inspect(sa.create_engine(postgres_url.replace("postgresql", "postgresql+psycopg", 1)))
    for name in TABLES:
        assert found.get_table_comment(name)["text"] == TABLE_COMMENTS[name]
        said = {each["name"]: each["comment"] for each in found.get_columns(name)}
        assert comments(name).items() <= said.items()
        assert all(said.values())


def test_duckdb_keeps_comments_of_tables_and_columns(fresh, sample):
    url = fresh("duckdb")
    load([sample], url)
    said = dict(ask(url, "SELECT table_name, comment FROM duckdb_tables()"))
    assert TABLE_COMMENTS.items() <= said.items()
    for name in TABLES:
        found = ask(
            url,
            f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{name}'",
        )
        assert comments(name).items() <= dict(found).items()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_keys_and_indexes_are_there(fresh, kind, sample):
    url = fresh(kind)
    load([sample], url)
    found = inspect(sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1)))
    for name in TABLES:
        made = metadata().tables[name]
        key = found.get_pk_constraint(name)["constrained_columns"]
        assert key == [column.name for column in made.primary_key]
        assert {each["name"] for each in found.get_indexes(name)} >= {
            str(index.name) for index in made.indexes
        }
        assert len(found.get_foreign_keys(name)) == len(made.foreign_key_constraints)


@URLS
def test_a_key_is_taken_once(fresh, kind, sample):
    url = fresh(kind)
    load([sample], url)
    for name in TABLES:
        with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
            ask(url, f"INSERT INTO {name} SELECT * FROM {name}")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_document_that_is_deleted_takes_its_rows_along(fresh, kind, sample):
    url = fresh(kind)
    load([sample], url)
    ask(url, "DELETE FROM documents")
    assert not [row for name in TABLES for row in contents(url, name)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_row_that_is_named_cannot_go_alone(fresh, kind, sample):
    url = fresh(kind)
    load([sample], url)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        ask(url, "DELETE FROM mentions")


@URLS
def test_the_database_says_what_it_holds(fresh, kind, sample):
    url = fresh(kind)
    load([sample], url)
    assert dict(ask(url, f"SELECT * FROM {INFO}")) == account()
    assert account()["record_schema"] == "1.0"


@URLS
@pytest.mark.parametrize("name", ["record_schema", "table_layout"])
def test_tables_of_another_version_are_refused(fresh, kind, name, sample):
    url = fresh(kind)
    load([sample], url)
    ask(url, f"UPDATE {INFO} SET value = '0.9' WHERE name = '{name}'")
    message = rf"{name.replace('_', ' ')} 0\.9.*expected .*{account()[name]}.* new database"
    with pytest.raises(DatabaseError, match=message):
        load([sample], url)
    assert len(contents(url, "documents")) == 1


@URLS
def test_a_table_of_somebody_else_is_left_alone(fresh, kind, sample):
    url = fresh(kind)
    ask(url, "CREATE TABLE facts (mine INTEGER)")
    with pytest.raises(DatabaseError, match="the table facts is there, but was not made by"):
        load([sample], url)
    assert ask(url, "SELECT * FROM facts") == []
    ask(url, "DROP TABLE facts")
    assert load([sample], url) == Loaded(new=1)


def test_the_layout_changes_with_a_column_and_not_with_a_comment(monkeypatch):
    before = account()["table_layout"]
    monkeypatch.setattr(database_tables, "_INDEXES", {})
    assert account()["table_layout"] == before
    types = {name: columns(name) for name in TABLES}
    types["facts"] = {**types["facts"], "colour": "string"}
    monkeypatch.setattr(database_tables, "columns", types.__getitem__)
    assert account()["table_layout"] != before
