from __future__ import annotations

import sys

import pytest

from monograph_nlp.batch import Failure, Step
from monograph_nlp.cli import batch_progress
from monograph_nlp.cli.batch_progress import BatchProgress

FAILURE = Failure("a", "read", "ReadError", "no")


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(batch_progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(batch_progress.time, "time", lambda: -1.0)
    return now


def _step(done: int, *, new: bool = True, failures: int = 0) -> Step:
    return Step(done, 1000, new, 0 if failures else 1, (FAILURE,) * failures, 50, 3)


def test_a_line_counts_what_was_done_now_and_before(clock):
    with BatchProgress(enabled=True) as progress:
        progress.step(_step(500, new=False))
        progress.step(_step(600))
        progress.step(_step(700, failures=1))
        line = progress.line(_step(700), 10.0)
    assert line == "1 documents, 1 done before, 10 words/s, 1 failed, 0:00:15 left"


def test_a_log_has_a_line_a_minute(clock, capsys):
    with BatchProgress(enabled=True) as progress:
        for seconds in range(0, 200, 5):
            clock[0] = float(seconds)
            progress.step(_step(seconds + 1))
    assert capsys.readouterr().err.count("\n") == 3


def test_quiet_says_nothing(clock, capsys):
    with BatchProgress(enabled=False) as progress:
        clock[0] = 1e6
        progress.step(_step(1))
    assert capsys.readouterr().err == ""


def test_a_terminal_has_a_bar_that_is_taken_away(clock, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with BatchProgress(enabled=True) as progress:
        clock[0] = 1.0
        progress.step(_step(400))
        bar = progress._bar
        assert bar is not None
        assert bar.tasks[0].completed == 400
        assert bar.tasks[0].total == 1000
    assert not bar.live.is_started


def test_nothing_done_yet_gives_no_guess(clock):
    with BatchProgress(enabled=True) as progress:
        progress.step(_step(0, new=False))
        assert "left" not in progress.line(_step(0), 1.0)
