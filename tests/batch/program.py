"""A batch with stub workers as a process of its own, to be killed.

    python program.py OUT WORKERS KILL_AT PATH...

``KILL_AT`` n ends the process, as by a kill, in place of the n-th name that a file is given; 0 never.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from monograph_nlp.batch import Settings, process, run

_STUB = Path(__file__).with_name("stub_worker.py")


def main() -> None:
    out, workers, kill_at = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    process._PROGRAM = (sys.executable, str(_STUB))  # type: ignore[assignment]
    if kill_at:
        _die_at(kill_at)
    counts = run(map(Path, sys.argv[4:]), out, settings=Settings(), workers=workers, seconds=30)
    print(counts.records, counts.failures)


def _die_at(number: int) -> None:
    replace, calls = os.replace, []

    def counted(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)

    os.replace = counted  # type: ignore[assignment]


if __name__ == "__main__":
    main()
