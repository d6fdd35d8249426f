"""Write the golden records anew (``make golden``); read the difference as you read code."""

from __future__ import annotations

import sys

from golden import SOURCES, golden, path_of
from monograph_nlp.pipeline import load


def main() -> None:
    """Write every golden file, and say which ones changed."""
    nlp = load()
    for source in SOURCES:
        path, now = path_of(source), golden(nlp, source)
        changed = not path.exists() or path.read_text(encoding="utf-8") != now
        path.write_text(now, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {'changed' if changed else 'the same'}\n")


if __name__ == "__main__":
    main()
