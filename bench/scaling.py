"""How time and memory of ``monograph-nlp batch`` grow with the corpus and with the workers, as a plot.

    python bench/scaling.py leaflets/ labels.jsonl --sizes 100 200 400 800 --workers 1 2 -o out/scaling

Each point is a batch of its own in a fresh folder. Time is the clock's, so that the machine should be idle;
memory is the most that all its processes held at once. Writes ``OUT.json`` and ``OUT.svg``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

_EVERY = 0.2  # seconds between two looks at the memory


def main() -> None:
    """Measure, print, and draw."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        corpora = {size: _corpus(options, size, Path(folder)) for size in options.sizes}
        largest = max(options.sizes)
        sizes = [_point(corpora[size], max(options.workers), options) for size in options.sizes]
        workers = [_point(corpora[largest], number, options) for number in options.workers]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    results = {"sizes": sizes, "workers": workers}
    options.output.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n")
    _draw(sizes, workers, options.output.with_suffix(".svg"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("inputs", nargs="+", type=Path, help="files and folders to read")
    parser.add_argument("--sizes", nargs="+", type=int, default=[50, 100, 200], help="documents")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, os.cpu_count() or 1])
    parser.add_argument("--profile", default="fast")
    parser.add_argument("-o", "--output", type=Path, default=Path("bench/results/scaling"))
    return parser.parse_args()


def _corpus(options: argparse.Namespace, size: int, folder: Path) -> tuple[Path, int, int]:
    """Write documents, spread over the inputs, as JSONL; return the file, how many, and their words."""
    from monograph_nlp.read import SUFFIXES, read
    from monograph_nlp.read.inputs import expand

    share = -(-size // len(options.inputs))
    path, words, count = folder / f"{size}.jsonl", 0, 0
    with path.open("w") as lines:
        for given in options.inputs:
            files, _ = expand([given], SUFFIXES, None)
            found = (one for file in files for one in read(file, on_error=lambda error: None))
            for document in islice(found, min(share, size - count)):
                count, words = count + 1, words + len(document.text.split())
                lines.write(json.dumps({"id": f"d{count}", "text": document.text}) + "\n")
    return path, count, words


def _point(corpus: tuple[Path, int, int], workers: int, options: argparse.Namespace) -> dict:
    path, documents, words = corpus
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "monograph_nlp", "batch", str(path), "--out", out]
        command += ["--workers", str(workers), "--profile", options.profile, "--quiet"]
        begun = time.monotonic()
        process = subprocess.Popen(command)
        peak = largest = 0
        while process.poll() is None:
            held = _resident(process.pid)
            peak, largest = max(peak, sum(held)), max(largest, *held, 0)
            time.sleep(_EVERY)
        seconds = time.monotonic() - begun
    point = {
        "documents": documents,
        "words": words,
        "workers": workers,
        "seconds": round(seconds, 2),
        "words_per_second": round(words / seconds),
        "peak_mib": round(peak / 2**20),
        "largest_process_mib": round(largest / 2**20),
    }
    print(json.dumps(point), flush=True)
    return point


def _resident(parent: int) -> list[int]:
    """Return the resident bytes of a process and of its children, from /proc."""
    pages = os.sysconf("SC_PAGE_SIZE")
    held = [0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(folder.name) == parent or int(stat[1]) == parent:
                held.append(int((folder / "statm").read_text().split()[1]) * pages)
        except (OSError, IndexError):
            continue  # it has ended meanwhile
    return held


def _draw(sizes: list[dict], workers: list[dict], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, (time_axis, memory_axis, workers_axis) = pyplot.subplots(1, 3, figsize=(12, 3.6))
    documents = [point["documents"] for point in sizes]
    time_axis.plot(documents, [point["seconds"] for point in sizes], "o-")
    time_axis.set(xlabel="documents", ylabel="seconds", ylim=(0, None), title="time")
    memory_axis.plot(documents, [point["peak_mib"] for point in sizes], "o-", label="all")
    largest = [point["largest_process_mib"] for point in sizes]
    memory_axis.plot(documents, largest, "s--", label="largest process")
    memory_axis.set(xlabel="documents", ylabel="MiB", ylim=(0, None), title="memory")
    memory_axis.legend()
    numbers = [point["workers"] for point in workers]
    one = workers[0]["words_per_second"] / workers[0]["workers"]
    speeds = [point["words_per_second"] / one for point in workers]
    workers_axis.plot(numbers, speeds, "o-", label="measured")
    workers_axis.plot(numbers, numbers, ":", label="ideal")
    workers_axis.set(xlabel="workers", ylabel="times one worker", xticks=numbers, title="scaling")
    workers_axis.legend()
    figure.tight_layout()
    figure.savefig(path)


if __name__ == "__main__":
    main()
