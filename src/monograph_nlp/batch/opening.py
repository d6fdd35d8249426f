"""A piece of work → the documents in it, and in the place of each that cannot be read, why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

from monograph_nlp.batch.failing import Failed, failed
from monograph_nlp.batch.messages import Request, Settings
from monograph_nlp.errors import ReadError
from monograph_nlp.read import read_each
from monograph_nlp.types import Monograph


def documents(request: Request, settings: Settings) -> Iterator[Monograph | Failed]:
    """Yield the documents of a piece of work, and a failure in the place of each that cannot be read."""
    try:
        if request.monograph is not None:
            yield request.monograph
        elif request.content is not None:
            with _file_of(request.content, settings) as path:
                yield from _read(path, request, settings)
        elif request.path is not None:
            yield from _read(Path(os.fsdecode(request.path)), request, settings)
    except OSError as cause:  # the scratch folder's: no room, for one
        yield failed(cause, request.name, "worker")


def items(path: Path, name: str, id: str, settings: Settings) -> Iterator[Monograph | ReadError]:
    """Return the documents of a file in its order, and in the place of each that cannot be read, its error.

    Args:
        path: the file.
        name: what to call it, and what tells its format.
        id: of a document whose content gives none.
        settings: name the columns of tables.
    """
    return read_each(
        path,
        text_column=settings.text_column,
        id_column=settings.id_column,
        name=name,
        id=id,
    )


@contextmanager
def _file_of(content: bytes, settings: Settings) -> Iterator[Path]:
    """Write bytes to a file, for a reader that wants one; it is gone afterwards."""
    path = Path(settings.scratch or gettempdir(), f"document-{os.getpid()}")
    try:
        path.write_bytes(content)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _read(path: Path, request: Request, settings: Settings) -> Iterator[Monograph | Failed]:
    try:
        for item in items(path, request.name, request.id, settings):
            if isinstance(item, ReadError):
                yield failed(item, request.name, "read")
            else:
                yield item
    except Exception as cause:  # of a library behind a reader: it is this piece's alone
        yield failed(cause, request.name, "read")
