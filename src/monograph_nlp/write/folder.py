"""Records → a folder with one file a table, written in batches, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from monograph_nlp.errors import RecordError
from monograph_nlp.types import Record
from monograph_nlp.write.checked import checked
from monograph_nlp.write.columns import TABLES
from monograph_nlp.write.replace import replacing
from monograph_nlp.write.tables import to_frame

if TYPE_CHECKING:
    import pandas as pd

Append: TypeAlias = "Callable[[pd.DataFrame], None]"

_BATCH = 256  # records in memory at a time


def write_folder(
    records: Iterable[Record],
    folder: str | Path,
    suffix: str,
    opened: Callable[[Path, pd.DataFrame], AbstractContextManager[Append]],
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> int:
    """Write each flat table to ``folder/TABLE.suffix`` and return how many records there were.

    Args:
        records, on_error, on_record: as for ``write``.
        folder: made if need be; its files of the same names are replaced.
        suffix: of the files, without the dot.
        opened: opens a file, given an empty frame of its table, and gives what appends rows.
    """
    count = 0
    with ExitStack() as stack:
        # All files are closed before the first is moved into place: the stack unwinds backwards.
        parts = [stack.enter_context(replacing(Path(folder, f"{t}.{suffix}"))) for t in TABLES]
        appends = [
            stack.enter_context(opened(part, to_frame([], table)))
            for table, part in zip(TABLES, parts, strict=True)
        ]
        for batch in _batches(record for record, _ in checked(records, on_error, on_record)):
            for table, append in zip(TABLES, appends, strict=True):
                append(to_frame(batch, table))
            count += len(batch)
    return count


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, _BATCH)):
        yield batch
