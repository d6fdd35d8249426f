"""``monograph-nlp rules add``: a row of one's own, checked on its example before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.tally import count


def add(
    to: Annotated[
        Path, typer.Option(dir_okay=False, help="File of your own rows (.jsonl); made if need be.")
    ],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            exists=True,
            dir_okay=False,
            help="Spreadsheet (.csv, .tsv) with a row a line: id, predicate, object, trigger, direction, "
            "example, counterexample, and any other column of the table.",
        ),
    ] = None,
    id: Annotated[str | None, typer.Option(help="Name of the row, such as our-target-is.")] = None,
    predicate: Annotated[str | None, typer.Option(help="What it states: has_target, …")] = None,
    object: Annotated[str | None, typer.Option(help="Labels of the object, parted by |.")] = None,
    trigger: Annotated[
        str | None, typer.Option(help="Regular expression; {subject} is the drug.")
    ] = None,
    direction: Annotated[
        str, typer.Option(help="Where the object stands: after, before, around, unit, header.")
    ] = "after",
    sections: Annotated[
        str | None, typer.Option(help="Sections that it holds in, parted by |.")
    ] = None,
    example: Annotated[
        str | None, typer.Option(help="A sentence with {the drug} and <o>the object</o>.")
    ] = None,
    counterexample: Annotated[
        str | None, typer.Option(help="A sentence with marks that the row must leave alone.")
    ] = None,
) -> None:
    """Add rows that state facts to a file of your own; each must do what its example says."""
    from monograph_nlp.rulebook.adding import add_rows, read_sheet

    given = {
        "id": id,
        "predicate": predicate,
        "object": object,
        "trigger": trigger,
        "direction": direction,
        "sections": sections,
        "example": example,
        "counterexample": counterexample,
    }
    with complaining():
        rows: list[dict[str, Any]] = (
            read_sheet(source)
            if source
            else [{key: value for key, value in given.items() if value}]
        )
        added = add_rows(to, rows)
    typer.echo(f"{count(added, 'row')} added → {to}")
    typer.echo("To use it, give --config a file with these lines:\n")
    typer.echo(f'[components.relations]\nmore = "{to.resolve().as_posix()}"')
