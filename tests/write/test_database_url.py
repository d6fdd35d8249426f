"""A URL is understood or refused, and its password is never shown."""

import sys

import pytest
from sqlalchemy import make_url

from monograph_nlp.errors import ConfigError, DatabaseError
from monograph_nlp.write.database import load
from monograph_nlp.write.database_url import parse, shown, told


@pytest.mark.parametrize(
    ("url", "driver", "seen"),
    [
        ("sqlite:///a.db", "sqlite+pysqlite", "sqlite:///a.db"),
        ("duckdb:////tmp/a.duckdb?threads=1", "duckdb", "duckdb:////tmp/a.duckdb"),
        ("postgresql://u:geheim@h:1/d", "postgresql+psycopg", "postgresql://u:***@h:1/d"),
        ("postgres://u:g%40h%2Fm@h/d", "postgresql+psycopg", "postgresql://u:***@h/d"),
        ("postgresql+psycopg://u@h/d?password=geheim", "postgresql+psycopg", "postgresql://u@h/d"),
        ("postgresql://u@/d?host=/run/pg", "postgresql+psycopg", "postgresql://u@/d"),
    ],
)
def test_a_url_gets_our_driver_and_is_shown_without_password(url, driver, seen):
    parsed = parse(url)
    assert parsed.drivername == driver
    assert shown(parsed) == seen


@pytest.mark.parametrize(
    "url",
    [
        "geheim.db",
        "",
        "postgresql://u:geheim@h:port/d",
        "postgresql://u:geheim@geheim@h/d",
        "postgresql:///u:geheim@h/d",
        "mysql://u:geheim@h/d",
        "postgresql+asyncpg://u:geheim@h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "duckdb://",
        "duckdb:///:memory:",
    ],
)
def test_a_url_of_nothing_we_load_is_refused_and_not_shown(url):
    with pytest.raises(ConfigError, match="expected sqlite:///FILE, duckdb:///FILE or") as raised:
        load([], url)
    assert "geheim" not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@pytest.mark.parametrize("url", ["postgresql://u:geheim@h/d", "postgresql://u@h/d?password=geheim"])
def test_what_a_driver_says_is_one_short_line_without_the_password(url):
    said = told(ValueError("no\n  entry for geheim " + "x" * 1000), make_url(url))
    assert said.startswith("no entry for *** x")
    assert len(said) < 310


@pytest.mark.parametrize(
    ("library", "url", "extra"),
    [
        ("sqlalchemy", "sqlite:///a.db", "database"),
        ("duckdb", "duckdb:///a.duckdb", "database"),
        ("psycopg", "postgresql://u@h/d", "postgres"),
    ],
)
def test_a_library_that_is_missing_is_an_extra_to_install(monkeypatch, library, url, extra):
    monkeypatch.delitem(sys.modules, "monograph_nlp.write.database_duckdb", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DatabaseError, match=rf"pip install 'monograph-nlp\[{extra}\]'"):
        load([], url)
