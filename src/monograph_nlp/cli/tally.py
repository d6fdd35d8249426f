"""What a run has done so far, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

from monograph_nlp.cli.complain import complain
from monograph_nlp.errors import MonographError
from monograph_nlp.types import Record


@dataclass(slots=True)
class Tally:
    """Counts of what was written, and of the inputs that failed."""

    documents: int = 0
    mentions: int = 0
    facts: int = 0
    issues: int = 0
    failures: int = 0

    def add(self, record: Record) -> None:
        """Count a record that is written."""
        self.documents += 1
        self.mentions += len(record.mentions)
        self.facts += len(record.facts)
        self.issues += len(record.issues)

    def fail(self, error: MonographError | OSError) -> None:
        """Count an input that failed, and say why on standard error."""
        self.failures += 1
        complain(error)

    def line(self, target: str) -> str:
        """Return the last line of a run: how much was written, and where it lies."""
        failed = f"; {count(self.failures, 'input')} failed" if self.failures else ""
        if not self.documents:
            return f"Nothing was extracted, so {target} was not written{failed}."
        counts = (
            count(self.documents, "document"),
            count(self.facts, "fact"),
            count(self.mentions, "mention"),
            count(self.issues, "issue"),
        )
        return f"{', '.join(counts)} → {target}{failed}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular where there is one."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
