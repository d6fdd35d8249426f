"""The command line: one file a command; everything heavy is imported inside the command."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from monograph_nlp import __version__
from monograph_nlp.cli.batch import batch
from monograph_nlp.cli.diff import diff
from monograph_nlp.cli.doctor import doctor
from monograph_nlp.cli.evaluate import evaluate
from monograph_nlp.cli.export import export
from monograph_nlp.cli.extract import extract
from monograph_nlp.cli.lexicon import lexicon
from monograph_nlp.cli.load import load
from monograph_nlp.cli.rules import rules
from monograph_nlp.cli.schema import schema
from monograph_nlp.cli.validate import validate

__all__ = ["app", "main"]

app = typer.Typer(
    name="monograph-nlp",
    help="Read drug monographs, and write down what they say as records with evidence.",
    epilog="Example: monograph-nlp extract leaflets/ -o records.jsonl --summary",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(epilog="Example: monograph-nlp extract label.xml leaflets/ -o records.jsonl --summary")(
    extract
)
app.command(epilog="Example: monograph-nlp batch leaflets/ labels.zip --out corpus-out")(batch)
app.command(epilog="Example: monograph-nlp load records.jsonl --to sqlite:///records.db")(load)
app.command(epilog="Example: monograph-nlp export records.jsonl --to kgx -o graph")(export)
app.command(
    epilog="Example: monograph-nlp evaluate gold/ records.jsonl --errors 5 --html page.html"
)(evaluate)
app.command(epilog="Example: monograph-nlp diff label-2023.xml label-2024.xml --html page.html")(
    diff
)
app.command(epilog="Example: monograph-nlp validate records.jsonl --text-dir texts/")(validate)
app.command(epilog="Example: monograph-nlp schema --version 1.0 > record.json")(schema)
app.command(epilog="Example: monograph-nlp doctor --config my.cfg")(doctor)
app.add_typer(rules, name="rules", epilog="Example: monograph-nlp rules explain records.jsonl f12")
app.add_typer(lexicon, name="lexicon", epilog="Example: monograph-nlp lexicon search Xarelto")


def main() -> None:
    """Run the program: exit code 0 fine, 1 failures, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="monograph-nlp")
    finally:
        _flush()


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"monograph-nlp {__version__}")
        raise typer.Exit


def _flush() -> None:
    """Flush now, so that a reader that has gone away is no error when Python shuts down."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
