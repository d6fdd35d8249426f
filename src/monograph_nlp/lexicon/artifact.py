"""The file that a lexicon is compiled into: a checked header and the parts that it lists.

Layout: magic (8 bytes), format (uint16), length of the header (uint32), SHA-256 of the header, the
header as JSON, the parts one after another. Numbers are little-endian; every part has its SHA-256 in
the header, and all are checked when the file is opened. Nothing in it is code.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import secrets
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from monograph_nlp.errors import LexiconError

FORMAT = 2
_MAGIC = b"MONOGLEX"
_FIXED = struct.Struct("<8sHI32s")
_REBUILD = (
    "Install the package anew, or build it with `monograph-nlp lexicon build`, or with `lexicon add` for a "
    "vocabulary of yours."
)


class Part(msgspec.Struct, frozen=True):
    """Where a part lies: ``offset`` counts bytes from the end of the header."""

    offset: int
    length: int
    sha256: str


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a lexicon says of itself."""

    version: str
    spelling: str  # digest of the spelling rules that its keys were made with
    sources: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]  # the sets of labels that its terms have
    longest: int  # code points of the longest key that may find a mention; 0 where none may
    counts: dict[str, int]
    notes: dict[str, str] = {}
    parts: dict[str, Part] = {}


@dataclass(frozen=True, slots=True)
class Artifact:
    """An opened lexicon file; ``where`` names it in messages."""

    where: str
    header: Header
    parts: Mapping[str, memoryview]

    @property
    def version(self) -> str:
        """The version and 12 hex digits of the content's hash."""
        sums = "".join(part.sha256 for _, part in sorted(self.header.parts.items()))
        return f"{self.header.version}+{hashlib.sha256(sums.encode()).hexdigest()[:12]}"


def pack(parts: Mapping[str, bytes], header: Header) -> bytes:
    """Return the bytes of a lexicon file; the same parts and header give the same bytes."""
    table, offset = {}, 0
    for name, data in parts.items():
        table[name] = Part(offset, len(data), hashlib.sha256(data).hexdigest())
        offset += len(data)
    text = msgspec.json.encode(msgspec.structs.replace(header, parts=table), order="sorted")
    fixed = _FIXED.pack(_MAGIC, FORMAT, len(text), hashlib.sha256(text).digest())
    return b"".join((fixed, text, *parts.values()))


def write(path: Path, parts: Mapping[str, bytes], header: Header) -> None:
    """Write a lexicon file whole or not at all; what stood there before stays until it is done.

    Raises:
        LexiconError: the file cannot be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pack(parts, header))
        os.replace(part, path)
    except OSError as cause:
        raise LexiconError(
            f"{path}: the lexicon cannot be written ({cause.strerror or cause}); expected a folder that "
            "you may write to, with room for it. Check the folder's permissions and the disk."
        ) from cause
    finally:
        with suppress(OSError):  # where the folder is none, there is nothing to take away
            part.unlink(missing_ok=True)


def open_artifact(path: Path) -> Artifact:
    """Open a lexicon file; its parts are mapped, not read into memory.

    Raises:
        LexiconError: the file is missing, no lexicon, of another format, cut short or damaged.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as cause:  # ValueError: an empty file
        why = getattr(cause, "strerror", None) or "it is empty"
        raise LexiconError(
            f"{path}: the lexicon cannot be opened ({why}); expected a compiled lexicon. {_REBUILD}"
        ) from cause
    return unpack(data, str(path))


def unpack(data: bytes | mmap.mmap, where: str) -> Artifact:
    """Check the bytes of a lexicon file and return its header and parts.

    Raises:
        LexiconError: the bytes are no lexicon, of another format, cut short or damaged.
    """
    view = memoryview(data)
    header, start = _header(view, where)
    return Artifact(where, header, dict(_parts(view[start:], header, where)))


def _header(view: memoryview, where: str) -> tuple[Header, int]:
    if len(view) < _FIXED.size:
        raise _damaged(where, f"it has {len(view)} bytes", f"at least {_FIXED.size}")
    magic, number, length, digest = _FIXED.unpack_from(view)
    if magic != _MAGIC:
        raise _damaged(where, f"it begins with {magic!r}", f"{_MAGIC!r}")
    if number != FORMAT:
        raise _damaged(
            where, f"it has format {number}", f"format {FORMAT}, which this version reads"
        )
    text = view[_FIXED.size : _FIXED.size + length]
    if len(text) != length or hashlib.sha256(text).digest() != digest:
        raise _damaged(
            where, "its header is cut short or damaged", "a header that fits its SHA-256"
        )
    try:
        return msgspec.json.decode(text, type=Header), _FIXED.size + length
    except msgspec.ValidationError as cause:
        raise _damaged(
            where, f"its header is not understood ({cause})", "all its fields"
        ) from cause


def _parts(view: memoryview, header: Header, where: str) -> list[tuple[str, memoryview]]:
    found, end = [], 0
    for name, part in header.parts.items():
        data = view[part.offset : part.offset + part.length]
        if len(data) != part.length or hashlib.sha256(data).hexdigest() != part.sha256:
            expected = f"{part.length} bytes that fit their SHA-256"
            raise _damaged(where, f"its part {name!r} is cut short or damaged", expected)
        found.append((name, data))
        end = max(end, part.offset + part.length)
    if len(view) != end:
        raise _damaged(where, f"{len(view) - end} bytes follow its last part", "none")
    return found


def _damaged(where: str, what: str, expected: str) -> LexiconError:
    return LexiconError(f"{where}: no usable lexicon: {what}; expected {expected}. {_REBUILD}")
