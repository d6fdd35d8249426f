"""What a source says about one concept, and the count of what was read and dropped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept as one source knows it.

    ``id`` is a CURIE with the Bioregistry's prefix, or empty where the source has none and the name
    has to find the concept. ``names`` are (text, kind) pairs without the preferred name; the kinds are
    those of ``terms.Kind``. ``broader`` holds parents, and of a salt the CURIE of its active moiety.
    ``facts`` are ("target", CURIE or name, action), ("class", CURIE, "") or ("brand", text, "").
    """

    source: str
    id: str
    labels: tuple[str, ...]
    name: str
    names: tuple[tuple[str, str], ...] = ()
    xrefs: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Rows of one source: read, kept, and dropped by reason. A reader counts as it goes."""

    source: str
    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def keep(self) -> None:
        """Count a row that became an entry, or part of one."""
        self.read += 1
        self.kept += 1

    def drop(self, reason: str) -> None:
        """Count a row that became nothing."""
        self.read += 1
        self.dropped[reason] += 1
