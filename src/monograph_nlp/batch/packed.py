"""Files and archives → Parquet files with a document a row, for machines that do not have the files.

The documents are those of a batch over the same inputs, with the same ids and sources, whatever their
format: the sections of an SPL come along. Reading is cheap beside extraction, and is done here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from monograph_nlp.batch.merge import Counts
from monograph_nlp.batch.messages import Failure, Settings
from monograph_nlp.batch.opening import documents
from monograph_nlp.batch.pieces import Input, inputs_of, pieces_of
from monograph_nlp.errors import BatchError
from monograph_nlp.types import Monograph
from monograph_nlp.write.replace import replacing

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 64  # documents in memory at a time, and in a row group
_COLUMNS = ("id", "source", "monograph", "failure")


def pack(
    paths: Iterable[Path],
    out: Path,
    *,
    text_column: str = "text",
    id_column: str = "id",
    rows: int = 1024,
) -> Counts:
    """Write the documents of files and archives to ``out/part-000001.parquet`` and so on.

    The columns are ``id``, ``source``, ``monograph`` (the document as its reader made it, in JSON) and
    ``failure`` (of what cannot be read, so that nothing is left out in silence).

    Args:
        paths: files; their order is that of the rows.
        out: the folder, made if need be; it must not hold Parquet files.
        text_column: of tables, the column that holds the texts.
        id_column: of tables, the column of the ids.
        rows: documents a file; clusters hand out files.

    Returns:
        How many inputs there were, and how many documents and failures they gave.

    Raises:
        BatchError: the folder holds Parquet files.
        OSError: it cannot be written.
    """
    _check_free(out)
    inputs = inputs_of(paths)
    held = failed = 0
    with TemporaryDirectory() as scratch:
        settings = Settings(text_column=text_column, id_column=id_column, scratch=scratch)
        items = (item for one in inputs for item in _items(one, settings))
        for number in count(1):
            written = _write(out / f"part-{number:06d}.parquet", islice(items, rows))
            if not any(written):
                break
            held, failed = held + written[0], failed + written[1]
    return Counts(len(inputs), held, failed)


def _items(one: Input, settings: Settings) -> Iterator[Monograph | Failure]:
    for piece in pieces_of(one, settings):
        if piece.failure is not None:
            yield piece.failure
        if piece.request is not None:
            for item in documents(piece.request, settings):
                yield item if isinstance(item, Monograph) else item.failure


def _write(path: Path, items: Iterator[Monograph | Failure]) -> tuple[int, int]:
    """Write a file, if there is anything for it; return how many documents and failures it holds."""
    from pyarrow.parquet import ParquetWriter

    group = list(islice(items, _GROUP))
    if not group:
        return 0, 0
    held = failed = 0
    schema = _table(group).schema
    with replacing(path) as part, ParquetWriter(part, schema, compression="zstd") as writer:
        while group:
            writer.write_table(_table(group))
            failures = sum(isinstance(item, Failure) for item in group)
            held, failed = held + len(group) - failures, failed + failures
            group = list(islice(items, _GROUP))
    return held, failed


def _table(items: list[Monograph | Failure]) -> pa.Table:
    import pyarrow as pa

    columns = zip(*map(_row, items), strict=True)
    return pa.table(
        {name: pa.array(cells, pa.string()) for name, cells in zip(_COLUMNS, columns, strict=True)}
    )


def _row(item: Monograph | Failure) -> tuple[str | None, ...]:
    packed = msgspec.json.encode(item).decode()
    if isinstance(item, Failure):
        return item.document, None, None, packed
    return item.id, item.source, packed, None


def _check_free(out: Path) -> None:
    if any(out.glob("*.parquet")):
        raise BatchError(
            f"{out}: the folder holds Parquet files; expected none, since a reader takes all of them. "
            "Remove them, or name another folder."
        )
