"""What the sources say of a concept beside its names: reference facts, for linking and for the audit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A target of a drug: its name, its CURIE where it has one, and how the drug acts on it."""

    name: str
    id: str | None
    action: str  # inhibitor, antagonist …; empty where the source does not say
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference facts of one concept; they never put a fact into a record."""

    targets: tuple[TargetFact, ...] = ()
    classes: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
