from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monograph_nlp.batch import FAILURES, MANIFEST, RECORDS, Counts, Step, process, run

HERE = Path(__file__).parent
Files = dict[str, bytes]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that start at once; see ``stub_worker.py``."""
    monkeypatch.setattr(process, "_PROGRAM", (sys.executable, str(HERE / "stub_worker.py")))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., list[Path]]:
    """Write documents below ``in/``: write(a="text") or write({"x/a.txt": "text"}) → paths."""

    def written(texts: dict[str, str] | None = None, **named: str) -> list[Path]:
        paths = []
        for name, text in ((texts or {}) | {f"{k}.txt": v for k, v in named.items()}).items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            paths.append(path)
        return paths

    return written


class Batch:
    """A batch's folder, and what the last run told."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.steps: list[Step] = []

    def __call__(self, paths: list[Path], **options: object) -> Counts:
        self.steps = []
        options = {"workers": 1, "seconds": 30.0} | options
        return run(paths, self.out, on_step=self.steps.append, **options)  # type: ignore[arg-type]

    @property
    def new(self) -> int:
        """How many pieces the last run worked on."""
        return sum(step.is_new for step in self.steps)

    def files(self) -> Files:
        return {name: (self.out / name).read_bytes() for name in (RECORDS, FAILURES, MANIFEST)}


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    return Batch(tmp_path / "out")


def alive(pids: list[int]) -> list[int]:
    """Return those processes that still run."""
    found = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.append(pid)
    return found


def children(pid: int | str = "self") -> list[int]:
    """Return the processes that a process has started and that are still there."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def eventually(holds: Callable[[], object], seconds: float = 10.0) -> bool:
    """Wait until something holds."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.02)
    return bool(holds())


@pytest.fixture
def none_left() -> Iterator[None]:
    """No process that the test has started outlives it."""
    before = children()
    yield
    assert eventually(lambda: not alive([pid for pid in children() if pid not in before]))
