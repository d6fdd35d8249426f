"""The same on a Ray cluster: one of this machine, started for the tests, that reaches no network."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from tests.batch.cluster_rows import ROWS, SETTINGS, of_batch, of_frame, save_table

from monograph_nlp.batch import ray as adapter
from monograph_nlp.batch.packed import pack

ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")
pytestmark = [
    pytest.mark.usefixtures("cluster"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two cores; the folder has a short name, since those of its sockets are bounded."""
    folder = tempfile.mkdtemp(prefix="ray")
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=80 << 20,
        log_to_driver=False,
        _node_ip_address="127.0.0.1",
        _temp_dir=folder,
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()
    shutil.rmtree(folder, ignore_errors=True)


def test_parquet_gives_the_records_of_a_batch(tmp_path: Path) -> None:
    path = save_table(tmp_path)
    pack([path], tmp_path / "packed")
    documents = ray.data.read_parquet(str(tmp_path / "packed"))
    adapter.extract(documents, SETTINGS, rows=3).write_parquet(str(tmp_path / "records"))
    frame = pd.read_parquet(tmp_path / "records")
    assert len(frame) == len(ROWS)
    assert of_frame(frame) == of_batch([path], tmp_path / "out")


def test_an_actor_that_is_killed_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallen = tmp_path / "fallen"

    class Mortal(adapter.Reader):
        def __call__(self, frame: pd.DataFrame) -> pd.DataFrame:
            if "d4" in set(frame["id"]) and not fallen.exists():
                fallen.touch()
                os.kill(os.getpid(), 9)
            return super().__call__(frame)

    monkeypatch.setattr(adapter, "Reader", Mortal)
    ids = [f"d{number}" for number in range(8)]
    documents = ray.data.from_pandas(pd.DataFrame({"id": ids, "text": "It may cause rash."}))
    frame = adapter.extract(documents, SETTINGS, actors=1, rows=2).to_pandas()
    assert fallen.exists()
    assert sorted(frame["document"]) == ids
    assert frame["record"].notna().all()
