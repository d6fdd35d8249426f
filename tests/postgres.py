"""A PostgreSQL server of the tests' own: a folder in /tmp, a Unix socket in it, and no port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

NEEDED = "MONOGRAPH_NLP_TEST_POSTGRESQL"  # set where the tests must not be skipped
_USERS = ("postgres", "nobody")  # the server refuses to run as root
_SETTINGS = ("listen_addresses=", "fsync=off", "shared_buffers=32MB", "max_connections=20")


def programs() -> Path | None:
    """Return the folder of the newest server that is installed; ``initdb`` is on no path."""
    found = [Path(name).parent for name in (shutil.which("initdb"),) if name]
    found += [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda folder: (len(str(folder)), str(folder)), default=None)


@dataclass
class Server:
    """A server that runs until ``stop``; its folder holds data, socket and log."""

    bin: Path
    folder: Path
    user: str | None  # whom it runs as, where the tests run as root

    def __post_init__(self) -> None:
        self._names = count()

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database of this server."""
        name = self.user or pwd.getpwuid(os.getuid()).pw_name
        return f"postgresql://{name}@/{database}?host={self.folder}"

    def database(self, options: str = "") -> str:
        """Make an empty database and return its URL."""
        name = f"t{next(self._names)}"
        self.say(f"CREATE DATABASE {name} {options}")
        return self.url(name)

    def say(self, sql: str) -> None:
        """Run a statement as the owner."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = " ".join(
            f"-c {each}" for each in (*_SETTINGS, f"unix_socket_directories={self.folder}")
        )
        self._run("pg_ctl", "-w", "-l", self.folder / "log", "-o", settings, "start")

    def stop(self) -> None:
        """Stop the server at once, as a crash would."""
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def remove(self) -> None:
        """Stop the server and take its folder away."""
        self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.bin / program), "-D", str(self.folder / "data"), *map(str, arguments)]
        if self.user:
            command = ["setpriv", f"--reuid={self.user}", "--clear-groups", "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert done.returncode == 0, done.stderr


def start(bin: Path) -> Server:
    """Make a server of its own and start it."""
    folder = Path(mkdtemp(prefix="monograph-pg-", dir="/tmp"))  # a socket's path must be short
    user = next(filter(_exists, _USERS)) if os.getuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    server = Server(bin, folder, user)
    server._run("initdb", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync")
    server.start()
    return server


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())
