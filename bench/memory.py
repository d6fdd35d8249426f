"""Does a worker's memory stay where it is? Stream many documents through one, and watch it.

    python bench/memory.py corpus/ [MORE ...] [--documents 10000] [--profile lexicon]

Texts are mixed from the paragraphs of the given files, by a seed, each with words that no other has, as
lot numbers and names are. Prints the resident memory every 500 documents, and the growth after the
first 500; the exit code is 1 where that is over ``--bound`` MiB.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from monograph_nlp.batch.messages import Request, Settings
from monograph_nlp.batch.work import Worker, resident_bytes
from monograph_nlp.errors import ReadError
from monograph_nlp.read import SUFFIXES, read
from monograph_nlp.types import Monograph

_EVERY = 500  # documents
_PARAGRAPHS = 4  # of a text
_LONGEST = 600  # code points of a paragraph


def paragraphs(folders: list[Path]) -> list[str]:
    """Return the paragraphs of all documents in the folders."""
    found = []
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.name.lower().endswith(SUFFIXES):
                errors: list[ReadError] = []
                for monograph in read(path, on_error=errors.append):
                    found += [
                        part[:_LONGEST] for part in monograph.text.split("\n\n") if part.strip()
                    ]
    return found


def requests(parts: list[str], count: int, seed: int = 1) -> Iterator[Request]:
    """Yield texts that are mixed from paragraphs, each with names of its own."""
    chance = random.Random(seed)
    for number in range(count):
        own = " ".join(f"{chance.choice('xyz')}{chance.getrandbits(40):x}" for _ in range(12))
        chosen = [
            *(chance.choice(parts) for _ in range(_PARAGRAPHS)),
            f"Lots {own} were withdrawn.",
        ]
        text = "\n\n".join(chosen)
        monograph = Monograph(f"d{number}", text, "text", f"d{number}.txt", f"{number:064x}")
        yield Request(monograph.source, monograph.id, monograph=monograph)


def watched(
    worker: Worker, work: Iterator[Request], every: int = _EVERY
) -> Iterator[tuple[int, int]]:
    """Yield number of documents and resident bytes, every so many documents."""
    for number, request in enumerate(work, 1):
        answer = worker.answer(request)
        assert not answer.failures, answer.failures
        if number % every == 0:
            yield number, resident_bytes()


def main() -> None:
    """Run as the command line says."""
    given = _arguments()
    worker = Worker(Settings(profile=given.profile))
    begun, first, last = time.monotonic(), 0, 0
    for number, held in watched(worker, requests(paragraphs(given.folders), given.documents)):
        first, last = first or held, held
        print(
            f"{number:7,} documents {held / 2**20:7.1f} MiB {time.monotonic() - begun:7.0f} s",
            flush=True,
        )
    growth = (last - first) / 2**20
    print(f"growth after the first {_EVERY}: {growth:.1f} MiB")
    sys.exit(1 if growth > given.bound else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--profile", default="lexicon")
    parser.add_argument("--bound", type=float, default=40.0, help="MiB")
    return parser.parse_args()


if __name__ == "__main__":
    main()
