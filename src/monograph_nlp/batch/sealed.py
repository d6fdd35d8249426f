"""Files that tell whether they are whole: the last line is the SHA-256 of all that stands before it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_SEAL = 65  # bytes of the last line: the hash in hex, and a newline
_STEP = 1 << 20  # bytes


class Sealing:
    """A file that is written; only ``seal`` makes it whole."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._digest = hashlib.sha256()
        self.size = 0  # bytes so far

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._digest.update(data)
        self._stream.write(data)
        self.size += len(data)

    def flush(self) -> None:
        """Let others read what was written so far."""
        self._stream.flush()

    def seal(self) -> None:
        """Write the last line, and bring all of it to the disk: no name shall stand over half a file."""
        self._stream.write(self._digest.hexdigest().encode() + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()


def is_whole(path: Path) -> bool:
    """Say whether a file was sealed, and is now what it was then."""
    left = path.stat().st_size - _SEAL
    if left < 0:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while left:
            part = stream.read(min(left, _STEP))
            if not part:
                return False
            digest.update(part)
            left -= len(part)
        return stream.read() == digest.hexdigest().encode() + b"\n"
