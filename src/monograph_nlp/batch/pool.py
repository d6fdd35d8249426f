"""Several workers side by side → answers in the order of the questions, with few of them in memory."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from monograph_nlp.batch.messages import Answer, Request, Settings
from monograph_nlp.batch.process import WorkerProcess

_AHEAD = 16  # questions a worker that may wait while an earlier one is slow
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
        waiting: deque[tuple[_Item, Future[Answer] | None]] = deque()
        asked = 0
        for item in items:
            request = request_of(item)
            future = None if request is None else self._threads.submit(self._ask, request)
            asked += future is not None
            waiting.append((item, future))
            while waiting and (
                asked > self._workers * _AHEAD or len(waiting) > _WAITING or _is_done(waiting[0][1])
            ):
                asked -= waiting[0][1] is not None
                yield _resolved(waiting.popleft())
        yield from (_resolved(one) for one in waiting)

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


def _is_done(future: Future[Answer] | None) -> bool:
    return future is None or future.done()


def _resolved(pair: tuple[_Item, Future[Answer] | None]) -> tuple[_Item, Answer | None]:
    item, future = pair
    return item, None if future is None else future.result()
