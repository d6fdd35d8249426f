"""Tables as lines of text: one line a row, cells between bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A span beyond this is a mistake or an attack; browsers cut at 1,000.
_MAX_COLUMN_SPAN = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and over how many rows and columns it reaches."""

    text: str
    row_span: int = 1
    column_span: int = 1


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return one line for each row that says something, its cells joined by ``" | "``.

    A cell that spans rows is repeated in each, since a header governs them all; one that spans
    columns is written once, and its further columns are empty, so that columns stay in line.
    The only cell of a row (a title, a footnote under the table) is written without bars.

    >>> table_lines([[Cell("Skin", row_span=2), Cell("rash")], [Cell("itch")]])
    ['Skin | rash', 'Skin | itch']
    """
    carried: dict[int, tuple[int, str]] = {}
    lines = []
    for row in rows:
        alone = len(row) == 1 and not carried
        cells = _placed(row, carried)
        if any(cells):
            lines.append(cells[0] if alone else " | ".join(cells))
    return lines


def _placed(row: Sequence[Cell], carried: dict[int, tuple[int, str]]) -> list[str]:
    cells: list[str] = []
    fresh: dict[int, tuple[int, str]] = {}
    for cell in row:
        _repeat(cells, carried)
        for offset in range(min(max(cell.column_span, 1), _MAX_COLUMN_SPAN)):
            text = cell.text if offset == 0 else ""
            if cell.row_span > 1:
                fresh[len(cells)] = (cell.row_span - 1, text)
            cells.append(text)
    while any(column >= len(cells) for column in carried):
        if len(cells) not in carried:
            cells.append("")
        _repeat(cells, carried)
    carried.update(fresh)
    return cells


def _repeat(cells: list[str], carried: dict[int, tuple[int, str]]) -> None:
    """Append the cells that reach down from the rows above into the next columns."""
    while len(cells) in carried:
        column = len(cells)
        rows_left, text = carried.pop(column)
        cells.append(text)
        if rows_left > 1:
            carried[column] = (rows_left - 1, text)
