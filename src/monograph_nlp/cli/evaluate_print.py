"""A result or a comparison on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from monograph_nlp.cli.console import console, print_line
from monograph_nlp.evaluate.tables import (
    Table,
    difference_tables,
    mistake_lists,
    score_tables,
    verdict,
)
from monograph_nlp.write.summary import printable

if TYPE_CHECKING:
    from monograph_nlp.evaluate.comparing import Comparison
    from monograph_nlp.evaluate.mistakes import Mistake
    from monograph_nlp.evaluate.result import Result


def print_result(result: Result) -> None:
    """Print the tables of a result, then its errors."""
    _print_notes(result.notes)
    _print_tables(score_tables(result))
    for title, mistakes in mistake_lists(result.mistakes):
        _print_mistakes(title, mistakes)
    number = len(result.documents)
    print_line(f"{number} documents; intervals over {result.rounds:,} samples of them")


def print_comparison(comparison: Comparison) -> None:
    """Print the tables of a comparison, and how many differences are more than chance."""
    _print_notes(comparison.notes)
    _print_tables(difference_tables(comparison))
    print_line(
        f"one: {printable(comparison.one)}, other: {printable(comparison.other)}; "
        f"{comparison.documents} documents. {verdict(comparison)}",
    )


def _print_notes(notes: Iterable[str]) -> None:
    for note in notes:
        print_line(f"note: {printable(note)}", to_stderr=True)


def _print_tables(tables: Iterable[Table]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    for table in tables:
        grid = Grid(title=table.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
        for place, column in enumerate(table.columns):
            side: Literal["left", "right"] = "right" if place else "left"
            grid.add_column(column, justify=side, no_wrap=True, min_width=_least(table, place))
        for row in table.rows:
            grid.add_row(*(Text(printable(cell)) for cell in row))
        console().print(grid)


def _least(table: Table, place: int) -> int | None:
    """Return how wide a column must be: names may be cut, figures never."""
    cells = (table.columns[place], *(row[place] for row in table.rows))
    return max(map(len, cells)) if place else None


def _print_mistakes(title: str, mistakes: Iterable[Mistake]) -> None:
    from rich.text import Text

    print_line(f"Errors, {title}", style="bold")
    for one in mistakes:
        times = f" ({one.times} times)" if one.times > 1 else ""
        said = f": {printable(one.said)}" if one.said else ""
        print_line(f"  {one.label} “{printable(one.text)}”{said}{times}; {printable(one.document)}")
        sentence = Text(f"    {one.before}", style="dim")
        sentence.append(one.text, style="bold not dim")
        sentence.append(one.behind)
        print_line(sentence)
