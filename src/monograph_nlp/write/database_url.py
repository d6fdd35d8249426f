"""Where the database is: a URL that is understood, and that is never shown with its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monograph_nlp.errors import ConfigError, DatabaseError

if TYPE_CHECKING:
    from sqlalchemy import URL

_EXPECTED = (
    "expected sqlite:///FILE, duckdb:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE, a "
    "password with its @ and / written as %40 and %2F"
)
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "duckdb": "duckdb",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_LONGEST = 300  # characters of what a driver says


def parse(url: str) -> URL:
    """Return the URL, with the driver that this package uses.

    Raises:
        ConfigError: no URL, or of a database that cannot be loaded; the message does not show it.
        DatabaseError: the extra ``database`` is not installed.
    """
    try:
        import sqlalchemy as sa
    except ImportError as cause:
        raise missing("sqlalchemy", "database") from cause
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        # The cause may quote the password.
        raise ConfigError(f"database URL: not understood; {_EXPECTED}. Correct it.") from None
    if parsed.drivername not in _DRIVERS:
        raise ConfigError(
            f"database URL: {parsed.drivername}: no database that can be loaded; {_EXPECTED}. "
            "Load into one of these, or write Parquet files with `extract --format parquet`."
        )
    parsed = parsed.set(drivername=_DRIVERS[parsed.drivername])
    _check(parsed)
    return parsed


def _check(url: URL) -> None:
    server = url.get_backend_name() == "postgresql"
    if server and "@" in f"{url.host}{url.database}":  # the rest of a password that holds an @
        raise ConfigError(f"database URL: not understood; {_EXPECTED}. Correct it.")
    if not server and url.database in (None, "", ":memory:"):
        raise ConfigError(
            f"database URL: {url.get_backend_name()} without a file keeps nothing; {_EXPECTED}. "
            "Name a file."
        )


def shown(url: URL) -> str:
    """Return the URL for people: without password, and without options, which may hold one."""
    name = url.drivername.partition("+")[0]
    return url.set(drivername=name, query={}).render_as_string(hide_password=True)


def told(cause: BaseException, url: URL) -> str:
    """Return what a driver says, on one line, shortened, and without the password."""
    said = " ".join(str(getattr(cause, "orig", None) or cause).split())
    secrets = [url.password, url.query.get("password")]
    for secret in secrets:
        if secret:
            said = said.replace(str(secret), "***")
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"


def missing(library: str, extra: str) -> DatabaseError:
    """Return the error for a database whose library is not installed."""
    return DatabaseError(
        "database",
        f"{library} is not installed",
        f"the extra {extra}",
        f"Install it: pip install 'monograph-nlp[{extra}]'",
    )
