"""Inputs → pieces of work, in a stable order, each with the hash of its content.

A file of one document is a piece; so is each document of a table, a JSON or JSONL file or an archive, read here
one after the other, so that no input but a JSON file is ever held as a whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from monograph_nlp.batch.failing import failure_of
from monograph_nlp.batch.messages import Failure, Request, Settings
from monograph_nlp.batch.naming import ids, names, stem, unpacked
from monograph_nlp.batch.opening import items
from monograph_nlp.errors import ReadError
from monograph_nlp.read import SUFFIXES, Limits
from monograph_nlp.read.archives import Member, is_archive, members
from monograph_nlp.read.identity import Ids
from monograph_nlp.types import Monograph

# Formats of many documents; a response of openFDA (.json) may hold a thousand labels.
_MANY = (".csv", ".tsv", ".parquet", ".json", ".jsonl", ".ndjson")
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Piece:
    """Work for a worker, or an input that failed before any could begin."""

    name: str
    digest: str  # SHA-256 of what the answer depends on, the settings aside
    request: Request | None
    failure: Failure | None = None
    size: int = 0  # bytes: of what it reads; from ``pieces_of``, of all that lies behind with it


@dataclass(frozen=True)
class Input:
    """A file of the batch; ``id`` is that of its document, where the content gives none."""

    path: Path
    name: str
    id: str
    size: int  # bytes

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, read when it is asked for; empty where that cannot be done."""
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""


def inputs_of(paths: Iterable[Path]) -> list[Input]:
    """Return the files with names and ids that are told apart."""
    given = list(paths)
    called = names(given)
    return [
        Input(path, name, id, _size(path))
        for path, name, id in zip(given, called, ids(called), strict=True)
    ]


def pieces_of(one: Input, settings: Settings, before: int = 0) -> Iterator[Piece]:
    """Yield the pieces of a file; what cannot be read is a piece that failed.

    Args:
        one: the file.
        settings: name the columns of tables.
        before: bytes of the inputs before this one.
    """
    behind = 0
    for piece in _pieces(one, settings):
        behind = min(one.size, behind + piece.size)  # a packed input holds more than its size
        yield replace(piece, size=before + behind)


def _pieces(one: Input, settings: Settings) -> Iterator[Piece]:
    try:
        if is_archive(one.path):
            yield from _archived(one, settings)
        elif _is_stream(one.name):
            yield from _streamed(one.path, one.name, one.id, settings)
        else:
            request = Request(one.name, one.id, path=os.fsencode(one.path.absolute()))
            yield Piece(one.name, _joined(one.name, one.id, one.sha256), request, size=one.size)
    except OSError as cause:
        yield _failed(one.name, _unreadable(one.name, cause))
    except Exception as cause:  # of a library behind a reader: it is this file's alone
        yield _failed(one.name, cause)


def _archived(one: Input, settings: Settings) -> Iterator[Piece]:
    folder, taken = one.id.removesuffix(".tar"), Ids()
    for found in members(one.path, _is_document, _LIMITS):
        if not isinstance(found, Member):
            yield _failed(one.name, found)
            continue
        name, id = f"{one.name}!{found.name}", taken.take(f"{folder}/{stem(found.name)}")
        if _is_stream(found.name):
            with TemporaryDirectory(dir=settings.scratch) as scratch:
                path = Path(scratch, "document")
                path.write_bytes(found.content)
                yield from _streamed(path, name, id, settings)
        else:
            digest = hashlib.sha256(found.content).hexdigest()
            request = Request(name, id, content=found.content)
            yield Piece(name, _joined(name, id, digest), request, size=len(found.content))


def _streamed(path: Path, name: str, id: str, settings: Settings) -> Iterator[Piece]:
    for item in items(path, name, id, settings):
        yield _failed(name, item) if isinstance(item, ReadError) else _document(item)


def _document(document: Monograph) -> Piece:
    digest = hashlib.sha256(msgspec.msgpack.encode(document)).hexdigest()
    request = Request(document.source, document.id, monograph=document)
    return Piece(document.source, digest, request, size=len(document.text.encode()))


def _failed(name: str, error: Exception) -> Piece:
    failure = failure_of(error, name, "read")
    return Piece(name, _joined(name, failure.message), None, failure)


def _is_document(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def _is_stream(name: str) -> bool:
    return unpacked(name).lower().endswith(_MANY)


def _joined(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _unreadable(name: str, cause: OSError) -> ReadError:
    what = "no such file" if isinstance(cause, FileNotFoundError) else str(cause.strerror or cause)
    return ReadError(name, what, "a readable file", "Check the path and its permissions.")
