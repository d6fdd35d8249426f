"""``monograph-nlp rules check``: every row is well formed, and does what its example says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli.complain import complain, complaining
from monograph_nlp.cli.tally import count

if TYPE_CHECKING:
    from monograph_nlp.rules import Row


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Rows of your own (.jsonl), beside those of the package.",
        ),
    ] = None,
) -> None:
    """Check the rules of the package and your own; each row of facts is run on its own example.

    The exit code is 1 where a row is wrong; each is told with its file and line.
    """
    from monograph_nlp.rulebook.reading import read_any
    from monograph_nlp.rules import tables

    wrong = 0
    with complaining():
        total = sum(len(read_any(name)) for name in tables())
        for row, fault in _faults([path.resolve() for path in files or ()]):
            wrong += 1
            complain(f"{row.where}: {row.text('id')}: {fault}")
    if wrong:
        raise typer.Exit(1)
    typer.echo(
        f"{count(total, 'row')} of the package and {count(len(files or ()), 'file')} checked: sound"
    )


def _faults(own: list[Path]) -> Iterator[tuple[Row, str]]:
    from monograph_nlp.rulebook.trying import fault_of
    from monograph_nlp.text.relation_rules import TABLE, read_rows, read_rules

    for table in ("", *map(str, own)):
        read_rules(TABLE, table)  # no two rows of one id
        for row in read_rows(table or TABLE):
            if fault := fault_of(row):
                yield row, fault
