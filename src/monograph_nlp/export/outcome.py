"""What became of the records of an export, and of their facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

NOT_STATED = "neither stated nor denied by the text"
DENIED = "denied by the text"
DENIED_IN_PART = "denied by the text with a qualifier alone"
DENIED_HERE = "denied by the text in one place and stated in another"
NO_SUBJECT = "no subject"
NO_SUBJECT_ID = "a subject without an id"
NO_OBJECT_ID = "an object without an id"
NO_OBJECT_MENTION = "an object that is no mention"
SAME_ENDS = "a subject that is its own object"
NO_PLACE = "a kind of fact that the format has no place for"


class LeftOut(Exception):  # noqa: N818 - it is no error
    """A fact does not go into the output; ``reason`` is one of those above."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(slots=True)
class Outcome:
    """Counts of what was written and of what was left out."""

    records: int = 0
    facts: int = 0  # of those records
    made: Counter[str] = field(default_factory=Counter)  # what was written, by its kind
    left_out: Counter[str] = field(default_factory=Counter)  # facts that were not, by the reason

    @property
    def exported(self) -> int:
        """The number of facts that are in the output."""
        return self.facts - self.left_out.total()

    @contextmanager
    def fact(self) -> Iterator[None]:
        """Count a fact that is written in the block, or left out there by ``LeftOut``."""
        self.facts += 1
        try:
            yield
        except LeftOut as left:
            self.left_out[left.reason] += 1
