"""``monograph-nlp validate``: are the records of a file what the schema promises?"""

from __future__ import annotations

from collections.abc import Iterator
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
    records = problems = 0
    with complaining():
        for path in files:
            for number, line in _lines(path):
                records += 1
                for problem in _problems(line, text_dir):
                    problems += 1
                    _print(f"{path}:{number}", problem)
    typer.echo(f"{count(records, 'record')}, {count(problems, 'problem')}", err=True)
    raise typer.Exit(1 if problems else 0)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield number, line


def _problems(line: bytes, text_dir: Path | None) -> list[Problem]:
    import msgspec

    from monograph_nlp.errors import ReadError
    from monograph_nlp.export.texts import text_of
    from monograph_nlp.record.validate import Problem, problems

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
