"""Answers in the order of the inputs → ``records.jsonl``, ``failures.jsonl`` and ``manifest.json``.

Nothing in these files tells when, where or by how many workers they were made, nor how often the batch was
interrupted: the same inputs and settings give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from monograph_nlp.batch.done import Done, Head
from monograph_nlp.batch.messages import Failure
from monograph_nlp.batch.order import InputRow, Order

RECORDS, FAILURES, MANIFEST = "records.jsonl", "failures.jsonl", "manifest.json"
_STEP = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch's files hold."""

    inputs: int = 0
    records: int = 0
    failures: int = 0


class InputCounts(msgspec.Struct):
    """An input in the manifest: its name, size and hash, and what came of it."""

    name: str
    bytes: int
    sha256: str
    records: int = 0
    failures: int = 0


def merge(out: Path, work: Path, done: Done, order: Order, made_by: Mapping[str, object]) -> Counts:
    """Write the three files of a batch, each under a temporary name first; return what they hold.

    Args:
        out: the batch's folder.
        work: the folder for temporary files.
        done: every answer of the batch.
        order: its inputs, and the keys of their answers.
        made_by: what the manifest says beforehand: versions and settings.
    """
    paths = {name: work / f"merge-{name}" for name in ("records", "failures", "heads", "inputs")}
    with ExitStack() as stack:
        files = {name: stack.enter_context(path.open("wb")) for name, path in paths.items()}
        merged = _Merge(done.keep, **files)
        for counted in _inputs(merged, done, order.read()):
            files["inputs"].write(msgspec.json.encode(counted) + b"\n")
        for stream in files.values():
            stream.flush()
            os.fsync(stream.fileno())
    manifest = work / "merge-manifest"
    counts = _manifest(manifest, dict(made_by), merged.sha256, paths["inputs"])
    done.take_over(paths["heads"], merged.sha256, merged.size, paths["records"])
    os.replace(paths["failures"], out / FAILURES)
    os.replace(manifest, out / MANIFEST)
    paths["inputs"].unlink()
    return counts


def _inputs(merged: _Merge, done: Done, rows: Iterable[InputRow | str]) -> Iterator[InputCounts]:
    """Merge the answers, and yield each input when its last answer is written."""
    current: InputCounts | None = None
    for row in rows:
        if isinstance(row, str):
            records, failures = merged.add(*done.read(row))
            if current is not None:
                current.records += records
                current.failures += failures
            continue
        if current is not None:
            yield current
        current = InputCounts(row.name, row.bytes, row.sha256)
    if current is not None:
        yield current


class _Merge:
    """The files that a merge writes, and the records that stand in them already."""

    def __init__(
        self,
        keep: Callable[[Head, tuple[bytes, ...]], None],
        records: IO[bytes],
        failures: IO[bytes],
        heads: IO[bytes],
        inputs: IO[bytes],
    ) -> None:
        self._keep = keep
        self._records, self._failures, self._heads = records, failures, heads
        self._digest = hashlib.sha256()
        self._seen: set[str] = set()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Return the hash of the records so far."""
        return self._digest.hexdigest()

    def add(self, head: Head, parts: Iterator[bytes]) -> tuple[int, int]:
        """Write one answer; return how many records and failures it gives."""
        if not self._seen.isdisjoint(head.ids) or len(set(head.ids)) < len(head.ids):
            return self._add_some(head, tuple(b"".join(parts).splitlines()))
        self._seen.update(head.ids)
        placed = msgspec.structs.replace(head, begins=self.size)
        self._heads.write(msgspec.json.encode(placed) + b"\n")
        for part in parts:
            self._write(part)
        self._fail(head.failures)
        return len(head.ids), len(head.failures)

    def _add_some(self, head: Head, lines: tuple[bytes, ...]) -> tuple[int, int]:
        """Write the records of an answer that are not there yet; the others are told as failures.

        The whole answer is kept beside: should the first of two be taken away, its record takes that place.
        """
        self._keep(head, lines)
        twice = []
        for id, line in zip(head.ids, lines, strict=True):
            if id in self._seen:
                twice.append(_twice(line))
            else:
                self._seen.add(id)
                self._write(line + b"\n")
        self._fail((*head.failures, *twice))
        return len(head.ids) - len(twice), len(head.failures) + len(twice)

    def _write(self, part: bytes) -> None:
        self._records.write(part)
        self._digest.update(part)
        self.size += len(part)

    def _fail(self, failures: Iterable[Failure]) -> None:
        for failure in failures:
            self._failures.write(msgspec.json.encode(failure) + b"\n")


class _Named(msgspec.Struct):
    id: str
    source: str


class _Documented(msgspec.Struct):
    document: _Named


def _twice(line: bytes) -> Failure:
    """Return the row of a document that the batch holds already: the same id, and the same content."""
    document = msgspec.json.decode(line, type=_Documented).document
    return Failure(
        document.id,
        "identity",
        "SameDocumentError",
        f"{document.source}: an earlier input has the same id {document.id!r} and the same content; "
        "expected each document once. Leave one of them out.",
    )


def _manifest(path: Path, made_by: dict[str, object], sha256: str, inputs: Path) -> Counts:
    """Write the manifest around the inputs, one a line, so that they are never in memory together."""
    counts = _counted(inputs)
    head = made_by | {
        "counts": {
            "inputs": counts.inputs,
            "records": counts.records,
            "failures": counts.failures,
        },
        "records_sha256": sha256,
    }
    opening = msgspec.json.format(msgspec.json.encode(head), indent=1).removesuffix(b"\n}")
    with path.open("wb") as stream, inputs.open("rb") as lines:
        stream.write(opening + b',\n "inputs": [')
        for number, line in enumerate(lines):
            stream.write((b",\n  " if number else b"\n  ") + line.rstrip(b"\n"))
        stream.write(b"\n ]\n}\n")
        stream.flush()
        os.fsync(stream.fileno())
    return counts


def _counted(inputs: Path) -> Counts:
    total = [0, 0, 0]
    with inputs.open("rb") as lines:
        for line in lines:
            one = msgspec.json.decode(line, type=InputCounts)
            total = [total[0] + 1, total[1] + one.records, total[2] + one.failures]
    return Counts(*total)
