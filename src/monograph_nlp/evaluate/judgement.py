"""One item of either side, judged: the unit that scores count and that lists of errors show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["predicted", "gold"]


class Stage(StrEnum):
    """What is measured, in the order of a report."""

    SUBJECT = "subject"
    STRICT = "mentions, strict"
    OVERLAPPING = "mentions, overlapping"
    STRINGS = "strings"
    ASSERTIONS = "assertions"
    LINKING = "linking"
    CONCEPTS = "concepts"
    FACTS = "facts"
    QUALIFIED = "facts with qualifier"


@dataclass(frozen=True, slots=True)
class Item:
    """What was judged, for a reader: its words, its place, and what the other side says."""

    text: str
    start: int | None = None  # code points of the document's text
    end: int | None = None
    said: str = ""
    score: float = 0.0  # of the prediction
    quote: str = ""  # the words around it, where the item brings them
    is_met: bool = True  # whether the other side has the same thing, be it with another value


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a prediction is right, or whether what the gold says is found."""

    stage: Stage
    label: str
    side: Side
    is_right: bool
    item: Item
    section: str = ""  # label of the record's section; empty where the stage is not split by it
