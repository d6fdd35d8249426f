"""``frames`` on a Spark cluster: each Python worker loads one pipeline, and keeps it for its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monograph_nlp.batch.frames import COLUMNS, records_of_each
from monograph_nlp.batch.messages import Settings

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

_TYPES = {"string": "string", "int64": "bigint"}
SCHEMA = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in COLUMNS.items())
"""The columns of the result, as Spark writes them."""


def extract(
    dataframe: DataFrame, settings: Settings | None = None, *, seconds: float | None = None
) -> DataFrame:
    """Return the data frame of the records of a data frame's documents; nothing runs until it is read.

    Args:
        dataframe: documents, as ``frames.records`` takes them; a partition is a task.
        settings: how they are read; files that they name must be there on every node.
        seconds: that one document may take, as ``frames.records`` has it.
    """

    def read(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return records_of_each(frames, settings, seconds)

    return dataframe.mapInPandas(read, SCHEMA)
