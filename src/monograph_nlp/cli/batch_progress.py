"""How a batch is getting on: a bar on a terminal, a line a minute in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import rich.progress

    from monograph_nlp.batch import Step

_LOG_EVERY = 60.0  # seconds between two lines where standard error is no terminal
_BAR_EVERY = 0.2  # seconds between two looks of the bar


class BatchProgress:
    """Counts documents, words a second, failures and the time left; a context manager."""

    def __init__(self, *, enabled: bool) -> None:
        self._is_bar = enabled and sys.stderr.isatty()
        self._every = _BAR_EVERY if self._is_bar else _LOG_EVERY
        self._enabled = enabled
        self._begun = time.monotonic()
        self._due = self._begun + self._every
        self._documents = self._failures = self._words = self._held = 0
        self._skipped = 0  # bytes of inputs that an earlier run has done
        self._last = 0  # bytes that lay behind at the last step
        self._bar: rich.progress.Progress | None = None

    def __enter__(self) -> BatchProgress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, step: Step) -> None:
        """Count a piece of work."""
        if step.is_new:
            self._documents += step.documents
            self._failures += len(step.failures)
            self._words += step.words
        else:
            self._held += 1
            self._skipped += step.done - self._last
        self._last = step.done
        if self._enabled and time.monotonic() >= self._due:
            self._due = time.monotonic() + self._every
            self._show(step)

    def _show(self, step: Step) -> None:
        line = self.line(step, time.monotonic() - self._begun)
        if not self._is_bar:
            typer.echo(line, err=True)
            return
        if self._bar is None:
            self._bar = _started(step.total)
        self._bar.update(self._bar.task_ids[0], completed=step.done, description=line)

    def line(self, step: Step, seconds: float) -> str:
        """Return what is to be told ``seconds`` after the begin."""
        parts = [f"{self._documents:,} documents"]
        if self._held:
            parts.append(f"{self._held:,} done before")
        parts.append(f"{self._words / max(seconds, 1e-9):,.0f} words/s")
        if self._failures:
            parts.append(f"{self._failures:,} failed")
        worked = step.done - self._skipped
        if worked > 0:
            left = (step.total - step.done) * seconds / worked
            parts.append(f"{_clock(left)} left")
        return ", ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def _started(total: int) -> rich.progress.Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    bar = Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("", total=max(total, 1))
    bar.start()
    return bar
