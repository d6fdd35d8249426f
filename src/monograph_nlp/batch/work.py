"""The work of a batch: one piece of input → record lines and failures. The only function that a worker runs.

    python -m monograph_nlp.batch.work

A worker of its own process: settings come as the first frame on standard input, requests follow, and each
is answered on standard output. It ends when its input does, even in the middle of a document.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

import msgspec

from monograph_nlp.batch.messages import (
    Answer,
    Failure,
    Ready,
    Refused,
    Request,
    Settings,
    receive,
    send,
)
from monograph_nlp.errors import ConfigError, MonographError, ReadError, RecordError, StageError
from monograph_nlp.types import Monograph, Record

if TYPE_CHECKING:
    from spacy.language import Language


class Worker:
    """Reads pieces with one pipeline that is loaded once."""

    def __init__(self, settings: Settings) -> None:
        from monograph_nlp.pipeline import load, provenance

        self._settings = settings
        self._nlp: Language = load(settings.config, profile=settings.profile)
        self.provenance = provenance(self._nlp)

    def answer(self, request: Request) -> Answer:
        """Return what a piece of work gives; whatever is wrong with it becomes a failure."""
        lines, ids, failures, words, facts = [], [], [], 0, 0
        for item in self._items(request):
            words += len(item.text.split()) if isinstance(item, Monograph) else 0
            made = self._record(item) if isinstance(item, Monograph) else item
            if isinstance(made, Failure):
                failures.append(made)
            else:
                record, line = made
                lines.append(line)
                ids.append(record.id)
                facts += len(record.facts)
        return Answer(tuple(lines), tuple(ids), tuple(failures), words, facts, resident_bytes())

    def _items(self, request: Request) -> Iterator[Monograph | Failure]:
        if request.monograph is not None:
            yield request.monograph
        elif request.content is not None:
            with TemporaryDirectory(dir=self._settings.scratch) as folder:
                path = Path(folder, "document")
                path.write_bytes(request.content)
                yield from self._read(path, request)
        elif request.path is not None:
            yield from self._read(Path(os.fsdecode(request.path)), request)

    def _read(self, path: Path, request: Request) -> Iterator[Monograph | Failure]:
        from monograph_nlp.read import read

        errors: list[ReadError] = []
        documents = read(
            path,
            on_error=errors.append,
            text_column=self._settings.text_column,
            id_column=self._settings.id_column,
            name=request.name,
            id=request.id,
        )
        try:
            yield from documents
        except Exception as cause:  # of a library behind a reader, too: it is this piece's alone
            yield failure_of(cause, request.name, "read")
        for error in errors:
            yield failure_of(error, request.name, "read")

    def _record(self, monograph: Monograph) -> tuple[Record, bytes] | Failure:
        from monograph_nlp.pipeline import run
        from monograph_nlp.write.checked import checked

        if len(monograph.text) > self._settings.max_characters:
            return _too_long(monograph, self._settings.max_characters)
        try:
            # Strings that only this document has are forgotten with it: memory stays flat.
            with self._nlp.memory_zone():
                records = run(self._nlp, [monograph], with_text=self._settings.with_text)
                return next(checked(records))
        except Exception as cause:  # whatever it is, it is this document's alone
            return failure_of(cause, monograph.id, "read")


def failure_of(error: BaseException, document: str, stage: str) -> Failure:
    """Return the row for an error; ``stage`` is told where the error does not know its own."""
    if isinstance(error, StageError):
        stage, kind = error.stage, type(error.__cause__ or error).__name__
        return Failure(document, stage, kind, str(error))
    stage = "validate" if isinstance(error, RecordError) else stage
    return Failure(document, stage, type(error).__name__, str(error))


def resident_bytes() -> int:
    """Return the memory that this process holds now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _too_long(monograph: Monograph, limit: int) -> Failure:
    return Failure(
        monograph.id,
        "limit",
        "TooLongError",
        f"{monograph.source}: {len(monograph.text):,} characters; expected at most {limit:,}. "
        "Split the document, or raise --max-characters.",
    )


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the batch decides when its workers stop
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints does not reach the frames
    first = receive(sys.stdin.buffer)
    if first is None:
        return
    settings = msgspec.msgpack.decode(first, type=Settings)
    try:
        worker = Worker(settings)
    except (MonographError, OSError) as error:
        send(output, Refused(str(error), isinstance(error, ConfigError)))
        return
    send(output, Ready(worker.provenance))
    requests = _incoming(sys.stdin.buffer)
    while True:
        send(output, worker.answer(requests.get()))


def _incoming(stream: IO[bytes]) -> queue.SimpleQueue[Request]:
    """Read requests beside the work: when the batch is gone, so is the worker, whatever it is doing."""
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()

    def read() -> None:
        while (body := receive(stream)) is not None:
            requests.put(msgspec.msgpack.decode(body, type=Request))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return requests


if __name__ == "__main__":
    main()
