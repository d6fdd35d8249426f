"""``monograph-nlp lexicon add`` and ``remove``: vocabularies of the user's own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.tally import count


class VocabularyKind(StrEnum):
    """What ``--kind`` takes."""

    MEDDRA = "meddra"
    RXNORM = "rxnorm"
    UMLS = "umls"
    TSV = "tsv"


def add(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="DIR_OR_FILE",
            help="Folder of the unpacked release (MedAscii, rrf, META), or the table (tsv).",
        ),
    ],
    kind: Annotated[VocabularyKind, typer.Option(help="What it is.")],
    name: Annotated[
        str | None,
        typer.Option(help="What to call it (otherwise as its kind); one of that name is replaced."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(help="Language of the names to take from RxNorm or UMLS (otherwise ENG)."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Source (SAB) of the names to take from UMLS; may be given repeatedly."),
    ] = None,
) -> None:
    """Compile a vocabulary that you are licensed for into your cache; extraction then uses it."""
    from monograph_nlp.lexicon.licensed.adding import add as add_vocabulary

    with complaining():
        added = add_vocabulary(
            kind.value, path, name=name, language=language, vocabularies=tuple(source or ())
        )
        for reason, number in sorted(added.left_out.items()):
            typer.echo(f"Left out: {number:,} {reason}.", err=True)
        done = "replaced" if added.replaced else "added"
        counts = f"{count(added.concepts, 'concept')}, {count(added.names, 'name')}"
        typer.echo(f"{added.name} {done}: {counts} → {added.path}")
        typer.echo("It holds what is licensed to you: do not share it.")


def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it was called when added.")],
) -> None:
    """Delete a vocabulary that was added."""
    from monograph_nlp.lexicon.cache import remove as remove_vocabulary

    with complaining():
        typer.echo(f"{name} removed from {remove_vocabulary(name).parent}")
