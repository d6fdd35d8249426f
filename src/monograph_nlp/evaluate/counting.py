"""Judgements → counts by measure and document: what figures, intervals and comparisons are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from monograph_nlp.evaluate.judgement import Judgement, Stage

ALL = "all"
LABEL = "label"
SECTION = "section"


_BY_SECTION = (Stage.STRICT, Stage.OVERLAPPING, Stage.FACTS)


class Measure(NamedTuple):
    """What a figure speaks of: a stage as a whole, or one label or section of it."""

    stage: str
    by: str  # ``ALL``, ``LABEL`` or ``SECTION``
    name: str  # of the label or section; empty for all


class Counts(NamedTuple):
    """Of predictions how many are right, of the gold how many are found."""

    right: int
    predicted: int
    found: int
    gold: int


@dataclass(slots=True)
class Tally:
    """Counts by measure and document; a document without any is not held."""

    documents: list[str] = field(default_factory=list)
    counts: dict[Measure, dict[str, Counts]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, document: str, judgements: Iterable[Judgement]) -> None:
        """Count the judgements on a document."""
        self.documents.append(document)
        numbers: dict[Measure, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for judgement in judgements:
            first = 0 if judgement.side == "predicted" else 2
            for measure in _measures(judgement):
                numbers[measure][first] += judgement.is_right
                numbers[measure][first + 1] += 1
        for measure, four in numbers.items():
            self.counts[measure][document] = Counts(*four)

    def measures(self) -> list[Measure]:
        """Return what was measured, in the order of a report."""
        order = {str(stage): place for place, stage in enumerate(Stage)}
        ways = (ALL, LABEL, SECTION)
        return sorted(self.counts, key=lambda one: (order[one.stage], ways.index(one.by), one.name))

    def rows(self, measure: Measure) -> list[Counts]:
        """Return the counts of a measure for every document, in order."""
        held = self.counts[measure]
        return [held.get(document, Counts(0, 0, 0, 0)) for document in self.documents]


def _measures(judgement: Judgement) -> Iterator[Measure]:
    stage = str(judgement.stage)
    yield Measure(stage, ALL, "")
    if judgement.label:
        yield Measure(stage, LABEL, judgement.label)
    if judgement.section and judgement.stage in _BY_SECTION:
        yield Measure(stage, SECTION, judgement.section)
