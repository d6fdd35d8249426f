"""Whatever kills a batch, wherever: the next run completes it, to the bytes of one that nothing stopped."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.batch.conftest import HERE, Batch, alive, children, eventually

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
COUNT = 60


@pytest.fixture
def paths(write):
    texts = {f"n{n}.txt": f"{'slow' if n % 3 == 0 else ''} text {n}" for n in range(COUNT)}
    same = dict.fromkeys(("s1.jsonl", "s2.jsonl"), json.dumps({"id": "same", "text": "Fever."}))
    odd = {"n7.txt": "fail", "n20.txt": "twice", "n21.txt": "text 21 die-later"}
    return write(texts | odd | same)


@pytest.fixture
def clean(stub, paths, tmp_path):
    batch = Batch(tmp_path / "clean")
    batch(paths)
    return batch.files()


def _program(out: Path, paths: list[Path], kill_at: int = 0) -> list[str]:
    program = [sys.executable, str(HERE / "program.py"), str(out), "2", str(kill_at)]
    return program + list(map(str, paths))


def _completed(out: Path, paths: list[Path]) -> dict[str, bytes]:
    batch = Batch(out)
    batch(paths)
    return batch.files()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_batch_that_is_killed_again_and_again(seed, paths, clean, tmp_path):
    chance, out = random.Random(seed), tmp_path / "out"
    workers: list[int] = []
    for _ in range(4):
        with subprocess.Popen(_program(out, paths), stdout=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.2, 1.8))
            workers += children(process.pid)
            process.send_signal(chance.choice((signal.SIGKILL, signal.SIGTERM)))
            process.wait()
    assert eventually(lambda: not alive(workers))
    assert _completed(out, paths) == clean


def test_workers_that_are_killed_change_nothing(paths, clean, tmp_path):
    chance, killed = random.Random(5), 0
    with subprocess.Popen(_program(tmp_path / "out", paths), stdout=subprocess.DEVNULL) as process:
        assert eventually((tmp_path / "out" / ".work" / "order").exists, 30)  # one worker is there
        while process.poll() is None and killed < 3:
            time.sleep(chance.uniform(0.1, 0.6))
            for pid in children(process.pid)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
        assert process.wait(60) == 0
    batch = Batch(tmp_path / "out")
    assert killed
    assert _completed(batch.out, paths) == clean


def test_a_kill_between_any_two_names(paths, clean, tmp_path):
    """The parts, and the files of the merge, get their names by renaming: each one may be the last."""
    for number in range(1, 50):
        out = tmp_path / f"out{number}"
        done = subprocess.run(
            _program(out, paths, number), capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert _completed(out, paths) == clean, number
    assert 4 < number < 49  # a part or more, records, done, failures, manifest


def test_a_kill_between_any_two_names_of_a_later_run(paths, clean, tmp_path):
    """There are files of an earlier run, and they stay whole until they are replaced."""
    for number in range(1, 50):
        out = tmp_path / f"out{number}"
        _completed(out, paths[:40])
        done = subprocess.run(_program(out, paths, number), capture_output=True, check=False)
        if done.returncode == 0:
            break
        again = subprocess.run(_program(out, paths, 1), capture_output=True, check=False)
        assert again.returncode == -signal.SIGKILL
        batch = Batch(out)
        batch(paths)
        assert batch.files() == clean, number
    assert 4 < number < 49


def test_an_interrupt_ends_the_program_and_its_workers(paths, clean, tmp_path):
    out = tmp_path / "out"
    with subprocess.Popen(_program(out, paths), stderr=subprocess.DEVNULL) as process:
        assert eventually(lambda: children(process.pid))
        time.sleep(0.5)
        workers = children(process.pid)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert eventually(lambda: not alive(workers))
    assert _completed(out, paths) == clean
