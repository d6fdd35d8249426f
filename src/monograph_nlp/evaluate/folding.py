"""When two strings are one: without case, and with single spaces."""

from __future__ import annotations


def folded(text: str) -> str:
    """Return a string without case and with single spaces.

    >>> folded("Renal  Failure")
    'renal failure'
    """
    return " ".join(text.lower().split())
