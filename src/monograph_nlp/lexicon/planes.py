"""Numbers of 32 bits, packed: all their lowest bytes first, then the next, since like packs with like."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

Numbers: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint32]]


def pack_numbers(numbers: Sequence[int]) -> bytes:
    """Return the numbers, which are at least 0 and below 2**32, as bytes."""
    planes = np.array(numbers, dtype="<u4").view("u1").reshape(-1, 4).T
    return zlib.compress(planes.tobytes(), 9)


def unpack_numbers(data: memoryview) -> Numbers:
    """Return the numbers that ``pack_numbers`` packed."""
    planes = np.frombuffer(zlib.decompress(data), dtype="u1").reshape(4, -1)
    numbers: Numbers = np.ascontiguousarray(planes.T).view("<u4").reshape(-1)
    return numbers
