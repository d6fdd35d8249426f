"""Records → a folder of CSV files that a spreadsheet opens without running anything in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from monograph_nlp.errors import RecordError
from monograph_nlp.types import Record
from monograph_nlp.write.folder import Append, write_folder

if TYPE_CHECKING:
    import pandas as pd

# OWASP, "CSV injection": a cell that begins with one of these may be run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(
    records: Iterable[Record],
    folder: str | Path,
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> int:
    """Write one UTF-8 CSV file a table and return how many records there were.

    A text cell that a spreadsheet could take for a formula (it begins with ``=``, ``+``, ``-``,
    ``@``, a tab or a line break) is written with an apostrophe before it; numbers stay as they
    are. JSONL and Parquet hold the exact text. The arguments are those of ``write``.
    """
    return write_folder(records, folder, "csv", _opened, on_error=on_error, on_record=on_record)


@contextmanager
def _opened(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    with path.open("w", encoding="utf-8", newline="") as stream:

        def append(frame: pd.DataFrame, header: bool = False) -> None:
            _harmless(frame).to_csv(stream, index=False, header=header, lineterminator="\n")

        append(empty, header=True)
        yield append


def _harmless(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [str(name) for name, dtype in frame.dtypes.items() if dtype == "string"]
    return frame.assign(**{name: _guarded(frame[name]) for name in texts})


def _guarded(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.mask(texts.str.startswith(_FORMULA, na=False), "'" + texts)
