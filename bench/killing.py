"""Runs of a command that are killed at random moments, and what they came to."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE = 10.0  # seconds in which the processes of a killed run have to end
_MOST = 3  # runs for each kill that is asked for
_TAIL = 1000  # characters of what a run has said


@dataclass
class Result:
    """What the kills came to; documents are counted, and ``differs`` names what is not the same."""

    of: str
    seconds: float = 0.0  # of the clean run
    runs: int = 0  # that were to be killed
    hits: int = 0  # runs that the kill found at work
    documents: int = 0  # of the clean run
    lost: int = 0
    twice: int = 0
    left: int = 0  # processes that outlived their run
    differs: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)  # of the clean run: what → SHA-256

    @property
    def is_right(self) -> bool:
        """Say whether kills were hit, and changed nothing."""
        return bool(self.hits) and not (self.lost or self.twice or self.left or self.differs)

    def count(self, clean: Counter[Hashable], found: Counter[Hashable]) -> None:
        """Note what documents are missing, and which are there more often than in the clean run."""
        self.documents = clean.total()
        self.lost, self.twice = (clean - found).total(), (found - clean).total()

    def compare(self, when: str, sums: dict[str, str]) -> None:
        """Note what has another hash than in the clean run."""
        self.differs += [
            f"{name} ({when})" for name in self.sums if sums.get(name) != self.sums[name]
        ]

    def row(self) -> dict[str, str]:
        """Return the cells of a table."""
        return {
            "of": self.of,
            "seconds of the clean run": f"{self.seconds:,.0f}",
            "kills": f"{self.hits}",
            "runs that ended before": f"{self.runs - self.hits}",
            "documents": f"{self.documents:,}",
            "documents lost": f"{self.lost:,}",
            "documents twice": f"{self.twice:,}",
            "processes left": f"{self.left}",
            "different": ", ".join(self.differs) or "nothing",
            **{f"SHA-256 of {name}": sha256[:12] for name, sha256 in self.sums.items()},
        }


@dataclass
class Runs:
    """Runs of ``monograph-nlp`` with the same arguments."""

    arguments: tuple[str, ...]
    log: Path
    good: tuple[int, ...] = (0,)  # exit codes of a run that has done its work

    def whole(self) -> float:
        """Run to the end, and return how many seconds it took."""
        begun = time.monotonic()
        with self._started() as process:
            code = process.wait()
        if code not in self.good:
            last = self.log.read_text("utf-8", "replace")[-_TAIL:]
            sys.exit(f"{' '.join(self.arguments)}: exit code {code}; it said last: {last}")
        return time.monotonic() - begun

    def kill(self, kills: int, chance: random.Random, longest: float, result: Result) -> None:
        """Start and kill until so many runs were hit; each lives up to ``longest`` seconds, or ends before."""
        while result.hits < kills and result.runs < _MOST * kills:
            wait = chance.uniform(0, longest)
            with self._started() as process:
                time.sleep(wait)
                process.send_signal(signal.SIGKILL)
                process.wait()
            result.runs += 1
            result.hits += process.returncode == -signal.SIGKILL
            result.left += _left(process.pid)
            print(f"{result.of}: run {result.runs}, {wait:.1f} s: {process.returncode}", flush=True)

    def _started(self) -> subprocess.Popen[bytes]:
        # A session of its own: whoever is in it later was left by this run.
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "monograph_nlp", *self.arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


@dataclass
class Place:
    """Where runs write, and how to see what is there."""

    runs: Runs
    sums: Callable[[], dict[str, str]]
    """Gives a name → SHA-256 of what it names."""
    documents: Callable[[], Counter[Hashable]]


def tried(
    of: str, clean: Place, killed: Place, kills: int, chance: random.Random, share: float
) -> Result:
    """Kill runs in one place, complete them, and compare with the other, where nothing stopped the run.

    Args:
        of: what the result is called.
        clean: an empty place; one run writes there, and says how long it takes.
        killed: another one.
        kills: runs to be hit.
        chance: chooses the moments.
        share: of the clean run's time in which a kill falls.
    """
    result = Result(of, seconds=clean.runs.whole(), sums=clean.sums())
    killed.runs.kill(kills, chance, result.seconds * share, result)
    killed.runs.whole()
    result.compare("completed", killed.sums())
    result.count(clean.documents(), killed.documents())
    killed.runs.whole()
    result.compare("run again", killed.sums())
    return result


def _left(session: int) -> int:
    """Return how many processes of a session there are still, after some patience."""
    ends = time.monotonic() + _PATIENCE
    while _living(session) and time.monotonic() < ends:
        time.sleep(0.1)
    return _living(session)


def _living(session: int) -> int:
    found = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, own = path.read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):  # it has ended in between
            continue
        found += int(own) == session and state != "Z"
    return found
