"""From a CURIE to the numbers of the terms that bear it: a sorted table of short hashes.

A CURIE's hash has 20 bits: the first 16 say in which bucket it lies, the other 4 stand in the cell
beside the term's number (20 bits). Hashes fall together, so who reads a term checks it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import numpy as np

from monograph_nlp.lexicon.planes import pack_numbers, unpack_numbers

_BUCKETS = 1 << 16
_NUMBER_BITS = 20
_MARKS = 1 << 4


def pack_identifiers(pairs: Iterable[tuple[str, int]]) -> tuple[bytes, bytes]:
    """Return the sizes of the buckets and the cells, of (CURIE, term number) pairs."""
    rows = sorted({(*_hash(curie), number) for curie, number in pairs})
    counts = np.bincount([bucket for bucket, _, _ in rows], minlength=_BUCKETS)
    cells = [mark << _NUMBER_BITS | number for _, mark, number in rows]
    return pack_numbers(counts.tolist()), pack_numbers(cells)


class Identifiers:
    """The table of ``pack_identifiers``, opened."""

    def __init__(self, counts: memoryview, cells: memoryview) -> None:
        sizes = np.cumsum(unpack_numbers(counts), dtype=np.int64)
        self._starts = np.concatenate(([0], sizes))
        self._cells = unpack_numbers(cells)

    def numbers(self, curie: str) -> Iterator[int]:
        """Yield the numbers of the terms that may bear the CURIE, lowest first."""
        bucket, mark = _hash(curie)
        for cell in self._cells[self._starts[bucket] : self._starts[bucket + 1]].tolist():
            if cell >> _NUMBER_BITS == mark:
                yield cell & ((1 << _NUMBER_BITS) - 1)


def _hash(curie: str) -> tuple[int, int]:
    digest = hashlib.blake2b(curie.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    number = int.from_bytes(digest, "little")
    return number % _BUCKETS, number // _BUCKETS % _MARKS
