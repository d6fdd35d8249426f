"""Parquet, batch by batch; only the columns that are asked for are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from io import BytesIO
from typing import BinaryIO

from monograph_nlp.errors import ReadError
from monograph_nlp.read.columns import TITLE, check_columns, not_a_table
from monograph_nlp.read.source import Source, check_kind

_BATCH = 64  # rows in memory at once: monographs are long
_MAGIC = b"PAR1"


def rows(source: Source) -> Iterator[tuple[int, Mapping[str, object] | ReadError]]:
    """Yield number and cells of each row."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    with ExitStack() as files:
        # A compressed file has no random access, which Parquet needs.
        stream: BinaryIO = (
            BytesIO(source.read_bytes()) if source.is_gzip else files.enter_context(source.open())
        )
        check_kind(stream.read(len(_MAGIC)), source.name, source.suffix, _MAGIC)
        stream.seek(0)
        number = 0
        try:
            table = files.enter_context(ParquetFile(stream))
            names = table.schema_arrow.names
            check_columns(names, source.text_column, source.name)
            known = dict.fromkeys((source.text_column, source.id_column, TITLE))
            wanted = [name for name in known if name in names]
            for batch in table.iter_batches(_BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
        except (ArrowException, OSError) as cause:
            raise not_a_table(
                source, f"damaged Parquet data after row {number} ({cause})"
            ) from cause
