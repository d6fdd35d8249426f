"""The file that a review saves, read back to go on: a decision a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from monograph_nlp.errors import ReadError

_VERSION = 1
_KEYS = {"version", "record", "document", "kind", "id", "verdict", "value", "original"}


def saved(path: Path) -> Iterator[dict[str, object]]:
    """Yield the decisions of a saved file, in order.

    Raises:
        ReadError: a line is no decision, or of a version that this package does not know.
    """
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _decision(line, f"{path}:{number}")


def _decision(line: bytes, where: str) -> dict[str, object]:
    try:
        decision = msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeError) as cause:
        raise _unreadable(where, f"not JSON ({cause})") from cause
    if missing := _KEYS - set(decision):
        raise _unreadable(where, f"no {', '.join(sorted(missing))}")
    if decision["version"] != _VERSION:
        raise _unreadable(where, f"version {decision['version']!r}")
    return decision


def _unreadable(where: str, what: str) -> ReadError:
    expected = f"a decision of version {_VERSION}, as the review page saves it"
    return ReadError(where, what, expected, "Give the file that the page's Save button wrote.")
