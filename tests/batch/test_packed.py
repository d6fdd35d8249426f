from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from tests.batch.cluster_rows import SETTINGS, of_batch, of_frame, save_table

from monograph_nlp.batch.frames import records
from monograph_nlp.batch.packed import pack
from monograph_nlp.errors import BatchError

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """Files of one document and of many, an archive, and one that cannot be read."""
    archive, broken = tmp_path / "labels.zip", tmp_path / "broken.xml"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(CORPUS / "daratumumab.xml", "2024/label.xml")
        packed.write(CORPUS / "amlodipine.tsv", "2024/tables/one.tsv")
    broken.write_bytes(b"%PDF-1.4")
    samples = [CORPUS / name for name in ("daratumumab.xml", "two_tablets.csv", "apixaban.html")]
    return [*samples, archive, broken, save_table(tmp_path)]


def test_documents_of_every_kind_give_the_records_of_a_batch(
    inputs: list[Path], tmp_path: Path
) -> None:
    counts = pack(inputs, tmp_path / "packed", rows=4)
    frame = records(pd.read_parquet(tmp_path / "packed"), SETTINGS)
    lines, failures = of_batch(inputs, tmp_path / "out")
    assert of_frame(frame) == (lines, failures)
    assert (counts.inputs, counts.records, counts.failures) == (
        len(inputs),
        len(lines),
        len(failures),
    )
    assert failures


def test_files_hold_no_more_rows_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("text\n" + "x\n" * 7, "utf-8")
    pack([tmp_path / "t.csv"], tmp_path / "packed", rows=3)
    files = sorted((tmp_path / "packed").iterdir())
    assert [path.name for path in files] == [f"part-{n:06d}.parquet" for n in (1, 2, 3)]
    assert [len(pd.read_parquet(path)) for path in files] == [3, 3, 1]
    assert list(pd.read_parquet(tmp_path / "packed")["id"]) == [f"t-{n}" for n in range(1, 8)]


def test_the_columns_of_tables_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("key,body\na,x\n", "utf-8")
    pack([tmp_path / "t.csv"], tmp_path / "packed", text_column="body", id_column="key")
    assert list(pd.read_parquet(tmp_path / "packed")["id"]) == ["a"]


def test_a_folder_with_files_of_another_run_is_refused(tmp_path: Path) -> None:
    path = save_table(tmp_path)
    pack([path], tmp_path / "packed")
    with pytest.raises(BatchError, match="holds Parquet files"):
        pack([path], tmp_path / "packed")
