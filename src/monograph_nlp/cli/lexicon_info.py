"""``monograph-nlp lexicon info``: what the lexicon holds, where it is from, and what was added."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.lexicon_files import SOURCES, data_folder, lexicon_files
from monograph_nlp.errors import LexiconError

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from monograph_nlp.lexicon.artifact import Artifact

_MEGA = 1_000_000
_LICENCES = ("package", "version", "data_license", "share_alike")


def info() -> None:
    """Show version, size and contents of each lexicon file, and the licences of the sources."""
    from monograph_nlp.lexicon.artifact import open_artifact

    with complaining():
        artifacts = {path: open_artifact(path) for path in lexicon_files()}
        base = next(iter(artifacts.values()))
        _print_files(artifacts)
        _print_state(base)
        columns = ("names of", "kept", "find", "link only")
        _print_table(columns, _by_source(artifacts.values()))
        _print_table(("label", "concepts"), _by_label(artifacts.values()))
        _print_licences(_sources())
        _print_added(artifacts)


def _print_files(artifacts: dict[Path, Artifact]) -> None:
    columns = ("file", "version", "MB", "concepts", "names", "facts of")
    rows = [
        (
            path.name,
            artifact.version,
            f"{path.stat().st_size / _MEGA:.2f}",
            *(f"{artifact.header.counts[key]:,}" for key in ("terms", "names", "references")),
        )
        for path, artifact in artifacts.items()
    ]
    _print_table(columns, rows)


def _print_state(base: Artifact) -> None:
    """Say whether the curated tables and the spelling rules are those that were compiled."""
    from monograph_nlp.lexicon.spelling import spelling_digest
    from monograph_nlp.lexicon.terms import terms_digest

    compiled = {
        "curated tables": base.header.notes.get("terms") == terms_digest(),
        "spelling rules": base.header.spelling == spelling_digest(),
    }
    for what, is_current in compiled.items():
        state = "as compiled" if is_current else "changed since: run `monograph-nlp lexicon build`"
        typer.echo(f"{what}: {state}")


def _by_source(artifacts: Iterable[Artifact]) -> list[tuple[str, ...]]:
    """Count each source's names; one that several concepts bear counts for each."""
    import numpy as np

    from monograph_nlp.lexicon.planes import unpack_numbers
    from monograph_nlp.lexicon.postings import MOST_TERMS, unpack_posting

    finding: Counter[str] = Counter()
    linking: Counter[str] = Counter()
    for artifact in artifacts:
        # Without the number of the term a few hundred kinds of posting are left.
        packed = unpack_numbers(artifact.parts["postings"]) & ~np.uint32(MOST_TERMS - 1)
        for kind, number in zip(*np.unique(packed, return_counts=True), strict=True):
            posting = unpack_posting(int(kind))
            counts = finding if posting.is_spot else linking
            counts[artifact.header.sources[posting.source]] += int(number)
    both = finding + linking
    return [
        (name, f"{total:,}", f"{finding[name]:,}", f"{linking[name]:,}")
        for name, total in both.most_common()
    ]


def _by_label(artifacts: Iterable[Artifact]) -> list[tuple[str, str]]:
    """Count concepts; one that has several labels counts for each."""
    import numpy as np

    from monograph_nlp.lexicon.planes import unpack_numbers

    counts: Counter[str] = Counter()
    for artifact in artifacts:
        numbers = unpack_numbers(artifact.parts["labels"])
        for place, number in zip(*np.unique(numbers, return_counts=True), strict=True):
            counts.update(dict.fromkeys(artifact.header.labels[int(place)], int(number)))
    return [(label, f"{number:,}") for label, number in counts.most_common()]


def _print_licences(sources: Iterable[dict[str, str]]) -> None:
    """Print each licence of data, and the packages that hold such data."""
    packages: dict[str, dict[str, None]] = {}
    for row in sources:
        for licence in row["data_license"].split("; "):
            shared = " (share-alike: in its own file)" if row["share_alike"] == "yes" else ""
            packages.setdefault(licence + shared, {})[f"{row['package']} {row['version']}"] = None
    typer.echo("Data, its licence, and the packages that it was read from:")
    for licence, names in packages.items():
        typer.echo(f"  {licence}; {', '.join(names)}")
    typer.echo()


def _sources() -> list[dict[str, str]]:
    path = data_folder() / SOURCES
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [{column: row[column] for column in _LICENCES} for row in rows]
    except (OSError, KeyError) as cause:
        raise LexiconError(
            f"{path}: the table of sources cannot be read ({cause}); expected a TSV with the columns "
            f"{', '.join(_LICENCES)}. Build it anew with `monograph-nlp lexicon build`."
        ) from cause


def _print_added(artifacts: dict[Path, Artifact]) -> None:
    from monograph_nlp.lexicon.cache import folder

    added = {path: opened for path, opened in artifacts.items() if path.parent == folder()}
    rows = [
        (path.stem, *(opened.header.notes.get(key, "") for key in ("kind", "release", "licence")))
        for path, opened in added.items()
    ]
    if rows:
        _print_table(("added", "kind", "release", "licence"), rows, is_text=True)
    else:
        typer.echo(f"No vocabulary of yours in {folder()}")


def _print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, is_text: bool = False
) -> None:
    """Print a table and an empty line; all columns after the first are numbers, or text."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None)
    for place, column in enumerate(columns):
        justify: JustifyMethod = "right" if place and not is_text else "left"
        table.add_column(column, justify=justify, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
    typer.echo()
