"""All writers keep the same promises."""

import csv
import json
from dataclasses import replace

import pandas as pd
import pytest

from monograph_nlp.errors import RecordError
from monograph_nlp.record.codec import decode
from monograph_nlp.types import Record
from monograph_nlp.write import WRITERS, to_frame, write
from monograph_nlp.write.columns import TABLES
from monograph_nlp.write.replace import replacing


def broken(record: Record) -> Record:
    return replace(record, id="broken", coverage=replace(record.coverage, junk=0))


def failing(record: Record):
    yield record
    raise RuntimeError("the source broke off")


def files(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("format", WRITERS)
def test_writes_what_it_counts(sample, tmp_path, format):
    out = tmp_path / "new" / "out"
    assert write([sample, replace(sample, id="r-2")], out, format) == 2
    tables = [f"new/out/{table}.{format}" for table in sorted(TABLES)]
    assert files(tmp_path) == (["new/out"] if format == "jsonl" else tables)


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("spoil", [failing, lambda record: [record, broken(record)]])
def test_a_failed_run_leaves_the_older_files_alone(sample, tmp_path, format, spoil):
    out = tmp_path / "out"
    write([sample], out, format)
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}
    with pytest.raises((RuntimeError, RecordError)):
        write(spoil(sample), out, format)
    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before


@pytest.mark.parametrize("format", WRITERS)
def test_an_invalid_record_is_handed_over_and_left_out(sample, tmp_path, format):
    errors, shown = [], []
    count = write(
        [broken(sample), sample],
        tmp_path / "out",
        format,
        on_error=errors.append,
        on_record=shown.append,
    )
    assert (count, shown) == (1, [sample])
    assert [(error.record_id, error.path) for error in errors] == [("broken", "$.coverage")]
    assert not any(b"broken" in (tmp_path / name).read_bytes() for name in files(tmp_path))


@pytest.mark.parametrize("format", WRITERS)
def test_the_same_records_give_the_same_bytes(sample, tmp_path, format):
    for name in ("a", "b"):
        write([sample], tmp_path / name / "out", format)
    first, second = (
        [(tmp_path / name / file).read_bytes() for file in files(tmp_path / name)]
        for name in ("a", "b")
    )
    assert first == second


def test_jsonl_is_read_back(sample, tmp_path):
    write([sample, sample], tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert [decode(line) for line in lines] == [sample, sample]


@pytest.mark.parametrize("table", TABLES)
def test_parquet_gives_back_the_frames(sample, tmp_path, table):
    records = [replace(sample, id=f"r-{number}") for number in range(300)]  # more than a batch
    write(records, tmp_path, "parquet")
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / f"{table}.parquet"), to_frame(records, table)
    )


@pytest.mark.parametrize("table", TABLES)
def test_parquet_and_csv_have_their_columns_when_empty(tmp_path, table):
    write([], tmp_path, "parquet")
    write([], tmp_path, "csv")
    empty = to_frame([], table)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / f"{table}.parquet"), empty)
    header = (tmp_path / f"{table}.csv").read_text(encoding="utf-8")
    assert header == ",".join(empty.columns) + "\n"


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_one_header_however_many_batches(sample, tmp_path):
    write([replace(sample, id=f"r-{number}") for number in range(300)], tmp_path, "csv")
    assert [row["record_id"] for row in rows(tmp_path / "documents.csv")] == [
        f"r-{number}" for number in range(300)
    ]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "\na"])
def test_csv_cells_are_no_formulas(sample, tmp_path, start):
    title = f'{start},"x"\r\ny'
    record = replace(sample, document=replace(sample.document, title=title))
    write([record], tmp_path, "csv")
    write([record], tmp_path, "parquet")
    (row,) = rows(tmp_path / "documents.csv")
    assert row["title"] == "'" + title
    assert pd.read_parquet(tmp_path / "documents.parquet")["title"][0] == title


def test_csv_leaves_other_cells_and_numbers_alone(sample, tmp_path):
    write([sample], tmp_path, "csv")
    row = rows(tmp_path / "facts.csv")[5]
    assert (row["rate"], row["frequency"], row["serious"]) == ("25.0", "very common", "")
    assert row["evidence_text"] == sample.facts[5].evidence[0].text
    assert json.loads(row["more_evidence"])[0]["text"] == "=Rare: [red]fever[/red]"


def test_a_device_is_written_and_not_replaced(tmp_path):
    with replacing("/dev/null") as path:
        assert str(path) == "/dev/null"


def test_a_link_is_followed(sample, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real" / "out.jsonl")
    write([sample], tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert decode((tmp_path / "real" / "out.jsonl").read_bytes()) == sample
