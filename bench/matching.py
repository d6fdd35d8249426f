"""How fast names are found: words a second of ``Index.places``, opening time and resident memory.

Measures the embedded lexicon, with the vocabularies that are added, on one core. Documents are read
and tokens bounded (runs of letters, digits and inner hyphens; single signs) outside the clock; nothing
of spaCy is loaded. Matching is timed in seconds of the processor, so that a busy machine tells the same;
opening in seconds of the wall. A word is what blanks part. ``cold`` is the first pass over all
documents, with empty caches; ``warm`` is a second one. Prints one line of JSON; sizes are in MiB, as the
operating system counts them for the whole process, and ``before_mib`` is what it had before the lexicon
was opened.

    python bench/matching.py corpus/ --limit 50
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")


def main() -> None:
    """Parse the arguments, measure, print."""
    options = _options()
    from monograph_nlp.lexicon.index import lexicon_version, open_index

    for _ in _texts(options.inputs, 1):  # what reading imports is no part of opening
        pass
    before = _resident_mib()
    begun = time.perf_counter()
    index = open_index()
    opened = time.perf_counter() - begun
    figures = {"lexicon": lexicon_version(), "open_seconds": round(opened, 3)}
    for name in ("cold", "warm")[: 1 if options.once else 2]:
        figures |= {f"{name}_{key}": value for key, value in _pass(index, options).items()}
    figures |= {"before_mib": before, "resident_mib": _resident_mib(), "peak_mib": _peak_mib()}
    print(json.dumps(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="+", type=Path, help="files and folders to read")
    parser.add_argument("--limit", type=int, help="documents to read at most")
    parser.add_argument("--once", action="store_true", help="without the second pass")
    return parser.parse_args()


def _pass(index, options: argparse.Namespace) -> dict[str, float]:
    documents = words = places = 0
    seconds = 0.0
    for text in _texts(options.inputs, options.limit):
        bounds = [match.span() for match in _TOKEN.finditer(text)]
        started = time.process_time()
        found = index.places(text, bounds)
        seconds += time.process_time() - started
        documents, words, places = documents + 1, words + len(text.split()), places + len(found)
    return {
        "documents": documents,
        "words": words,
        "places": places,
        "words_per_second": round(words / seconds),
    }


def _texts(inputs: list[Path], limit: int | None) -> Iterator[str]:
    from monograph_nlp.cli.inputs import expand

    from monograph_nlp.read import SUFFIXES, read

    paths, _ = expand(inputs, SUFFIXES, None)
    found = (monograph for path in paths for monograph in read(path, on_error=_pass_over))
    return (monograph.text for monograph in islice(found, limit))


def _pass_over(error: Exception) -> None:
    print(f"passed over: {error}", file=sys.stderr)


def _resident_mib() -> float:
    """Memory that the process holds now; where the system does not tell, the most that it held."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return _peak_mib()
    return round(pages * resource.getpagesize() / 2**20, 1)


def _peak_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)  # bytes there, KiB else


if __name__ == "__main__":
    main()
