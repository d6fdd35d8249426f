"""A record on the screen: marked text and a table of facts in a notebook, plain lines elsewhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monograph_nlp.errors import MonographError
from monograph_nlp.types import Record
from monograph_nlp.write.html import record_html
from monograph_nlp.write.summary import summary

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class View:
    """What a notebook shows, as HTML; everything from the document is escaped."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show(record: Record | pd.DataFrame, text: str | None = None) -> View | None:
    """Return a view that a notebook displays; elsewhere print the summary of a record, or the frame.

    Args:
        record: a record, or one of its flat tables, whose words are then shown whole.
        text: ``Monograph.text``; the record's own ``text`` where it is not given.

    Raises:
        MonographError: neither holds the text, or the text is not the record's.
    """
    if not isinstance(record, Record):
        return _show_frame(record)
    if not _in_notebook():
        sys.stdout.write(summary(record) + "\n")
        return None
    return View(record_html(record, _text_of(record, text)))


def _show_frame(frame: pd.DataFrame) -> View | None:
    if not _in_notebook():
        sys.stdout.write(f"{frame}\n")
        return None
    from monograph_nlp.write.frame_html import frame_html

    return View(frame_html(frame))


def _text_of(record: Record, text: str | None) -> str:
    text = record.text if text is None else text
    if text is None:
        raise MonographError(
            f"record {record.id}: it does not hold its text; expected the text to mark it. "
            "Pass it as show(record, text), or extract with with_text=True."
        )
    if len(text) != record.document.characters:
        raise MonographError(
            f"record {record.id}: the text has {len(text)} characters; expected "
            f"{record.document.characters}. Pass the text as the reader saw it."
        )
    return text


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and "IPKernelApp" in shell.config
