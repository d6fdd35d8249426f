"""Coverage-guided fuzzing: inputs that reach new lines of the package are kept, and changed further.

    pip install -c constraints.txt -e '.[documents,fuzz]'
    python tests/fuzz/guided.py quantities --seconds 300 --out out/fuzz

Atheris drives libFuzzer with the targets of ``targets.py``, from the sample documents on; half of the changes are
libFuzzer's, half those of ``mutating.py``. What was kept stays in ``OUT/TARGET``, and the next run begins with it.
An exception, or an input that takes longer than ten seconds, ends the run: the exit code is not 0, and the input
lies in ``OUT`` as ``TARGET-crash-…`` or ``TARGET-timeout-…``. ``--again FILE`` gives one input to a target.
"""

from __future__ import annotations

import argparse
import hashlib
import pkgutil
import random
import sys
from importlib import import_module
from pathlib import Path

if __package__ is None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
_SLOW = 10  # seconds that an input may take
_MEMORY = 4096  # MiB


def main() -> None:
    """Run as the command line says."""
    given = _arguments()
    if given.again is not None:
        from tests.fuzz.targets import TARGETS

        TARGETS[given.target](given.again.read_bytes())
        return
    _fuzz(given)


def _fuzz(given: argparse.Namespace) -> None:
    import atheris

    with atheris.instrument_imports(include=["monograph_nlp"]):
        from tests.fuzz.mutating import mutated
        from tests.fuzz.targets import LONGEST, TARGETS, seeds

        readers = import_module("monograph_nlp.read")
        for reader in pkgutil.iter_modules(readers.__path__, f"{readers.__name__}."):
            import_module(
                reader.name
            )  # now: later it would be imported without a count of its lines

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, chance.choice(others), chance)[:most]

    others = list(seeds(given.target))
    kept = given.out / given.target
    kept.mkdir(parents=True, exist_ok=True)
    for seed in others:
        (kept / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    options = {
        "max_total_time": given.seconds,
        "seed": given.seed,
        "max_len": LONGEST[given.target],
        "timeout": _SLOW,
        "rss_limit_mb": _MEMORY,
        "print_final_stats": 1,
        "artifact_prefix": f"{given.out}/{given.target}-",
    }
    arguments = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(kept)]
    atheris.Setup(arguments, TARGETS[given.target], custom_mutator=changed)
    atheris.Fuzz()  # ends the process


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", choices=("readers", "normalizer", "quantities", "structure"))
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--again", type=Path, metavar="FILE", help="one input, without Atheris")
    return parser.parse_args()


if __name__ == "__main__":
    main()
