"""One worker as a process of its own, seen from the batch: started, asked, stopped when it takes too long."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from types import TracebackType
from typing import IO

import msgspec

from monograph_nlp.batch.messages import (
    Answer,
    Failure,
    Ready,
    Refused,
    Reply,
    Request,
    Settings,
    receive,
    send,
)
from monograph_nlp.errors import ConfigError, WorkerError
from monograph_nlp.types import Provenance

# -P: without it Python would import whatever lies beside the documents before what is installed.
_PROGRAM = (sys.executable, "-P", "-m", "monograph_nlp.batch.work")
_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_STARTS = 3  # times that a worker is started until it says a word
_PATIENCE = 5.0  # seconds for a worker that has nothing to do to end by itself
_TAIL = 400  # bytes of what a worker that cannot start has said last
_replies = msgspec.msgpack.Decoder(Reply)


class WorkerProcess:
    """A process that answers requests, one at a time; a context manager that leaves none behind.

    Args:
        settings: what the worker is started with.
        seconds: that one request may take.

    Raises:
        ConfigError: the settings name what does not exist.
        WorkerError: the worker cannot start.
    """

    def __init__(self, settings: Settings, seconds: float) -> None:
        self._settings = msgspec.structs.replace(settings, seconds=seconds)
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._lock = threading.Lock()
        self._is_closed = False
        self.provenance = self._start()

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, request: Request) -> Answer:
        """Return the answer to a request.

        A worker that dies is replaced and asked once more: what killed it may not have been the document.
        One that takes too long is killed; the document has failed.
        """
        for _ in range(2):
            if self._process is None:
                self._start()
            answer, is_late = self._asked(request)
            if answer is not None:
                if answer.memory > self._settings.max_memory:
                    self._stop()
                return answer
            if is_late or self._is_closed:
                break
        return Answer(failures=(self._failure(request, is_late),), is_final=False)

    def close(self) -> None:
        """Stop the process; one that is at work is killed."""
        self._is_closed = True
        self._stop()

    def _start(self) -> Provenance:
        """Start the process; one that is killed before it has said a word is started anew."""
        for _ in range(_STARTS):
            self._launch()
            reply = self._reply(self._settings)
            if isinstance(reply, Ready):
                return reply.provenance
            last = self._last_words()
            self._stop()
            if isinstance(reply, Refused):
                last = reply.message
                if reply.is_usage:
                    raise ConfigError(last)
                break
        raise WorkerError(
            f"a worker could not start: {last or 'it ended without a word'}; expected it to load the pipeline. "
            "Run `monograph-nlp doctor`."
        )

    def _launch(self) -> None:
        with self._lock:
            if self._is_closed:
                raise WorkerError("the batch is over; no worker is started")
            self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed by _stop
            self._process = subprocess.Popen(
                _PROGRAM,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=os.environ | _ONE_CORE,
            )

    def _asked(self, request: Request) -> tuple[Answer | None, bool]:
        """Return the answer, or none and whether the time was up."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            reply = self._reply(request)
        finally:
            timer.cancel()
        if isinstance(reply, Answer):
            return reply, False
        self._stop()
        return None, late.is_set()

    def _reply(self, message: Settings | Request) -> Reply | None:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        try:
            send(process.stdin, message)
            body = receive(process.stdout)
        except (OSError, ValueError):  # the pipe is broken, or closed from another thread
            return None
        return None if body is None else _replies.decode(body)

    def _failure(self, request: Request, is_late: bool) -> Failure:
        document = request.monograph.id if request.monograph else request.name
        if is_late:
            message = (
                f"{request.name}: no answer within {self._seconds:g} seconds; expected one. "
                "Raise --timeout, or split the document."
            )
            return Failure(document, "limit", "TimeoutError", message)
        message = (
            f"{request.name}: two workers died over it; expected an answer. "
            "There may be too little memory: use fewer --workers, or a lower --max-characters."
        )
        return Failure(document, "worker", "WorkerError", message)

    def _last_words(self) -> str:
        if self._said is None:
            return ""
        size = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, size - _TAIL))
        return self._said.read().decode("utf-8", "replace").strip()

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _stop(self) -> None:
        """Take leave of the process: it ends as its input does, or is killed."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(_PATIENCE)
        for stream in (process.stdin, process.stdout, self._said):
            if stream is not None:
                _close(stream)


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # the last frame could not be flushed: nobody reads it any more
        return
