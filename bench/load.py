"""How fast records come into a database: ``python bench/load.py RECORDS.jsonl URL...``.

Each URL names an empty database; it is loaded twice: all records new, then all unchanged.
"""

from __future__ import annotations

import sys
import time

from monograph_nlp.write.database import load_files


def main(path: str, urls: list[str]) -> None:
    """Print documents a minute, reading and validating included, for each database."""
    for url in urls:
        for _ in range(2):
            start = time.perf_counter()
            done = load_files([path], url)
            took = time.perf_counter() - start
            kind = "unchanged" if done.unchanged else "new"
            rate = done.documents / took * 60
            print(
                f"{url.partition(':')[0]:<12}{kind:<11}{took:7.2f} s{rate:10,.0f} documents a minute"
            )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
