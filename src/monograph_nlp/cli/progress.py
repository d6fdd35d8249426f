"""A bar on standard error: only on a terminal, and only when the work takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rich.progress

_PATIENCE = 2.0  # seconds before the bar appears


class Progress:
    """Counts files and documents; a context manager, so that the bar is always taken away."""

    def __init__(self, total: int, *, enabled: bool) -> None:
        self._total = total
        self._done = 0
        self._documents = 0
        self._due = time.monotonic() + _PATIENCE if enabled and sys.stderr.isatty() else None
        self._bar: rich.progress.Progress | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def over(self, paths: Iterable[Path]) -> Iterator[Path]:
        """Yield the paths, and count each when the next is asked for."""
        for path in paths:
            yield path
            self._done += 1
            self._show()

    def document(self) -> None:
        """Count one document that is done."""
        self._documents += 1
        self._show()

    def _show(self) -> None:
        if self._due is None or time.monotonic() < self._due:
            return
        if self._bar is None:
            self._bar = _start(self._total)
        self._bar.update(
            self._bar.task_ids[0],
            completed=self._done,
            description=f"{self._documents} documents",
        )


def _start(total: int) -> rich.progress.Progress:
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    bar.add_task("documents", total=total)
    bar.start()
    return bar
