from __future__ import annotations

import subprocess
import sys

import pytest

from monograph_nlp.batch.lock import locked
from monograph_nlp.errors import BatchError

_HOLD = """
import sys
from pathlib import Path
from monograph_nlp.batch.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_may_not_and_a_kill_takes_the_lock_back(tmp_path):
    path = tmp_path / ".work" / "lock"
    path.parent.mkdir()
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(BatchError, match="another batch is at work") as refused, locked(path):
            pass
        assert str(tmp_path) in str(refused.value)
        other.kill()
        other.wait()
    with locked(path):
        pass


def test_the_lock_is_given_back_after_an_error(tmp_path):
    with pytest.raises(KeyError), locked(tmp_path / "lock"):
        raise KeyError
    with locked(tmp_path / "lock"):
        pass
