"""``monograph-nlp batch``: a whole corpus → one folder, and every night what is new in it."""

from __future__ import annotations

import glob as globbing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.batch_progress import BatchProgress
from monograph_nlp.cli.complain import complain, complaining
from monograph_nlp.cli.tally import count

if TYPE_CHECKING:
    from monograph_nlp.batch import Counts, Settings
    from monograph_nlp.errors import MonographError

Corpus = Annotated[
    list[str],
    typer.Argument(
        metavar="IN",
        help="Files, folders, archives (.zip, .tar, .tar.gz …), and patterns such as 'labels/**/*.xml'.",
    ),
]
Out = Annotated[
    Path,
    typer.Option(
        "--out",
        "-o",
        metavar="DIR",
        file_okay=False,
        help="Folder for records.jsonl, failures.jsonl and manifest.json; "
        "the same one again does only what is new or changed.",
    ),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes at work at a time (otherwise one a core).")
]
Timeout = Annotated[float, typer.Option(min=0.1, help="Seconds that one document may take.")]
MaxCharacters = Annotated[
    int, typer.Option(min=1, help="Characters that one document may have; a longer one fails.")
]
MaxMemory = Annotated[
    int,
    typer.Option(min=1, help="MiB that a worker may hold between documents before it is replaced."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first document that fails.")]


def batch(
    inputs: Corpus,
    out: Out,
    workers: Workers = None,
    timeout: Timeout = 300.0,
    max_characters: MaxCharacters = 2_000_000,
    max_memory: MaxMemory = 1024,
    strict: Strict = False,
    config: options.Config = None,
    profile: options.Profile = None,
    text_column: options.TextColumn = "text",
    id_column: options.IdColumn = "id",
    with_text: options.WithText = False,
    quiet: options.Quiet = False,
) -> None:
    """Extract a whole corpus with several workers; go on where an earlier run stopped.

    A document that fails is a row of failures.jsonl; the others go on, and the exit code is 1.
    """
    from monograph_nlp.batch import Settings

    settings = Settings(
        config=str(config) if config else None,
        profile=profile.value if profile else None,
        with_text=with_text,
        text_column=text_column,
        id_column=id_column,
        max_characters=max_characters,
        max_memory=max_memory << 20,
    )
    paths, errors = _files(inputs, out)
    for error in errors:
        complain(error)
    if errors and (strict or not paths):
        raise typer.Exit(1)
    with complaining():
        counts = _run(paths, out, settings, (workers, timeout, strict), quiet=quiet)
    if not quiet:
        typer.echo(_line(counts, out))
    raise typer.Exit(1 if counts.failures or errors else 0)


def _run(
    paths: list[Path],
    out: Path,
    settings: Settings,
    limits: tuple[int | None, float, bool],
    *,
    quiet: bool,
) -> Counts:
    from monograph_nlp.batch import run

    workers, seconds, strict = limits
    try:
        with BatchProgress(enabled=not quiet) as progress:
            return run(
                paths,
                out,
                settings=settings,
                workers=workers,
                seconds=seconds,
                strict=strict,
                on_step=progress.step,
            )
    except KeyboardInterrupt:
        typer.echo("monograph-nlp: interrupted; the same command goes on from here", err=True)
        raise typer.Exit(130) from None


def _files(inputs: list[str], out: Path) -> tuple[list[Path], list[MonographError]]:
    """Return the files that the inputs stand for, and an error for each input that gives none."""
    from monograph_nlp.read import SUFFIXES
    from monograph_nlp.read.archives import ARCHIVES
    from monograph_nlp.read.inputs import expand, is_output

    named: list[Path] = []
    for given in inputs:
        is_pattern = globbing.has_magic(given) and not Path(given).exists()
        found = map(Path, sorted(globbing.glob(given, recursive=True)) if is_pattern else [])
        matched = [path for path in found if not is_output(path, out)]
        named += matched or [Path(given)]
        if not is_pattern and is_output(Path(given), out):
            raise typer.BadParameter(
                f"{given} lies in the folder of an earlier run, {out}; name another",
                param_hint="--out",
            )
    return expand(named, (*SUFFIXES, *ARCHIVES), out)


def _line(counts: Counts, out: Path) -> str:
    failed = f"; {count(counts.failures, 'failure')} → {out / 'failures.jsonl'}"
    return (
        f"{count(counts.records, 'record')} of {count(counts.inputs, 'input')} → "
        f"{out / 'records.jsonl'}{failed if counts.failures else ''}"
    )
