"""A data frame of documents → a data frame of records: what a worker of any cluster runs.

One row of each is one document. The first frame has a row's text and id (columns as ``Settings`` names
them), and, where it has the columns, its ``title`` and its ``source``, or, from ``packed``, the
``monograph`` as a reader made it, or the ``failure`` of reading it. The second has ``COLUMNS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from monograph_nlp.batch.failing import failure_of
from monograph_nlp.batch.messages import Answer, Failure, Request, Settings
from monograph_nlp.batch.naming import ids
from monograph_nlp.batch.process import WorkerProcess
from monograph_nlp.batch.work import Worker
from monograph_nlp.errors import ReadError
from monograph_nlp.read.columns import TITLE, check_columns
from monograph_nlp.read.tables import document_of
from monograph_nlp.types import Monograph

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "document": "string",  # its id; of a row that gave no document, its source, where it has one
    "record": "string",  # the record's line of JSON; missing where the document failed
    "failure": "string",  # a ``Failure`` as JSON; missing where there is a record
    "record_id": "string",
    "words": "int64",  # that were read, by white space
    "facts": "int64",  # that were found
}
"""The columns of a frame of records, and their types in pandas."""

_STEP = 16  # documents whose records are in memory at a time
_SOURCE, _MONOGRAPH, _FAILURE = "source", "monograph", "failure"


def records(
    frame: pd.DataFrame, settings: Settings | None = None, seconds: float | None = None
) -> pd.DataFrame:
    """Return the records of a frame's documents, a row for each row, in their order.

    The pipeline is loaded once a process. A document that fails is a row with a failure.

    Args:
        frame: the documents.
        settings: how they are read; the columns that they name are looked for.
        seconds: that one document may take. Where they are given, a process beside this one reads, and a
            document that takes longer, or kills it twice, fails alone; otherwise this process reads.

    Raises:
        ReadError: the frame has neither texts nor monographs.
        ConfigError: the settings name what does not exist.
        WorkerError: the process beside cannot be started.
    """
    import pandas as pd

    chosen = settings or Settings()
    names = [str(name) for name in frame.columns]
    if _MONOGRAPH not in names:
        check_columns(names, chosen.text_column, "data frame")
    ask = loaded(chosen, seconds)
    rows = [_answered(ask, _document(row, chosen)) for row in _rows(frame, chosen)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def records_of_each(
    frames: Iterable[pd.DataFrame],
    settings: Settings | None = None,
    seconds: float | None = None,
) -> Iterator[pd.DataFrame]:
    """Yield the records of many frames, few documents at a time, so that memory stays flat."""
    for frame in frames:
        for begin in range(0, max(len(frame), 1), _STEP):
            yield records(frame.iloc[begin : begin + _STEP], settings, seconds)


@cache
def loaded(settings: Settings, seconds: float | None = None) -> Callable[[Request], Answer]:
    """Return what answers in this process for the settings; the first call loads its pipeline."""
    return Worker(settings).answer if seconds is None else WorkerProcess(settings, seconds).ask


def _rows(frame: pd.DataFrame, settings: Settings) -> Iterator[Mapping[str, object]]:
    """Yield the cells that count, with ``None`` for what pandas has as missing in its many ways."""
    known = (settings.text_column, settings.id_column, TITLE, _SOURCE, _MONOGRAPH, _FAILURE)
    names = [name for name in dict.fromkeys(known) if name in frame.columns]
    held = frame[names].astype(object)
    for cells in held.where(held.notna(), None).itertuples(index=False, name=None):
        row = dict(zip(names, cells, strict=True))
        id = row.get(settings.id_column)
        if isinstance(id, float) and id.is_integer():
            row[settings.id_column] = int(id)  # pandas has 5 as 5.0 where a column misses some
        yield row


def _document(row: Mapping[str, object], settings: Settings) -> Monograph | Failure:
    if packed := row.get(_MONOGRAPH):
        return msgspec.json.decode(str(packed), type=Monograph)
    if failure := row.get(_FAILURE):
        return msgspec.json.decode(str(failure), type=Failure)
    id, source = (_text(row.get(name)) for name in (settings.id_column, _SOURCE))
    try:
        if not (id or source):
            raise _nameless(settings.id_column)
        return document_of(
            row,
            settings.text_column,
            settings.id_column,
            where=source or id,
            otherwise=_called(source),
            format="parquet",
        )
    except ReadError as error:
        return failure_of(error, id or source, "read")


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _called(source: str) -> str:
    """Return the id that a row without one has from its place: ``labels-3`` of ``labels.parquet#3``."""
    name, _, number = source.rpartition("#")
    return f"{ids([name])[0]}-{number}" if name and number.isdigit() else source


def _nameless(column: str) -> ReadError:
    return ReadError(
        "data frame",
        "a row with nothing to call it by",
        f"an id in column {column!r}, or the row's place in column {_SOURCE!r}",
        "Give the row an id; the others are still read.",
    )


def _answered(
    ask: Callable[[Request], Answer], document: Monograph | Failure
) -> tuple[object, ...]:
    """Return the cells of a document's row."""
    if isinstance(document, Failure):
        answer, id = Answer(failures=(document,)), document.document
    else:
        answer = ask(Request(document.source, document.id, monograph=document))
        id = document.id
    (line,) = answer.records or (None,)
    (record_id,) = answer.ids or (None,)
    failure = msgspec.json.encode(answer.failures[0]).decode() if answer.failures else None
    return id, line.decode() if line else None, failure, record_id, answer.words, answer.facts
