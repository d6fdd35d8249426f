"""What a batch has done already: answers by key, in files that appear whole or not at all.

While a batch runs, answers go into parts (``work/part-000001``); a part that is full gets its name at
once, so that a kill loses a few seconds of work and no more. When all is done, the merged ``records.jsonl``
holds the lines, ``work/done`` says where each answer stands in it, and the parts go, but for answers with a
record that the merge left out. ``work/done`` counts
only with the very file it was written for (size and SHA-256), so that no kill in between can mix two runs.
What is damaged, or was changed by another hand, counts for nothing, and is asked for again.

Each answer is a head, a line of JSON, and behind it (in a part) the record lines themselves.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from monograph_nlp.batch.messages import Failure
from monograph_nlp.batch.sealed import Sealing, is_whole

_PART_ANSWERS = 64
_PART_SECONDS = 5.0
_STEP = 1 << 20  # bytes
_OPEN = ".open"  # suffix of a part that is still written
_DONE, _NEW = "done", "done.new"


class Head(msgspec.Struct, frozen=True, tag=True):
    """An answer without its record lines."""

    key: str
    ids: tuple[str, ...] = ()  # of the records
    failures: tuple[Failure, ...] = ()
    length: int = 0  # bytes of the record lines, newlines included
    begins: int | None = (
        None  # offset of the first one in the merged file; in a part it follows the head
    )
    is_final: bool = True  # an answer that is not is asked for again by the next run


class _Of(msgspec.Struct, frozen=True, tag=True):
    """The file that ``work/done`` speaks of."""

    size: int
    sha256: str


class Place(NamedTuple):
    """Where an answer stands."""

    file: int  # index into the files that were found
    offset: int  # of its head
    records: int  # offset of its first record line


_heads = msgspec.json.Decoder(Head)


class Done:
    """Answers by key; ``work`` is the folder of the parts, ``merged`` the file of the last merge."""

    def __init__(self, work: Path, merged: Path) -> None:
        self._work, self._merged = work, merged
        self._files: list[tuple[Path, Path]] = []  # file of the heads, file of the records
        self._places: dict[bytes, Place] = {}
        self._open: Sealing | None = None
        self._path = work
        self._held = 0
        self._due = 0.0
        self._kept: set[int] = set()  # numbers of the parts that outlive the next merge
        self._find()
        self._last = max((int(path.name[5:]) for path in self._parts()), default=0)

    def __contains__(self, key: str) -> bool:
        return bytes.fromhex(key) in self._places

    def add(self, head: Head, records: tuple[bytes, ...]) -> None:
        """Keep an answer; it is safe once its part is full, or ``flush`` is called."""
        body = b"".join(line + b"\n" for line in records)
        head = msgspec.structs.replace(head, length=len(body), begins=None)
        stream = self._open or self._begin()
        line = msgspec.json.encode(head) + b"\n"
        place = Place(len(self._files) - 1, stream.size, stream.size + len(line))
        stream.write(line + body)
        self._places[bytes.fromhex(head.key)] = place
        self._held += 1
        if self._held >= _PART_ANSWERS or time.monotonic() >= self._due:
            self.flush()

    def keep(self, head: Head, records: tuple[bytes, ...]) -> None:
        """Keep an answer whose records the merge that is under way leaves out, beyond that merge."""
        number = self._last + (self._open is None)
        self.add(head, records)
        self._kept.add(number)

    def flush(self) -> None:
        """Give the open part its name; from then on it outlives the process."""
        if self._open is None:
            return
        self._open.seal()
        self._open = None
        named = self._path.with_name(self._path.name.removesuffix(_OPEN))
        os.replace(self._path, named)
        self._files[-1] = (named, named)

    def read(self, key: str) -> tuple[Head, Iterator[bytes]]:
        """Return an answer: its head, and its record lines, joined, in pieces of bytes."""
        place = self._places[bytes.fromhex(key)]
        heads, records = self._files[place.file]
        if self._open is not None and heads == self._path:
            self._open.flush()
        with heads.open("rb") as stream:
            stream.seek(place.offset)
            head = _heads.decode(stream.readline())
        return head, _bytes(records, place.records, head.length)

    def take_over(self, heads: Path, sha256: str, size: int, records: Path) -> None:
        """Take a merge over: ``heads`` and ``records`` get their names, and what was before goes.

        What ``keep`` was given stays.

        Args:
            heads: file of a head for each answer, in the order of the records; without a first line.
            sha256: of ``records``.
            size: of ``records``, in bytes.
            records: file of the record lines.
        """
        self.flush()
        fresh = self._work / _NEW
        sealing = Sealing(fresh)
        sealing.write(msgspec.json.encode(_Of(size, sha256)) + b"\n")
        with heads.open("rb") as lines:
            while step := lines.read(_STEP):
                sealing.write(step)
        sealing.seal()
        os.replace(records, self._merged)
        os.replace(fresh, self._work / _DONE)
        heads.unlink()
        for part in self._parts():
            if int(part.name[5:]) not in self._kept:
                part.unlink()

    def _begin(self) -> Sealing:
        self._last += 1
        self._path = self._work / f"part-{self._last:06d}{_OPEN}"
        self._open = Sealing(self._path)
        self._files.append((self._path, self._path))
        self._held, self._due = 0, time.monotonic() + _PART_SECONDS
        return self._open

    def _parts(self) -> list[Path]:
        found = self._work.glob("part-*")
        return sorted(path for path in found if path.name[5:].isdecimal() and path.is_file())

    def _find(self) -> None:
        """Read what earlier runs have left: the last merge, and the parts that came after it."""
        for path in self._work.glob(f"part-*{_OPEN}"):
            path.unlink()
        done, fresh = self._work / _DONE, self._work / _NEW
        if self._is_of_merged(fresh):  # a kill came between two names
            os.replace(fresh, done)
        if self._is_of_merged(done):
            self._files.append((done, self._merged))
            self._take(done)
        for path in self._parts():
            if is_whole(path):
                self._files.append((path, path))
                self._take(path)

    def _is_of_merged(self, path: Path) -> bool:
        if not path.is_file() or not is_whole(path):
            return False
        with path.open("rb") as stream:
            try:
                of = msgspec.json.decode(stream.readline(), type=_Of)
            except msgspec.MsgspecError:
                return False
        if not self._merged.is_file() or self._merged.stat().st_size != of.size:
            return False
        with self._merged.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == of.sha256

    def _take(self, path: Path) -> None:
        """Note where the answers of a file stand."""
        file = len(self._files) - 1
        with path.open("rb") as stream:
            while True:
                offset = stream.tell()
                line = stream.readline()
                try:
                    head = msgspec.json.decode(line, type=Head | _Of)
                except msgspec.MsgspecError:  # the seal; or what another version has written
                    return
                if isinstance(head, _Of):
                    continue
                if head.is_final:
                    begins = stream.tell() if head.begins is None else head.begins
                    self._places[bytes.fromhex(head.key)] = Place(file, offset, begins)
                if head.begins is None:
                    stream.seek(head.length, os.SEEK_CUR)


def _bytes(path: Path, offset: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(offset)
        while length:
            part = stream.read(min(length, _STEP))
            if not part:
                raise OSError(f"{path.name} is shorter than it was; run the batch again")
            length -= len(part)
            yield part
