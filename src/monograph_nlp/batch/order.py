"""The order of a batch's answers, kept on disk while it runs: its inputs, and under each the keys of its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec


class InputRow(msgspec.Struct, frozen=True):
    """An input, as the manifest names it; the rows behind it are its own."""

    name: str
    bytes: int
    sha256: str


class Order:
    """A file of rows that is written once, and read once; a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Order:
        self._stream = self._path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        self._path.unlink(missing_ok=True)

    def add(self, row: InputRow | str) -> None:
        """Add an input, or the key of an answer."""
        if self._stream is None:
            raise ValueError("the order is read already; expected to be added to before")
        self._stream.write(msgspec.json.encode(row) + b"\n")

    def read(self) -> Iterator[InputRow | str]:
        """Yield the rows; nothing can be added any more."""
        self._close()
        with self._path.open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=InputRow | str)

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
