"""Several workers side by side → answers in the order of the questions, with few of them in memory."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, NamedTuple, TypeVar

from monograph_nlp.batch.messages import Answer, Request, Settings
from monograph_nlp.batch.process import WorkerProcess

_AHEAD = 16  # questions a worker that may wait while an earlier one is slow
_AHEAD_BYTES = 16 << 20  # what these questions hold, a worker
_WAITING = 4096  # items of any kind that may wait
_Item = TypeVar("_Item")


class Pool:
    """Workers that are started when there is work; a context manager that leaves none behind.

    Args:
        settings, seconds: as for ``WorkerProcess``.
        workers: processes at work at a time.
    """

    def __init__(self, settings: Settings, seconds: float, workers: int) -> None:
        first = WorkerProcess(settings, seconds)  # raises here where none can start
        self.provenance = first.provenance
        self._settings, self._seconds = settings, seconds
        self._workers = workers
        self._idle: queue.SimpleQueue[WorkerProcess] = queue.SimpleQueue()
        self._idle.put(first)
        self._all = [first]
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(workers)
        self._is_closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._is_closed = True
            running = list(self._all)
        for worker in running:
            worker.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def answers(
        self, items: Iterable[_Item], request_of: Callable[[_Item], Request | None]
    ) -> Iterator[tuple[_Item, Answer | None]]:
        """Yield each item with its answer, in order; an item without a request has none."""
        waiting: deque[_Waiting[_Item]] = deque()
        asked = held = 0
        for item in items:
            request = request_of(item)
            future = None if request is None else self._threads.submit(self._ask, request)
            waiting.append(_Waiting(item, future, _bytes(request)))
            asked, held = asked + (future is not None), held + waiting[-1].held
            while waiting and (waiting[0].is_done or self._is_full(asked, held, len(waiting))):
                first = waiting.popleft()
                asked, held = asked - (first.future is not None), held - first.held
                yield first.resolved()
        yield from (one.resolved() for one in waiting)

    def _is_full(self, asked: int, held: int, waiting: int) -> bool:
        is_many = asked > self._workers * _AHEAD or waiting > _WAITING
        return is_many or held > self._workers * _AHEAD_BYTES

    def _ask(self, request: Request) -> Answer:
        worker = self._taken()
        try:
            return worker.ask(request)
        finally:
            self._idle.put(worker)

    def _taken(self) -> WorkerProcess:
        """Return a worker that is idle, or a new one: there are no more threads than workers."""
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            worker = WorkerProcess(self._settings, self._seconds)
            with self._lock:
                self._all.append(worker)
                if self._is_closed:
                    worker.close()
            return worker


class _Waiting(NamedTuple, Generic[_Item]):
    """An item whose turn has not come."""

    item: _Item
    future: Future[Answer] | None
    held: int  # bytes

    @property
    def is_done(self) -> bool:
        return self.future is None or self.future.done()

    def resolved(self) -> tuple[_Item, Answer | None]:
        return self.item, None if self.future is None else self.future.result()


def _bytes(request: Request | None) -> int:
    """Return what a request holds in memory, roughly."""
    if request is None:
        return 0
    return len(request.content or b"") + (len(request.monograph.text) if request.monograph else 0)
