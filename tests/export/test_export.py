"""All forms keep the same promises."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from tests.export.made import records as made_records

from monograph_nlp.errors import ConfigError, ReadError
from monograph_nlp.export import FOLDERS, FORMATS, export
from monograph_nlp.record.codec import to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Record


def _files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def _named(record: Record, number: int) -> Record:
    document = replace(record.document, id=f"d-{number}")
    return replace(record, id=f"r-{number}", document=document)


@given(made_records())
def test_the_made_records_are_valid(record: Record) -> None:
    assert problems(to_dict(record)) == []


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_records_give_the_same_bytes(sample: Record, tmp_path: Path, to: str) -> None:
    for name in ("a", "b"):
        outcome = export([sample, _named(sample, 2)], tmp_path / name / "out", to)
        assert outcome.records == 2
    first, second = _files(tmp_path / "a"), _files(tmp_path / "b")
    assert first == second
    assert len(first) == {"kgx": 2, "brat": 6}.get(to, 1)


@pytest.mark.parametrize("to", FORMATS)
def test_a_failed_run_leaves_no_half_file(sample: Record, tmp_path: Path, to: str) -> None:
    def failing() -> Iterator[Record]:
        yield _named(sample, 1)
        raise RuntimeError("the source broke off")

    export([sample], tmp_path / "out", to)
    before = _files(tmp_path)
    with pytest.raises(RuntimeError):
        export(failing(), tmp_path / "out", to)
    after = _files(tmp_path)
    whole = {"out/d-1.ann", "out/d-1.txt"} if to == "brat" else set()
    assert after.keys() - before.keys() == whole
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("to", FORMATS)
def test_without_a_record_nothing_is_written(sample: Record, tmp_path: Path, to: str) -> None:
    export([sample], tmp_path / "out", to)
    before = _files(tmp_path)
    assert export([], tmp_path / "out", to).records == 0
    assert export([], tmp_path / "new", to).records == 0
    assert _files(tmp_path) == before


@pytest.mark.parametrize("to", FORMATS)
def test_a_record_that_was_there_before_is_refused(sample: Record, tmp_path: Path, to: str) -> None:
    errors: list[ReadError] = []
    outcome = export([sample, sample], tmp_path / "out", to, on_error=errors.append)
    assert outcome.records == 1
    assert "document 'testamab' was there before" in str(errors[0])
    with pytest.raises(ReadError):
        export([sample, sample], tmp_path / "other", to)


@pytest.mark.parametrize("to", ["brat", "pubtator"])
def test_a_record_without_its_text_is_refused(sample: Record, tmp_path: Path, to: str) -> None:
    errors: list[ReadError] = []
    bare = replace(_named(sample, 2), text=None)
    outcome = export([bare, sample], tmp_path / "out", to, on_error=errors.append)
    assert outcome.records == 1
    assert f"record r-2: it holds no text, and {to} needs it" in str(errors[0])
    assert "--with-text" in str(errors[0])


@pytest.mark.parametrize("to", ["kgx", "fhir"])
def test_a_record_without_its_text_will_do(sample: Record, tmp_path: Path, to: str) -> None:
    export([sample], tmp_path / "a" / "out", to)
    export([replace(sample, text=None)], tmp_path / "b" / "out", to)
    assert _files(tmp_path / "a") == _files(tmp_path / "b")


def test_an_unknown_form_is_refused(sample: Record, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected one of kgx, fhir, brat, pubtator"):
        export([sample], tmp_path / "out", "owl")


def test_folders_are_folders(sample: Record, tmp_path: Path) -> None:
    for to in FORMATS:
        export([sample], tmp_path / to, to)
        assert (tmp_path / to).is_dir() == (to in FOLDERS)


@pytest.mark.parametrize("to", ["kgx", "fhir", "pubtator"])
def test_memory_does_not_grow_with_the_documents(sample: Record, tmp_path: Path, to: str) -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        export((_named(sample, each) for each in range(number)), tmp_path / "out", to)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # the tables and the schema are read
    few, many = peak(100), peak(1000)
    ids = 900 * 200  # bytes for the names that have been there
    assert many < few + ids
