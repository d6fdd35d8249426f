"""Archives → the documents in them, one at a time; nothing is unpacked by the name that an archive gives.

A member is read into memory, never onto a path of the archive's choosing, and no more of it than the
limits allow. Archives inside archives, links and devices are no documents.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, cast

from monograph_nlp.errors import ReadError
from monograph_nlp.read.source import Limits

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
"""The suffixes of archives, in lower case."""

_STEP = 1 << 20  # bytes
_RATIO_FROM = 8 << 20  # bytes; below this size the ratio says nothing
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError)
# RuntimeError: a method that zipfile lacks, or a password; the others: numbers that contradict each other.
_STRANGE = (RuntimeError, ValueError, OverflowError, LookupError, struct.error)


class Member(NamedTuple):
    """A document of an archive: its name there, made harmless, and its bytes."""

    name: str
    content: bytes


def is_archive(path: Path) -> bool:
    """Say whether a file's name ends like an archive's."""
    return path.name.lower().endswith(ARCHIVES)


def members(
    path: Path, wanted: Callable[[str], bool], limits: Limits
) -> Iterator[Member | ReadError]:
    """Yield the files of an archive whose names are ``wanted``, in its order, and errors in their place.

    Args:
        path: a file with one of ``ARCHIVES``.
        wanted: is asked with the last part of each member's name.
        limits: ``max_bytes`` holds for each member as it is unpacked, ``max_ratio`` where it is large.

    Yields:
        A member, or the error of one that is too large or damaged; after an error of the archive
        itself nothing follows.
    """
    open_all = _zipped if path.name.lower().endswith(".zip") else _tarred
    try:
        for name, size, open_one in open_all(path, limits):
            if not wanted(PurePosixPath(harmless(name)).name):
                continue
            yield _member(path, harmless(name), size, open_one, limits)
    except (*_BROKEN, *_STRANGE) as cause:
        yield ReadError(
            path.name,
            f"the archive is damaged ({cause})",
            "a whole archive",
            "Copy or download the file again.",
        )


def harmless(name: str) -> str:
    """Return a member's name as a relative path that leads nowhere else: no root, drive, ``..`` or control.

    >>> harmless("../../etc/passwd"), harmless("C:\\\\labels\\\\a.xml"), harmless("/a/./b.txt")
    ('etc/passwd', 'labels/a.xml', 'a/b.txt')
    """
    printable = "".join(letter if letter.isprintable() else "_" for letter in name)
    parts = printable.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    return "/".join(kept) or "_"


def _member(
    path: Path, name: str, packed: int, open_one: Callable[[], IO[bytes]], limits: Limits
) -> Member | ReadError:
    where = f"{path.name}!{name}"
    try:
        with open_one() as stream:
            content = bytearray()
            while part := stream.read(_STEP):
                content += part
                if len(content) > limits.max_bytes:
                    return _too_large(where, f"at most {limits.max_bytes:,} bytes")
                if len(content) > max(_RATIO_FROM, packed * limits.max_ratio):
                    return _too_large(where, "a document, not a decompression bomb")
        return Member(name, bytes(content))
    except (*_BROKEN, *_STRANGE) as cause:
        return ReadError(
            where,
            f"the member cannot be unpacked ({cause})",
            "a whole member that no password locks",
            "Unpack the archive with another program, and name the files.",
        )


def _zipped(path: Path, limits: Limits) -> Iterator[tuple[str, int, Callable[[], IO[bytes]]]]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, info.compress_size, lambda info=info: archive.open(info)  # type: ignore[misc]


def _tarred(path: Path, limits: Limits) -> Iterator[tuple[str, int, Callable[[], IO[bytes]]]]:
    """Yield the files of a tar; all of it is packed as one, so that the ratio of a member is unknown."""
    most = max(_RATIO_FROM, path.stat().st_size * limits.max_ratio)
    with path.open("rb") as stored:
        stream = cast(IO[bytes], _Careful(_unpacking(stored), limits.max_bytes))
        with tarfile.open(fileobj=stream, mode="r:") as archive:
            while (info := archive.next()) is not None:
                if info.offset_data > most:
                    raise tarfile.ReadError("it unpacks to far more than it holds: a bomb")
                if info.isreg():
                    yield info.name, info.size, lambda info=info: _opened(archive, info)  # type: ignore[misc]
                archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all


class _Careful:
    """A stream of a tar that refuses to read a header as large as memory: a tar may announce one."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._limit = stream, limit
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int) -> bytes:
        if not 0 <= size <= self._limit:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        return self._stream.read(size)


def _unpacking(stored: IO[bytes]) -> IO[bytes]:
    head = stored.read(6)
    stored.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=stored))
    if head.startswith(b"BZh"):
        return cast(IO[bytes], bz2.BZ2File(stored))
    return cast(IO[bytes], lzma.LZMAFile(stored)) if head.startswith(b"\xfd7zXZ") else stored


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:  # a link; ``isreg`` has left these out
        raise tarfile.ReadError(f"{info.name} is no file")
    return stream


def _too_large(where: str, expected: str) -> ReadError:
    return ReadError(
        where, "the member is too large", expected, "Unpack it, and split it, or raise the limits."
    )
