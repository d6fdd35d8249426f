"""Records → a folder of Parquet files, typed, for data frames and databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from monograph_nlp.errors import RecordError
from monograph_nlp.types import Record
from monograph_nlp.write.folder import Append, write_folder

if TYPE_CHECKING:
    import pandas as pd


def write_parquet(
    records: Iterable[Record],
    folder: str | Path,
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> int:
    """Write one Parquet file a table and return how many records there were.

    The files keep the types of ``to_frame``, so that pandas reads back the same frames.
    The arguments are those of ``write``.
    """
    return write_folder(records, folder, "parquet", _opened, on_error=on_error, on_record=on_record)


@contextmanager
def _opened(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.Schema.from_pandas(empty, preserve_index=False)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def append(frame: pd.DataFrame) -> None:
            writer.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))

        yield append
