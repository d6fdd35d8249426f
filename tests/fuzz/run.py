"""Feed damaged documents through the whole pipeline, and count what becomes of them.

    python tests/fuzz/run.py --inputs 100000 --seed 1 --source leaflets/ --source labels/ --out offenders/

Slices of real documents are mutated and given to the workers of a batch, as ``monograph-nlp batch`` does.
Each must come back as records, which are validated on the way, or as a failure to read. A worker that
dies, a document over the limit, an exception of a stage or of a library behind a reader is an offender:
its bytes are kept, with what was said of it. The exit code is 1 where there is one, or a process is left.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from monograph_nlp.batch.messages import Answer, Failure, Request, Settings
from monograph_nlp.batch.pool import Pool

if __package__ is None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.fuzz.mutating import mutated
from tests.fuzz.slicing import Slices, packed

_TOLD_EVERY = 2000  # inputs


def inputs(sources: list[Path], seed: int, count: int) -> Iterator[Request]:
    """Yield damaged documents; one in twenty is left as it is."""
    chance = random.Random(seed)
    slices = Slices(sources, chance)
    for number in range(count):
        (suffix, data), (_, other) = slices.next(), slices.next()
        if chance.random() > 0.05:
            data = mutated(data, other, chance)
        suffix, data = packed(suffix, data, chance)
        yield Request(f"{seed}-{number}{suffix}", f"{seed}-{number}", content=data)


def is_offence(failure: Failure) -> bool:
    """Say whether a failure is one of the program, and not of the document."""
    return failure.error != "ReadError" and failure.error != "TooLongError"


def outcome(answer: Answer) -> str:
    """Return what an input came to, in a word."""
    bad = next((one for one in answer.failures if is_offence(one)), None)
    if bad is not None:
        return f"{bad.stage}: {bad.error}"
    if not answer.records and not answer.failures:
        return "silence"
    return "records" if answer.records else "read failure"


def main() -> None:
    """Run as the command line says."""
    given = _arguments()
    counts: Counter[str] = Counter()
    begun = time.monotonic()
    with TemporaryDirectory() as scratch:
        settings = Settings(profile=given.profile, scratch=scratch)
        with Pool(settings, given.seconds, given.workers) as pool:
            todo = inputs(given.source, given.seed, given.inputs)
            for request, answer in pool.answers(todo, lambda request: request):
                assert answer is not None
                counts[outcome(answer)] += 1
                if outcome(answer) not in ("records", "read failure"):
                    _keep(given.out, request, answer)
                if counts.total() % _TOLD_EVERY == 0:
                    _tell(counts, begun)
    _tell(counts, begun)
    left = children()
    print(f"processes left: {len(left)}")
    bad = counts.total() - counts["records"] - counts["read failure"]
    sys.exit(1 if bad or left else 0)


def children() -> list[int]:
    """Return the processes that this one has started and that are still there."""
    task = Path("/proc/self/task")
    return [int(pid) for one in task.glob("*/children") for pid in one.read_text().split()]


def _tell(counts: Counter[str], begun: float) -> None:
    seconds = time.monotonic() - begun
    parts = ", ".join(f"{number:,} {name}" for name, number in counts.most_common())
    print(f"{counts.total():,} inputs in {seconds:,.0f} s: {parts}", flush=True)


def _keep(out: Path, request: Request, answer: Answer) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / request.name).write_bytes(request.content or b"")
    said = [[one.stage, one.error, one.message] for one in answer.failures]
    (out / f"{request.name}.said").write_text(json.dumps(said, indent=1), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--source", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, default=Path("offenders"))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0, help="that one input may take")
    parser.add_argument("--profile", default="lexicon")
    return parser.parse_args()


if __name__ == "__main__":
    main()
