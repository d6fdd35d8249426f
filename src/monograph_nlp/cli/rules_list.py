"""``monograph-nlp rules list``: the tables, or the rows of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.tally import count

if TYPE_CHECKING:
    from monograph_nlp.rules import Row

_NAMES = ("id", "literal", "name", "heading", "label", "pattern", "cue")
_WIDEST = 100  # characters of a line


def list_rules(
    table: Annotated[
        str | None,
        typer.Argument(metavar="TABLE", help="One of the tables; all of them where not given."),
    ] = None,
    predicate: Annotated[
        str | None, typer.Option(help="Only the rows that state this predicate.")
    ] = None,
) -> None:
    """List the tables of rules with their numbers of rows, or the rows of one with their examples."""
    with complaining():
        if table is None and predicate is None:
            _tables()
        else:
            _rows(table or "relations.jsonl", predicate)


def _tables() -> None:
    from monograph_nlp.rulebook.reading import read_any
    from monograph_nlp.rules import tables

    for name in tables():
        typer.echo(f"{len(read_any(name)):6,}  {name}")


def _rows(table: str, predicate: str | None) -> None:
    from monograph_nlp.rulebook.reading import read_any

    shown = 0
    for row in read_any(table):
        if predicate in (None, row.text("predicate")):
            shown += 1
            typer.echo(f"{row.where.removeprefix('rules/')}  {_short(_name(row))}")
            if row.text("example"):
                typer.echo(f"    {_short(row.text('example'))}")
    typer.echo(count(shown, "row"))


def _name(row: Row) -> str:
    """Return what a row is called in its table, and what it states, where it is one of facts."""
    name = next((row.text(key) for key in _NAMES if row.text(key)), "")
    states = f"  {row.text('predicate')} → {'|'.join(row.texts('object'))}"
    return name + (states if row.text("predicate") else "")


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
