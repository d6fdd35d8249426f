"""A flat table as HTML for a notebook: whole words, no empty columns, every cell escaped.

pandas cuts words after fifty characters and shows columns that hold nothing; a fact is neither
readable nor checkable that way.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_EDGE = "1px solid rgba(128,128,128,.35)"
_TABLE = (
    '<div style="max-height:42em;overflow:auto"><p style="margin:.2em 0">{caption}</p>'
    '<table cellpadding="4" style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
    "<tbody>{rows}</tbody></table></div>"
)
_ROW = f'<tr style="border-top:{_EDGE};vertical-align:top">'
_WORDS = '<div style="text-align:left;max-width:28em;white-space:normal">{}</div>'


def frame_html(frame: pd.DataFrame, most: int = 100) -> str:
    """Return the first rows of a frame, without the columns that hold nothing in any row.

    In a table of facts, the words of the object are bold where the evidence holds them.

    Args:
        frame: any frame, such as one of ``to_frame``.
        most: rows to show; the caption says how many there are.
    """
    full = frame.dropna(axis="columns", how="all") if len(frame) else frame
    rows = full.head(most).to_dict("records")
    count = f"{len(frame):,} {'row' if len(frame) == 1 else 'rows'}"
    return _TABLE.format(
        caption=count if len(rows) == len(frame) else f"The first {len(rows):,} of {count}",
        head="".join(
            f'<th style="text-align:left">{escape(str(name))}</th>' for name in full.columns
        ),
        rows="".join(f"{_ROW}{''.join(_cells(row))}</tr>" for row in rows),
    )


def _cells(row: dict[object, object]) -> Iterator[str]:
    for name, value in row.items():
        if isinstance(value, str):
            words = escape(value)
            if name == "evidence_text" and isinstance(row.get("object_text"), str):
                words = _emphasized(words, escape(str(row["object_text"])))
            yield f"<td>{_WORDS.format(words)}</td>"
        else:
            yield f"<td>{_plain(value)}</td>"


def _emphasized(words: str, part: str) -> str:
    """The escaped words, with the first place of an escaped part of them bold."""
    before, found, after = words.partition(part)
    return f"{before}<b>{found}</b>{after}" if found else words


def _plain(value: object) -> str:
    """A number or truth; nothing where it is missing."""
    if value is None or str(value) in ("nan", "<NA>", "NaT"):  # pandas has as many for nothing
        return ""
    return escape(f"{value:.3g}" if isinstance(value, float) else str(value))
