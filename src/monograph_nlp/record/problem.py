"""One thing that is wrong with a record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: ``path`` is a JSON path such as ``$.facts[0].score``."""

    path: str
    message: str
    value: object  # what stands at the path; null where nothing single does
