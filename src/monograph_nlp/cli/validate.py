"""``monograph-nlp validate``: are the records of a file what the schema promises?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.tally import count

if TYPE_CHECKING:
    from monograph_nlp.record.validate import Problem


def validate(files: options.Records, text_dir: options.TextDir = None) -> None:
    """Check records line by line, and print each problem as file:line: JSON path: message."""
    from monograph_nlp.write.stored import stored_lines

    records = problems = 0
    with complaining():
        for path in files:
            for where, line in stored_lines(path):
                records += 1
                for problem in _problems(line, text_dir):
                    problems += 1
                    _print(where, problem)
    typer.echo(f"{count(records, 'record')}, {count(problems, 'problem')}", err=True)
    raise typer.Exit(1 if problems else 0)


def _problems(line: bytes | None, text_dir: Path | None) -> list[Problem]:
    import msgspec

    from monograph_nlp.errors import ReadError
    from monograph_nlp.export.texts import text_of
    from monograph_nlp.record.validate import Problem, problems

    if line is None:
        return [Problem("$", "the line is longer than any record", None)]
    try:
        record = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return [Problem("$", f"not JSON: {error}", None)]
    found = problems(record)
    if found or text_dir is None:
        return found
    name = record["document"]["id"]
    try:
        return problems(record, text_of(name, text_dir))
    except ReadError as error:
        return [Problem("$.document.id", str(error), name)]


def _print(where: str, problem: Problem) -> None:
    from monograph_nlp.write.summary import printable

    typer.echo(f"{where}: {problem.path}: {printable(problem.message)}")
