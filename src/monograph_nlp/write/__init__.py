"""Records → files. Every record is validated first, and a failed run leaves no half file.

``jsonl`` is one file with a record a line; ``csv`` and ``parquet`` are folders with one file for
each flat table (documents, sections, mentions, facts, issues).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from monograph_nlp.errors import RecordError
from monograph_nlp.types import Record
from monograph_nlp.write.csv import write_csv
from monograph_nlp.write.jsonl import write_jsonl
from monograph_nlp.write.parquet import write_parquet
from monograph_nlp.write.summary import summary
from monograph_nlp.write.tables import to_frame

__all__ = [
    "WRITERS",
    "Format",
    "summary",
    "to_frame",
    "write",
    "write_csv",
    "write_jsonl",
    "write_parquet",
]

Format: TypeAlias = Literal["jsonl", "csv", "parquet"]
WRITERS = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}


def write(
    records: Iterable[Record],
    path: str | Path,
    format: Format = "jsonl",
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> int:
    """Write the records to a file (``jsonl``) or a folder of tables; return how many there were.

    Args:
        records: read once, one at a time.
        path: the file or folder; replaced when the last record is written, and not before.
        format: ``jsonl``, ``csv`` or ``parquet``.
        on_error: takes a record that is not valid, which is then left out.
        on_record: is shown each record that is valid, before it is written.

    Raises:
        RecordError: a record is not valid and there is no ``on_error``; nothing is written.
        OSError: the path cannot be written.
    """
    return WRITERS[format](records, path, on_error=on_error, on_record=on_record)
