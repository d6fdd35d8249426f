"""What a million pages cost on a cluster: core-hours and memory of a worker, for each profile.

A worker of a cluster is one process on one core, so the figures of one hold for any number of them. Time is
that of the processor, start left out, which other programs on the machine disturb less than the clock;
of several runs the fastest counts. A page is 500 words.

    python bench/cluster.py corpus/ --repeats 3
    python bench/cluster.py leaflets/ --profiles fast --markdown     # the rows of docs/cluster.md
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from monograph_nlp.batch import Settings
from monograph_nlp.batch.frames import loaded, records_of_each
from monograph_nlp.batch.packed import pack
from monograph_nlp.batch.work import resident_bytes
from monograph_nlp.read import SUFFIXES
from monograph_nlp.read.inputs import expand

_WORDS_A_PAGE = 500
_PAGES = 1_000_000
_PROFILES = ("fast", "accurate", "lexicon")
_ROWS = 16  # documents a frame, as a cluster hands them out
_WARM = 4  # documents that are read before the clock starts
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def main() -> None:
    """Pack the documents, and measure each profile in processes of its own; or be one of them."""
    options = _options()
    if options.worker:
        print(json.dumps(_figures(options.worker, options.inputs[0])))
        return
    paths, _ = expand(options.inputs, SUFFIXES, None)
    with TemporaryDirectory() as folder:
        packed = Path(folder, "packed")
        began = time.process_time()
        counts = pack(paths, packed)
        results = {"read": _reading(time.process_time() - began, packed)}
        print(f"{counts.records} documents, {counts.failures} that cannot be read")
        for profile in options.profiles:
            runs = [_in_process(profile, packed) for _ in range(options.repeats)]
            results[profile] = min(runs, key=lambda run: run["core_hours"])
    if options.markdown:
        print(_markdown(results))
    else:
        _print(results)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="+", type=Path, help="files and folders to read")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each profile")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--profiles", nargs="+", choices=_PROFILES, default=_PROFILES)
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args()


def _reading(seconds: float, packed: Path) -> dict[str, float]:
    """What the formats take before any extraction, and the documents on disk."""
    words = sum(_words(frame) for frame in _frames(packed))
    size = sum(path.stat().st_size for path in packed.iterdir())
    return {"core_hours": _core_hours(seconds, words), "gib": _gib(size, words), "words": words}


def _in_process(profile: str, packed: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--worker", profile, str(packed)]
    output = subprocess.check_output(command, text=True, env=os.environ | _ONE_THREAD)
    figures: dict[str, float] = json.loads(output)
    print(f"{profile}: {figures['core_hours']:.1f} core-hours", file=sys.stderr, flush=True)
    return figures


def _figures(profile: str, packed: Path) -> dict[str, float]:
    settings = Settings(profile=profile)
    began = time.process_time()
    loaded(settings)
    load_seconds = time.process_time() - began
    list(records_of_each([next(_frames(packed)).head(_WARM)], settings))
    words = size = facts = failures = 0
    resident, seconds = resident_bytes(), 0.0
    for frame in _frames(packed):
        began = time.process_time()
        made = pd.concat(records_of_each([frame], settings))
        seconds += time.process_time() - began
        words, facts = words + int(made["words"].sum()), facts + int(made["facts"].sum())
        size += int(made["record"].dropna().str.len().sum())
        failures += int(made["failure"].notna().sum())
    return {
        "core_hours": _core_hours(seconds, words),
        "gib": _gib(size, words),
        "words": words,
        "words_per_second": words / seconds,
        "facts_per_page": facts / words * _WORDS_A_PAGE,
        "failures": failures,
        "load_seconds": load_seconds,
        "ready_mib": resident / 2**20,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10,  # KiB on Linux
    }


def _frames(packed: Path) -> Iterator[pd.DataFrame]:
    frame = pd.read_parquet(packed)
    for begin in range(0, len(frame), _ROWS):
        yield frame.iloc[begin : begin + _ROWS]


def _words(frame: pd.DataFrame) -> int:
    held = frame["monograph"].dropna()
    return sum(len(json.loads(monograph)["text"].split()) for monograph in held)


def _core_hours(seconds: float, words: int) -> float:
    """Of a million pages."""
    return seconds / words * _WORDS_A_PAGE * _PAGES / 3600


def _gib(size: int, words: int) -> float:
    """Of a million pages: documents as packed, records as lines, not compressed."""
    return size / words * _WORDS_A_PAGE * _PAGES / 2**30


def _markdown(results: dict[str, dict[str, float]]) -> str:
    """Return the table of the documentation: reading in a row of its own, then a row for each profile."""
    lines = ["| a million pages | core-hours | memory of a worker | start of a worker | records |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for name, held in results.items():
        cells = [f"{held['core_hours']:,.1f}", "", "", ""]
        if name in _PROFILES:
            cells[1:] = [
                f"{held['peak_mib']:,.0f} MiB",
                f"{held['load_seconds']:.1f} s",
                f"{held['gib']:,.0f} GiB",
            ]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _print(results: dict[str, dict[str, float]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("a million pages", *results)
    for name in list(results.values())[-1]:
        cells = (f"{held[name]:,.2f}" if name in held else "" for held in results.values())
        table.add_row(name, *cells)
    Console().print(table)


if __name__ == "__main__":
    main()
