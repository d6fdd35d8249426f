"""Kill ``monograph-nlp batch`` or ``load`` at random moments, complete it, and compare with a run that nothing stopped.

    python bench/kills.py batch leaflets/ labels.jsonl --kills 20 --seed 7 --profile fast --workers 2
    python bench/kills.py load records.jsonl --kills 20 --seed 7 --to sqlite duckdb postgresql

A clean run comes first, and says how long one takes. Then a run is started and killed (SIGKILL) after a while that
the seed chooses, again and again in one place, and completed. Of a batch, the SHA-256 of its three files are
compared; of a load, the rows of each table, also after one load more. PostgreSQL is a server of the tests' own.
The exit code is 1 where anything differs, a document is lost or there twice, or a process is left.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import kills_of_batch
import kills_of_load
from killing import Result


def main() -> None:
    """Run as the command line says, and print a table."""
    given = _options()
    with TemporaryDirectory(prefix="kills-", dir=given.folder) as folder:
        results = list(_results(given, Path(folder)))
    _print(results)
    sys.exit(0 if all(result.is_right for result in results) else 1)


def _results(given: argparse.Namespace, folder: Path) -> Iterator[Result]:
    if given.what == "batch":
        options = ("--profile", given.profile, "--workers", str(given.workers))
        yield kills_of_batch.tried(given.inputs, options, given, folder)
        return
    for kind in given.to:
        yield kills_of_load.tried(given.inputs, kind, given, folder)


def _print(results: list[Result]) -> None:
    from rich.console import Console
    from rich.table import Table

    rows = [result.row() for result in results]
    table = Table("", *(row["of"] for row in rows))
    for name in rows[0]:
        if name != "of":
            table.add_row(name, *(row[name] for row in rows))
    Console(width=100).print(table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    programs = parser.add_subparsers(dest="what", required=True)
    batch = programs.add_parser("batch", help="documents into a folder")
    load = programs.add_parser("load", help="records into databases")
    for one in (batch, load):
        one.add_argument("inputs", nargs="+", type=Path, help="files and folders to read")
        one.add_argument("--kills", type=int, default=20)
        one.add_argument("--seed", type=int, default=1)
        one.add_argument(
            "--folder", type=Path, help="for what is written; otherwise a temporary one"
        )
        one.add_argument(
            "--within",
            type=float,
            help="share of the clean run's time in which a kill falls: 1 for a load, which begins with the first record "
            "each time, and for a batch, which goes on, as much as lets each kill hit",
        )
    batch.add_argument("--profile", default="fast")
    batch.add_argument("--workers", type=int, default=2)
    kinds = ("sqlite", "duckdb", "postgresql")
    load.add_argument("--to", nargs="+", default=kinds, choices=kinds)
    return parser.parse_args()


if __name__ == "__main__":
    main()
