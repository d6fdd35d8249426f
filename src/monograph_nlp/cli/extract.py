"""``monograph-nlp extract``: documents → records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.options import OutputFormat
from monograph_nlp.cli.progress import Progress
from monograph_nlp.cli.tally import Tally
from monograph_nlp.errors import ReadError
from monograph_nlp.read.inputs import expand, is_output

if TYPE_CHECKING:
    from monograph_nlp.types import Monograph, Record


_STDOUT = "-"
_WIDTH = 100  # columns of the summary where standard output is no terminal


class _NothingExtractedError(Exception):
    """Stops the writer before it replaces an older file with an empty one."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What the user asked for."""

    paths: list[Path]
    target: str
    format: OutputFormat
    config: Path | None
    profile: str | None
    text_column: str
    id_column: str
    with_text: bool
    summary: bool
    quiet: bool


def extract(
    inputs: options.Inputs,
    output: options.Output = None,
    format: options.Format = OutputFormat.JSONL,
    config: options.Config = None,
    profile: options.Profile = None,
    text_column: options.TextColumn = "text",
    id_column: options.IdColumn = "id",
    with_text: options.WithText = False,
    summary: options.Summary = False,
    quiet: options.Quiet = False,
) -> None:
    """Read drug monographs and write one validated record for each.

    An input that fails is told on standard error; the others go on, and the exit code is 1.
    """
    from monograph_nlp.read import SUFFIXES

    target = output or ("records.jsonl" if format is OutputFormat.JSONL else "records")
    _check_target(target, format, inputs)
    paths, errors = expand(inputs, SUFFIXES, None if target == _STDOUT else Path(target))
    job = _Job(
        paths, target, format, config, profile, text_column, id_column, with_text, summary, quiet
    )
    tally = Tally()
    for error in errors:
        tally.fail(error)
    with complaining():
        _run(job, tally)
    if not quiet:
        typer.echo(tally.line(target), err=target == _STDOUT or not tally.documents)
    raise typer.Exit(1 if tally.failures else 0)


def _check_target(target: str, format: OutputFormat, inputs: list[Path]) -> None:
    """Refuse, before anything is read, an output that cannot be or that would destroy an input."""
    path, is_file = Path(target), format is OutputFormat.JSONL
    if target == _STDOUT and not is_file:
        _refuse(f"{format} cannot be printed; name a folder")
    elif target != _STDOUT and is_file and path.is_dir():
        _refuse(f"{target} is a folder; name a file, or another --format")
    elif target != _STDOUT and not is_file and path.exists() and not path.is_dir():
        _refuse(f"{target} is a file; name a folder, or another --format")
    elif target != _STDOUT and any(is_output(given, path) for given in inputs):
        _refuse(f"{target} is also an input; name another")


def _refuse(message: str) -> NoReturn:
    raise typer.BadParameter(message, param_hint="--output")


def _run(job: _Job, tally: Tally) -> None:
    from monograph_nlp.pipeline import load, run

    with Progress(len(job.paths), enabled=not (job.quiet or job.summary)) as progress:

        def on_record(record: Record) -> None:
            tally.add(record)
            progress.document()
            if job.summary:
                _print_summary(record, to_stderr=job.target == _STDOUT)

        nlp = load(job.config, profile=job.profile)
        monographs = _monographs(progress.over(job.paths), job, tally)
        records = run(nlp, monographs, on_error=tally.fail, with_text=job.with_text)
        try:
            _write(_some(records, tally), job, tally, on_record)
        except _NothingExtractedError:
            return


def _monographs(paths: Iterable[Path], job: _Job, tally: Tally) -> Iterator[Monograph]:
    from monograph_nlp.read import read

    for path in paths:
        try:
            yield from read(
                path,
                text_column=job.text_column,
                id_column=job.id_column,
                on_error=tally.fail,
            )
        except (ReadError, OSError) as error:
            tally.fail(error)


def _some(records: Iterable[Record], tally: Tally) -> Iterator[Record]:
    yield from records
    if not tally.documents:
        raise _NothingExtractedError


def _write(
    records: Iterable[Record], job: _Job, tally: Tally, on_record: Callable[[Record], None]
) -> None:
    from monograph_nlp.write import write
    from monograph_nlp.write.jsonl import write_lines

    if job.target == _STDOUT:
        write_lines(records, sys.stdout.buffer, on_error=tally.fail, on_record=on_record)
    else:
        write(records, job.target, job.format.value, on_error=tally.fail, on_record=on_record)


def _print_summary(record: Record, *, to_stderr: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    from monograph_nlp.write.summary import summary

    console = Console(stderr=to_stderr, soft_wrap=True, highlight=False)
    width = console.width if console.is_terminal else _WIDTH
    page = Text(summary(record, width=width))  # a Text is never read as rich's markup
    page.highlight_regex(r"(?m)^ {0,2}\S.*$", "bold")
    console.print(page, end="\n\n")
