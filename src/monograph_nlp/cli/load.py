"""``monograph-nlp load``: records → a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complain, complaining
from monograph_nlp.cli.progress import Progress
from monograph_nlp.cli.tally import Tally, count

if TYPE_CHECKING:
    from monograph_nlp.write.database import Loaded


@dataclass(slots=True)
class _Run:
    """What has been committed so far, and what failed."""

    done: Loaded | None = None
    tally: Tally = field(default_factory=Tally)

    def line(self, url: str) -> str:
        """Return the last line of a run."""
        failed = f"; {count(self.tally.failures, 'input')} failed" if self.tally.failures else ""
        if self.done is None:
            return f"Nothing was loaded{failed}."
        parts = [("new", self.done.new), ("replaced", self.done.replaced)]
        parts.append(("unchanged", self.done.unchanged))
        told = ", ".join(f"{number:,} {name}" for name, number in parts if number)
        return f"{count(self.done.documents, 'document')} ({told}) → {url}{failed}"


def load(
    records: options.RecordInputs,
    to: options.Database,
    batch: options.Batch = 100,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
) -> None:
    """Bring records into the tables of a database; loading the same again changes nothing.

    A line that is no record is told on standard error; the others go on, and the exit code is 1.
    """
    run = _Run()
    with complaining():
        from monograph_nlp.write.database_url import parse, shown

        url = shown(parse(to))
    try:
        with complaining():
            _load(records, to, batch, strict, quiet, run)
    finally:
        if run.done is not None and run.done.clashes:
            complain(_clashes(run.done.clashes))
        if not quiet:
            typer.echo(run.line(url), err=run.done is None)
    raise typer.Exit(1 if run.tally.failures else 0)


def _load(
    records: options.RecordInputs, to: str, batch: int, strict: bool, quiet: bool, run: _Run
) -> None:
    from monograph_nlp.write.database import load_files

    with Progress(len(records), enabled=not quiet) as progress:

        def on_batch(done: Loaded) -> None:
            for _ in range(done.documents - (run.done.documents if run.done else 0)):
                progress.document()
            run.done = done

        load_files(
            progress.over(records),
            to,
            batch=batch,
            on_error=None if strict else run.tally.fail,
            on_batch=on_batch,
        )


def _clashes(number: int) -> str:
    return (
        f"{count(number, 'document')} replaced another of the same id and source; expected "
        "each document to have a name of its own. Give them ids, and extract and load them again."
    )
