"""The target that a longer name holds: "integrase" in "integrase inhibitors", "orexin" in "blocking the action of orexin".

What may stand behind the target in the name of a class are rows of ``rules/class_heads.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from monograph_nlp.rules import read_table

TABLE = "class_heads.tsv"
COLUMNS = ("head", "example", "counterexample")
_WORD = re.compile(r"[^\s]+")


def target_in(name: str, is_target: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return the half-open range of the target in the name of a class, the longest that is known, or None.

    Args:
        name: of a class of drugs.
        is_target: whether a name is one of a target.

    >>> target_in("non-nucleoside reverse transcriptase inhibitors", {"reverse transcriptase"}.__contains__)
    (15, 36)
    """
    match = _head().search(name)
    if match is None:
        return None
    end = match.start()
    starts = [word.start() for word in _WORD.finditer(name, 0, end)]
    starts += [word.end() for word in re.finditer(r"\banti-", name[:end], re.IGNORECASE)]
    return next(((start, end) for start in sorted(starts) if is_target(name[start:end])), None)


def target_at_end(name: str, is_target: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return the half-open range of the target that ends the name of a mechanism, or None where all of it is one.

    >>> target_at_end("blocking the action of orexin", {"orexin"}.__contains__)
    (23, 29)
    """
    starts = (word.start() for word in _WORD.finditer(name) if word.start())
    return next(((start, len(name)) for start in starts if is_target(name[start:])), None)


@cache
def _head() -> re.Pattern[str]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS)
    heads = "|".join(row.regex("head") for row in rows)
    return re.compile(rf"(?<=\w)[ -](?:{heads})\b", re.IGNORECASE)
