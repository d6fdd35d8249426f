"""``monograph-nlp schema``: the public contract, as a file."""

from __future__ import annotations

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complaining


def schema(version: options.SchemaVersion = None) -> None:
    """Print the JSON Schema (draft 2020-12) that every record is valid against."""
    from monograph_nlp.record.validate import VERSION, schema_text

    with complaining():
        typer.echo(schema_text(version or VERSION), nl=False)
