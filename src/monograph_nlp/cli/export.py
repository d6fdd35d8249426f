"""``monograph-nlp export``: records → the files of other systems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complain, complaining
from monograph_nlp.cli.options import ExportFormat
from monograph_nlp.cli.progress import Progress
from monograph_nlp.cli.tally import count

if TYPE_CHECKING:
    from monograph_nlp.errors import ReadError
    from monograph_nlp.export import Outcome
    from monograph_nlp.types import Record


def export(
    records: options.RecordInputs,
    to: options.To,
    output: options.ExportOutput,
    text_dir: options.ExportTextDir = None,
    quiet: options.Quiet = False,
) -> None:
    """Write records in the form of another system: a graph, FHIR, brat or PubTator.

    A record that fails is told on standard error; the others go on, and the exit code is 1.
    """
    from monograph_nlp.export import STDOUT
    from monograph_nlp.export import export as write

    _check_target(output, to, records)
    failures: list[ReadError] = []

    def fail(error: ReadError) -> None:
        failures.append(error)
        complain(error)

    with complaining(), Progress(len(records), enabled=not quiet) as progress:
        found = _records(records, text_dir, progress, fail)
        outcome = write(found, output, to.value, on_error=fail)
    if not quiet:
        for line in _lines(outcome, output):
            typer.echo(line, err=output == STDOUT or not outcome.records)
    raise typer.Exit(1 if failures else 0)


def _records(
    paths: list[Path], text_dir: Path | None, progress: Progress, fail: Callable[[ReadError], None]
) -> Iterator[Record]:
    from monograph_nlp.export.texts import with_text
    from monograph_nlp.write.stored import read_lines, record_of

    def made(line: bytes, where: str) -> Record:
        record = record_of(line, where)
        return record if text_dir is None else with_text(record, text_dir)

    for record in read_lines(progress.over(paths), made, fail):
        yield record
        progress.document()


def _check_target(output: Path, to: ExportFormat, records: list[Path]) -> None:
    """Refuse, before anything is read, an output that cannot be or that would destroy an input."""
    from monograph_nlp.export import FOLDERS, STDOUT

    is_folder = to.value in FOLDERS
    if output == STDOUT:
        if is_folder:
            _refuse(f"{to} cannot be printed; name a folder")
    elif is_folder and output.exists() and not output.is_dir():
        _refuse(f"{output} is a file; name a folder for {to}")
    elif not is_folder and output.is_dir():
        _refuse(f"{output} is a folder; name a file for {to}")
    elif not is_folder and any(_is_same(given, output) for given in records):
        _refuse(f"{output} is also an input; name another")


def _is_same(given: Path, output: Path) -> bool:
    from monograph_nlp.write.stored import NAMES

    inside = [(given / name).resolve() for name in NAMES]
    return output.resolve() in (given.resolve(), *inside)


def _refuse(message: str) -> NoReturn:
    raise typer.BadParameter(message, param_hint="--output")


def _lines(outcome: Outcome, output: Path) -> Iterator[str]:
    """Say how much was written and where it lies, and what was left out and why."""
    if not outcome.records:
        yield f"Nothing was exported, so {output} was not written."
        return
    made = ", ".join(count(number, noun) for noun, number in outcome.made.items() if number)
    share = f", {outcome.exported / outcome.facts:.0%}" if outcome.facts else ""
    facts = f"{outcome.exported:,} of {count(outcome.facts, 'fact')}{share}"
    yield f"{count(outcome.records, 'record')} ({facts}): {made or 'nothing'} → {output}"
    reasons = [f"{number:,} for {reason}" for reason, number in outcome.left_out.most_common()]
    if reasons:
        yield f"Left out: {'; '.join(reasons)}."
