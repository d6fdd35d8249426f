"""The same on Spark: one of this machine, started for the tests, that reaches no network."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from tests.batch.cluster_rows import ROWS, SETTINGS, of_batch, of_frame, save_table

from engines import HAS_JAVA, NO_JAVA
from monograph_nlp.batch import spark as adapter
from monograph_nlp.batch.frames import records_of_each
from monograph_nlp.batch.packed import pack

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
pytestmark = [
    pytest.mark.skipif(not HAS_JAVA, reason=NO_JAVA),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def session() -> Iterator[object]:
    """Two cores; a task may be tried four times."""
    from pyspark.sql import SparkSession

    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    spark = SparkSession.builder.master("local[2,4]").config(map=options).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    yield spark
    spark.stop()


def test_parquet_gives_the_records_of_a_batch(session: object, tmp_path: Path) -> None:
    path = save_table(tmp_path)
    pack([path], tmp_path / "packed")
    documents = session.read.parquet(str(tmp_path / "packed")).repartition(3)  # type: ignore[attr-defined]
    adapter.extract(documents, SETTINGS).write.parquet(str(tmp_path / "records"))
    frame = pd.read_parquet(tmp_path / "records")
    assert len(frame) == len(ROWS)
    assert of_frame(frame) == of_batch([path], tmp_path / "out")


def test_a_worker_that_dies_loses_nothing(
    session: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallen = tmp_path / "fallen"

    def mortal(frames: Iterable[pd.DataFrame], *options: object) -> Iterator[pd.DataFrame]:
        for frame in frames:
            if "d4" in set(frame["id"]) and not fallen.exists():
                fallen.touch()
                os._exit(1)
            yield from records_of_each([frame], *options)

    monkeypatch.setattr(adapter, "records_of_each", mortal)
    ids = [f"d{number}" for number in range(8)]
    documents = session.createDataFrame(
        [(id, "It may cause rash.") for id in ids], "id string, text string"
    )  # type: ignore[attr-defined]
    frame = adapter.extract(documents.repartition(4), SETTINGS).toPandas()
    assert fallen.exists()
    assert sorted(frame["document"]) == ids
    assert frame["record"].notna().all()
