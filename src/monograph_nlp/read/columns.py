"""Whether a file is a table that has the column of the texts."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from monograph_nlp.errors import ReadError
from monograph_nlp.read.source import Source

TITLE = "title"  # of the document, where a table has this column
_MAX_SHOWN = 30  # columns, and characters of a name, in a message


def check_columns(names: Sequence[str], column: str, where: str) -> None:
    """Raise ``ReadError`` where the column of the texts is missing; it lists those that there are."""
    if column in names:
        return
    shown = ", ".join(repr(name[:_MAX_SHOWN]) for name in names[:_MAX_SHOWN])
    lower = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(column.casefold(), lower, n=1)
    hint = f"; did you mean {lower[near[0]]!r}?" if near else ""
    raise ReadError(
        where,
        f"no column {column!r} (columns: {shown}{hint})",
        "a table with a header row and a column of texts",
        "Name the column that holds the texts (--text-column, or text_column in Python).",
    )


def not_a_table(source: Source, what: str) -> ReadError:
    """Return the error for a file that is no table at all."""
    return ReadError(
        source.name,
        f"not a table: {what}",
        f"a {source.suffix.removeprefix('.')} file with a header row",
        "Check the file, or give it the suffix of its content.",
    )
