"""One input file: what it is called, and its bytes, never more of them than the limits allow."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TypeVar, cast

from monograph_nlp.errors import ReadError

_Line = TypeVar("_Line", str, bytes)
_STEP = 1 << 20  # bytes
# Small texts of few words compress without bound; below this size the ratio says nothing.
_RATIO_FROM = 8 << 20  # bytes
_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive (such as .docx)",
    b"\x1f\x8b": "gzip data",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"PAR1": "a Parquet table",
    b"\xd0\xcf\x11\xe0": "an old Office document (such as .doc)",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one input may take; all sizes in bytes."""

    max_bytes: int = 64 << 20  # a file that is read as a whole, as it is stored
    max_unpacked_bytes: int = 256 << 20  # the same, decompressed
    max_ratio: int = 200  # decompressed to stored, once the text is large
    max_line_bytes: int = 16 << 20  # one line or cell of a file that is read line by line


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and how."""

    path: Path
    name: str  # what to call it: the file's name, without its folders, where no other is given
    stem: str  # the id of a document that has none of its own: the name without its suffixes
    suffix: str  # lower case, without .gz
    is_gzip: bool
    limits: Limits
    text_column: str
    id_column: str

    @contextmanager
    def open(self) -> Iterator[BufferedReader]:
        """Open the (decompressed) bytes; raise ``ReadError`` where they end or break early."""
        try:
            with self.path.open("rb") as stored:
                packed = gzip.GzipFile(fileobj=stored) if self.is_gzip else stored
                yield cast(BufferedReader, packed)
        except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
            raise ReadError(
                self.name,
                f"the gzip data are damaged ({cause})",
                "a whole .gz file",
                "Copy or download the file again, or rename it if it is not compressed.",
            ) from cause
        except OSError as cause:
            raise _unreadable(self.path, cause) from cause

    def read_bytes(self) -> bytes:
        """Return the whole (decompressed) content; ``ReadError`` beyond the limits."""
        with self.open() as stream:
            stored = self.path.stat().st_size
            if stored > self.limits.max_bytes:
                raise self._too_large(f"{stored:,} bytes", self.limits.max_bytes, "max_bytes")
            parts, size = [], 0
            while part := stream.read(_STEP):
                parts.append(part)
                size += len(part)
                self._check_unpacked(size, stored)
        return b"".join(parts)

    def _check_unpacked(self, size: int, stored: int) -> None:
        if not self.is_gzip:
            return
        if size > self.limits.max_unpacked_bytes:
            limit = self.limits.max_unpacked_bytes
            raise self._too_large("the decompressed text", limit, "max_unpacked_bytes")
        if size > _RATIO_FROM and size > stored * self.limits.max_ratio:
            raise ReadError(
                self.name,
                f"{stored:,} bytes unpack to more than {self.limits.max_ratio} times as many",
                "a document, not a decompression bomb",
                "Raise Limits.max_ratio if the file is trusted.",
            )

    def _too_large(self, what: str, limit: int, name: str) -> ReadError:
        return ReadError(
            self.name,
            f"{what}: too large",
            f"at most {limit:,} bytes",
            f"Split the file, or raise Limits.{name}.",
        )


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def check_kind(head: bytes, where: str, suffix: str, expected: bytes = b"") -> None:
    """Raise ``ReadError`` where the first bytes are another kind of file than the suffix says.

    ``expected`` is the signature that the format itself has, if it has one.
    """
    if expected and head.startswith(expected):
        return
    kind = next((kind for mark, kind in _SIGNATURES.items() if head.startswith(mark)), None)
    if kind is None and expected:
        kind = f"no {_SIGNATURES[expected].partition(' ')[2]}"
    if kind is not None:
        raise ReadError(
            where,
            f"the content is {kind}",
            f"what the suffix {suffix} says",
            "Give the file the suffix of its content.",
        )


def lines(readline: Callable[[int], _Line], limit: int) -> Iterator[_Line | None]:
    """Yield the lines with their ends; ``None`` for one longer than ``limit``.

    No more than one line of that length is in memory: the rest of a longer one is skipped.
    """
    while line := readline(limit + 1):
        if len(line) <= limit or _ends(line):
            yield line
            continue
        while (rest := readline(_STEP)) and not _ends(rest):
            continue
        yield None


def line_too_long(where: str, limit: int) -> ReadError:
    """Return the error for a line beyond the limit."""
    return ReadError(
        where,
        f"the line is longer than {limit:,} bytes",
        "one document a line",
        "Split the document, or raise Limits.max_line_bytes.",
    )


def _ends(line: str | bytes) -> bool:
    return line.endswith("\n") if isinstance(line, str) else line.endswith(b"\n")


def _unreadable(path: Path, cause: OSError) -> ReadError:
    if path.is_dir():
        return ReadError(
            path.name, "it is a directory", "a file", "Give the files in it, one by one."
        )
    what = "no such file" if isinstance(cause, FileNotFoundError) else str(cause.strerror or cause)
    return ReadError(path.name, what, "a readable file", "Check the path and its permissions.")
