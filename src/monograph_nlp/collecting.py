"""The collection of garbage, put off while many objects are made and hardly a cycle of them.

Each object made would bring the next search for cycles nearer, and each search finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Stop the collector inside the block, in the whole process; leave it as it was found.

    What is in no cycle is freed at once all the same. Blocks may stand inside one another.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
