"""What a batch and its workers say to each other: frames of MessagePack on pipes, and nothing that runs.

A frame is its length in eight bytes, most significant first, and that many bytes of MessagePack.
"""

from __future__ import annotations

import struct
from typing import IO

import msgspec

from monograph_nlp.types import Monograph, Provenance

_LENGTH = struct.Struct(">Q")


class Settings(msgspec.Struct, frozen=True):
    """What a worker is started with."""

    config: str | None = None
    profile: str | None = None
    with_text: bool = False
    text_column: str = "text"
    id_column: str = "id"
    max_characters: int = 2_000_000  # of one document
    scratch: str | None = None  # folder for what has to be a file for a moment
    max_memory: int = 1 << 30  # resident bytes, beyond which a worker is replaced between documents
    seconds: float = 300.0  # that one document may take


class Ready(msgspec.Struct, frozen=True, tag=True):
    """A worker's first word: what its records are made by."""

    provenance: Provenance


class Refused(msgspec.Struct, frozen=True, tag=True):
    """A worker's first word where it cannot start: the error, and whether the user's settings are at fault."""

    message: str
    is_usage: bool


class Request(msgspec.Struct, frozen=True):
    """One piece of work: a file on disk, the bytes of one, or a document that is read already."""

    name: str  # what to call it
    id: str  # of the document, where the input gives none
    path: bytes | None = None  # as the system has it: not every name is UTF-8
    content: bytes | None = None  # of a file whose name is ``name``
    monograph: Monograph | None = None


class Failure(msgspec.Struct, frozen=True):
    """A document that gave no record, and why; one row of ``failures.jsonl``."""

    document: str  # its id, or the name of what should have held it
    stage: str  # read, limit, a component, assemble, validate, worker, identity
    error: str  # name of the exception
    message: str


class Answer(msgspec.Struct, frozen=True, tag=True):
    """What a piece of work gave: records as lines of JSON, in order, and failures."""

    records: tuple[bytes, ...] = ()
    ids: tuple[str, ...] = ()  # of the records
    failures: tuple[Failure, ...] = ()
    words: int = 0  # read, by white space
    facts: int = 0
    memory: int = 0  # resident bytes of the worker, after it
    is_final: bool = (
        True  # the same input gives the same answer; not so where time or memory ran out
    )


Reply = Ready | Refused | Answer


def send(stream: IO[bytes], message: msgspec.Struct) -> None:
    """Write one frame, and flush."""
    body = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Return the bytes of the next frame, or ``None`` where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None
