"""A run of a batch from its inputs to its files: what is new is worked on, and all of it is merged."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from monograph_nlp.batch.done import Done, Head
from monograph_nlp.batch.lock import locked
from monograph_nlp.batch.merge import RECORDS, Counts, merge
from monograph_nlp.batch.messages import Answer, Failure, Request, Settings
from monograph_nlp.batch.order import InputRow, Order
from monograph_nlp.batch.pieces import Input, Piece, inputs_of, pieces_of
from monograph_nlp.batch.pool import Pool
from monograph_nlp.errors import BatchError
from monograph_nlp.types import Provenance
from monograph_nlp.write.replace import naming

_WORK = ".work"  # the folder of what a batch keeps for its next run
# Settings: a configuration has a hash, and an answer that took too long is no final one.
_CHANGES_NOTHING = ("config", "scratch", "max_memory", "seconds")
_LIBRARIES = ("spacy", "scispacy", "onnxruntime", "lxml", "selectolax", "ftfy", "pysbd", "pyarrow")
_EXTRA = ("pypdfium2", "python-docx")  # libraries of formats that not everybody reads


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work that is done, and how far the run is with it."""

    done: int  # bytes of the inputs that lie behind
    total: int  # bytes of all inputs
    is_new: bool  # worked on now, and not by an earlier run
    documents: int  # records that it gave
    failures: tuple[Failure, ...]
    words: int  # that were read now, by white space
    facts: int  # that were found now


def workers_here() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    paths: Iterable[Path],
    out: Path,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    seconds: float = 300.0,
    strict: bool = False,
    on_step: Callable[[Step], None] | None = None,
) -> Counts:
    """Read the documents of files and archives into a folder; return what the folder then holds.

    Args:
        paths: files; their order is that of the records.
        out: the folder, made if need be: ``records.jsonl``, ``failures.jsonl``, ``manifest.json``.
        settings: how the documents are read.
        workers: processes at work at a time; one a core where not given.
        seconds: that one document may take.
        strict: stop at the first failure.
        on_step: is told of each piece of work, in order.

    Raises:
        BatchError: another batch is at work in the folder, or ``strict`` and a document failed.
        ConfigError: the settings name what does not exist.
        WorkerError: no worker can be started.
        OSError: the folder cannot be written; what was done before is kept.
    """
    work = out / _WORK
    work.mkdir(parents=True, exist_ok=True)
    with naming(out), locked(work / "lock"):
        scratch = work / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        given = msgspec.structs.replace(settings or Settings(), scratch=str(scratch.absolute()))
        try:
            with (
                Pool(given, seconds, workers or workers_here()) as pool,
                Order(work / "order") as order,
            ):
                batch = _Batch(inputs_of(paths), given, pool, order, Done(work, out / RECORDS))
                batch.work(strict, on_step)
                return merge(out, work, batch.done, order, batch.made_by)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


class _Batch:
    """The inputs of a run, and who works on them."""

    def __init__(
        self, inputs: list[Input], settings: Settings, pool: Pool, order: Order, done: Done
    ) -> None:
        self._inputs, self._settings = inputs, settings
        self._pool, self._order, self.done = pool, order, done
        self.made_by = _made_by(pool.provenance, settings)
        content = msgspec.json.encode(self.made_by, order="sorted")
        self._prefix = hashlib.sha256(content).hexdigest()
        self._total = sum(one.size for one in inputs)

    def work(self, strict: bool, on_step: Callable[[Step], None] | None) -> None:
        """Do what is not done; whatever stops it, the answers so far are kept."""
        try:
            for (key, piece), answer in self._pool.answers(self._pieces(), self._request_of):
                if answer is None and key not in self.done:  # it failed before any work
                    answer = Answer(failures=(piece.failure,) if piece.failure else ())
                if answer is not None:
                    self._keep(key, answer)
                if on_step is not None:
                    on_step(self._step(piece, answer))
                if strict:
                    _stop_at(self.done.read(key)[0].failures if answer is None else answer.failures)
        finally:
            self.done.flush()

    def _pieces(self) -> Iterator[tuple[str, Piece]]:
        """Yield the pieces with their keys, and note their order."""
        before = 0
        for one in self._inputs:
            self._order.add(InputRow(one.name, one.size, one.sha256))
            for piece in pieces_of(one, self._settings, before):
                key = hashlib.sha256(f"{self._prefix} {piece.digest}".encode()).hexdigest()
                self._order.add(key)
                # What is done needs no content: it would lie in memory until its turn comes.
                yield key, replace(piece, request=None) if key in self.done else piece
            before += one.size

    def _request_of(self, keyed: tuple[str, Piece]) -> Request | None:
        return keyed[1].request

    def _keep(self, key: str, answer: Answer) -> None:
        head = Head(key, answer.ids, answer.failures, is_final=answer.is_final)
        self.done.add(head, answer.records)

    def _step(self, piece: Piece, answer: Answer | None) -> Step:
        held = answer or Answer()
        return Step(
            piece.size,
            self._total,
            answer is not None,
            len(held.ids),
            held.failures,
            held.words,
            held.facts,
        )


def _stop_at(failures: tuple[Failure, ...]) -> None:
    if failures:
        raise BatchError(
            f"{failures[0].message} The batch stops at the first failure, as --strict says; "
            "what was done is kept."
        )


def _made_by(provenance: Provenance, settings: Settings) -> dict[str, object]:
    """Return what the answers depend on beside their inputs, as the manifest tells it."""
    chosen = msgspec.structs.asdict(settings)
    return {
        "made_by": msgspec.to_builtins(provenance),
        "settings": {name: chosen[name] for name in chosen if name not in _CHANGES_NOTHING},
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
            **{name: _version(name) for name in _EXTRA},
        },
    }


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
