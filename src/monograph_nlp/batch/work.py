"""The work of a batch: one piece of input → record lines and failures. The only function that a worker runs.

    python -m monograph_nlp.batch.work

A worker of its own process: settings come as the first frame on standard input, requests follow, and each
is answered on standard output. It ends when its input does, even in the middle of a document.
"""

from __future__ import annotations

import faulthandler
import os
import queue
import signal
import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from monograph_nlp.batch.failing import Failed, failed
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
from monograph_nlp.batch.opening import documents
from monograph_nlp.errors import ConfigError, MonographError
from monograph_nlp.types import Monograph, Record

if TYPE_CHECKING:
    from spacy.language import Language

_STRINGS = 20_000  # that a worker keeps: some 8 MB
_GRACE = 5.0  # seconds beyond those of a document, in which the batch itself should have ended the worker


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
        is_final = True
        for item in documents(request, self._settings):
            words += len(item.text.split()) if isinstance(item, Monograph) else 0
            made = self._record(item) if isinstance(item, Monograph) else item
            if isinstance(made, Failed):
                failures.append(made.failure)
                is_final = is_final and made.is_final
            else:
                record, line = made
                lines.append(line)
                ids.append(record.id)
                facts += len(record.facts)
        return Answer(
            tuple(lines), tuple(ids), tuple(failures), words, facts, resident_bytes(), is_final
        )

    def _record(self, monograph: Monograph) -> tuple[Record, bytes] | Failed:
        from monograph_nlp.pipeline import run
        from monograph_nlp.write.checked import checked

        if len(monograph.text) > self._settings.max_characters:
            return Failed(_too_long(monograph, self._settings.max_characters))
        try:
            with self._forgetting():
                records = run(self._nlp, [monograph], with_text=self._settings.with_text)
                return next(checked(records))
        except Exception as cause:  # whatever it is, it is this document's alone
            return failed(cause, monograph.id, "validate")

    def _forgetting(self) -> AbstractContextManager[object]:
        """Forget the strings of a document with it, once enough are known: memory stays flat.

        spaCy keeps the tokens of a word only outside of such a block, so that the words of the first
        documents are worth keeping: the later ones are read a fifth faster.
        """
        is_enough = len(self._nlp.vocab.strings) > _STRINGS
        return self._nlp.memory_zone() if is_enough else nullcontext()


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
        request = requests.get()
        # The watch is a thread that needs no lock of Python's: it ends a worker whose batch is gone
        # and who is deep in a library or a pattern, where no other thread gets a turn.
        faulthandler.dump_traceback_later(settings.seconds + _GRACE, exit=True)
        answer = worker.answer(request)
        faulthandler.cancel_dump_traceback_later()
        send(output, answer)


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
