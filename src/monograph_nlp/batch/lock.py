"""One batch at a time in a folder: a lock that the system takes back from whoever is killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monograph_nlp.errors import BatchError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for; ``BatchError`` where another process has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken(handle):
            raise BatchError(
                f"{path.parent.parent}: another batch is at work in this folder; expected to be alone. "
                "Wait for it, or name another folder."
            )
        yield
    finally:
        os.close(handle)  # and with it the lock


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
