from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.batch.cluster_rows import ROWS, SETTINGS, by_message, of_batch, of_frame, save_table

from monograph_nlp.batch import Settings
from monograph_nlp.batch.frames import COLUMNS, loaded, records, records_of_each
from monograph_nlp.batch.packed import pack
from monograph_nlp.errors import ConfigError, ReadError
from monograph_nlp.read import read

TEXT = "Aspirin may cause rash."
read_records = partial(records, settings=SETTINGS)


def _failures(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [json.loads(failure) for failure in frame["failure"].dropna()]


def test_the_records_are_those_of_a_batch(tmp_path: Path) -> None:
    path = save_table(tmp_path)
    pack([path], tmp_path / "packed")
    frame = read_records(pd.read_parquet(tmp_path / "packed"))
    assert of_frame(frame) == of_batch([path], tmp_path / "out")
    assert len(frame) == len(ROWS)


def test_a_row_with_its_place_is_the_document_that_the_reader_makes_of_it(tmp_path: Path) -> None:
    path = save_table(tmp_path)
    frame = pd.read_parquet(path)
    frame["source"] = [f"{path.name}#{number}" for number in range(1, len(frame) + 1)]
    frame.loc[4, "id"] = "aspirin-2"  # an id that repeats; only the reader sees that it does
    made = read_records(frame)
    errors: list[ReadError] = []
    documents = list(read(path, on_error=errors.append))
    expected = read_records(
        pd.DataFrame({"monograph": [json.dumps(_fields(document)) for document in documents]})
    )
    assert made["record"].dropna().tolist() == expected["record"].tolist()
    assert [failure["message"] for failure in _failures(made)] == [str(error) for error in errors]


def _fields(document: object) -> dict[str, object]:
    return {name: getattr(document, name) for name in document.__slots__}  # type: ignore[attr-defined]


def test_each_row_gives_a_row_in_its_order() -> None:
    ids = ["b", "a", "c", "d"]
    frame = read_records(
        pd.DataFrame({"id": ids, "text": [TEXT, None, "x", TEXT]}, index=[5, 5, 1, 0])
    )
    assert list(frame["document"]) == ids
    assert list(frame["record"].isna()) == [False, True, False, False]
    assert list(frame["failure"].isna()) == [True, False, True, True]
    assert list(frame["words"]) == [4, 0, 1, 4]
    record = json.loads(frame["record"][0])
    assert (record["id"], record["document"]["source"]) == (frame["record_id"][0], "b")
    assert len(record["facts"]) == frame["facts"][0]


@pytest.mark.parametrize(
    ("row", "document", "message"),
    [
        ({"id": "a", "text": None}, "a", "there is no text in it"),
        ({"id": "a", "text": " "}, "a", "there is no text in it"),
        ({"id": "a", "text": 5}, "a", "the text is a int"),
        (
            {"id": "a", "text": float("nan"), "source": "t.parquet#7"},
            "a",
            "t.parquet#7: there is no",
        ),
        ({"id": None, "text": "", "source": "t.parquet#7"}, "t.parquet#7", "there is no text"),
        ({"id": " ", "text": TEXT}, "", "a row with nothing to call it by"),
        ({"text": TEXT}, "", "an id in column 'id'"),
    ],
)
def test_a_bad_row_is_a_failure_and_the_others_are_read(
    row: dict[str, object], document: str, message: str
) -> None:
    frame = read_records(pd.DataFrame([{"id": "good", "text": TEXT}, row]))
    assert list(frame["failure"].isna()) == [True, False]
    (failure,) = _failures(frame)
    assert message in failure["message"]
    assert (failure["stage"], failure["error"]) == ("read", "ReadError")
    assert failure["document"] == document == frame["document"][1]


def test_a_document_that_is_too_long_is_a_failure() -> None:
    short = Settings(profile="lexicon", max_characters=10)
    frame = records(pd.DataFrame({"id": ["a", "b"], "text": ["short", TEXT]}), short)
    assert [failure["stage"] for failure in _failures(frame)] == ["limit"]


def test_columns_can_be_named() -> None:
    chosen = Settings(profile="lexicon", text_column="body", id_column="key")
    frame = records(pd.DataFrame({"key": [1, 2], "body": [TEXT, "x"], "text": "no"}), chosen)
    assert list(frame["document"]) == ["1", "2"]
    assert list(frame["words"]) == [4, 1]


@pytest.mark.parametrize("kind", [None, "Int64", "float64", pd.ArrowDtype(pa.int64())])
def test_a_number_is_the_same_id_however_pandas_holds_it(kind: object) -> None:
    ids = pd.Series([5, None], dtype=kind)  # type: ignore[call-overload]
    frame = read_records(pd.DataFrame({"id": ids, "text": TEXT, "source": "a.parquet#2"}))
    assert list(frame["document"]) == ["5", "a-2"]


def test_a_frame_without_texts_is_refused() -> None:
    with pytest.raises(ReadError, match=r"data frame: no column 'text' .*did you mean 'Text'"):
        read_records(pd.DataFrame({"Text": [TEXT]}))


def test_settings_that_name_what_does_not_exist_are_refused() -> None:
    with pytest.raises(ConfigError, match="'fats'"):
        records(pd.DataFrame({"id": ["a"], "text": [TEXT]}), Settings(profile="fats"))


def test_the_pipeline_is_loaded_once() -> None:
    assert loaded(SETTINGS) is loaded(Settings(profile="lexicon"))


@pytest.fixture
def beside() -> Iterator[Callable[[float], None]]:
    """Note that a process beside this one is used with so many seconds; it is stopped in the end."""
    used: list[float] = []
    yield used.append
    for seconds in used:
        loaded(SETTINGS, seconds).__self__.close()  # type: ignore[attr-defined]


def test_a_process_beside_gives_the_same_rows(beside: Callable[[float], None]) -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c"], "text": [TEXT, None, TEXT]})
    beside(600.0)
    assert records(frame, SETTINGS, 600.0).equals(read_records(frame))


def test_a_process_beside_ends_a_document_that_takes_too_long(
    beside: Callable[[float], None],
) -> None:
    frame = pd.DataFrame({"id": ["a", "b"], "text": [f"{TEXT} " * 10_000, None]})
    beside(0.01)
    failures = _failures(records(frame, SETTINGS, 0.01))
    assert [failure["error"] for failure in failures] == ["TimeoutError", "ReadError"]


def test_many_frames_are_answered_in_small_ones_of_one_type() -> None:
    frames = [
        pd.DataFrame({"id": [f"d{n}" for n in range(size)], "text": None}) for size in (0, 40)
    ]
    made = list(records_of_each(frames, SETTINGS))
    assert all({name: str(kind) for name, kind in part.dtypes.items()} == COLUMNS for part in made)
    assert list(pd.concat(made)["document"]) == list(frames[1]["id"])
    assert max(map(len, made)) < 40


def test_a_type_does_not_hang_on_what_a_frame_holds() -> None:
    frames = [pd.DataFrame({"id": ["a"], "text": [text]}) for text in (TEXT, None)]
    schemas = [pa.Schema.from_pandas(read_records(frame)) for frame in frames]
    assert schemas[0].equals(schemas[1])


def test_a_failure_that_came_along_is_handed_on() -> None:
    failure = '{"document":"a.pdf","stage":"read","error":"ReadError","message":"a.pdf: damaged"}'
    frame = read_records(pd.DataFrame({"monograph": [None], "failure": [failure]}))
    assert by_message(frame["failure"]) == [json.loads(failure)]
    assert frame["document"][0] == "a.pdf"


_CELLS = st.none() | st.text(max_size=30) | st.integers() | st.floats() | st.booleans()


@settings(max_examples=30)
@given(
    st.lists(
        st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("id", "text", "title", "source"), _CELLS)
        ),
        max_size=4,
    )
)
def test_whatever_stands_in_a_row_it_has_one_answer(rows: list[dict[str, object]]) -> None:
    frame = read_records(pd.DataFrame(rows, columns=["id", "text", "title", "source"]))
    assert len(frame) == len(rows)
    assert (frame["record"].isna() != frame["failure"].isna()).all()
