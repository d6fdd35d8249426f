"""How far a cue reaches, and what the mentions in its reach assert.

The idea is ConText's (Harkema et al. 2009): a cue acts on the mentions on one side of it, or on
both, as far as a terminator, the end of the sentence, or its own greatest number of words. It is
a matter of word positions only; what the words are is said in ``rules/cues.jsonl``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monograph_nlp.text.cues import Cue
from monograph_nlp.types import AssertionStatus

PRECEDENCE: tuple[tuple[str, AssertionStatus], ...] = (
    ("OTHER_SUBJECT", "other_subject"),
    ("ABSENT", "absent"),
    ("CONDITIONAL", "conditional"),
    ("HYPOTHETICAL", "hypothetical"),
    ("POSSIBLE", "possible"),
)
"""Category of a cue → what it makes of a mention; where several apply, the first wins."""

_BRACKETS = {"(": ")", "[": "]"}


class Target(NamedTuple):
    """The words of a mention, half-open, and its label."""

    start: int
    end: int
    label: str


class Verdict(NamedTuple):
    """What a mention asserts, and the cues that say so."""

    assertion: AssertionStatus
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class _Stops:
    """Where the scopes of one category end: starts and ends of words, sorted."""

    starts: list[int]
    ends: list[int]


def judge(cues: Sequence[Cue], targets: Sequence[Target], words: Sequence[str]) -> list[Verdict]:
    """Return the verdict on each target of one sentence.

    A cue or terminator that lies inside a target is a part of its name ("non-small cell lung
    cancer") and does not count. A cue in brackets does not reach out of them. ``PRECEDENCE``
    decides where cues of several categories reach the same target.

    Args:
        cues: the cues of the sentence, in order.
        targets: its mentions, sorted by start.
        words: its words, as ``words_of`` gives them.
    """
    free = _outside(cues, targets)
    if not free:
        return [Verdict("present", ()) for _ in targets]
    stops = _stops(free)
    rooms = _rooms(words)
    reached: list[list[Cue]] = [[] for _ in targets]
    starts = [target.start for target in targets]
    for cue in free:
        for low, high in _scopes(cue, stops, rooms):
            for place in range(bisect_left(starts, low), bisect_left(starts, high)):
                labels = cue.rule.labels
                if targets[place].end <= high and (not labels or targets[place].label in labels):
                    reached[place].append(cue)
    return [_verdict(found) for found in reached]


def _outside(cues: Sequence[Cue], targets: Sequence[Target]) -> list[Cue]:
    starts = [target.start for target in targets]
    furthest = 0
    reach = []  # reach[i]: the furthest end of the first i + 1 targets
    for target in targets:
        furthest = max(furthest, target.end)
        reach.append(furthest)
    free = []
    for cue in cues:
        place = bisect_right(starts, cue.start) - 1
        if place < 0 or reach[place] < cue.end:
            free.append(cue)
    return free


def _stops(cues: Sequence[Cue]) -> dict[str, _Stops]:
    found: dict[str, _Stops] = defaultdict(lambda: _Stops([], []))
    for cue in cues:
        for category in cue.rule.stops:
            if cue.rule.category != "TERMINATE" or cue.rule.direction != "BACKWARD":
                found[category].starts.append(cue.start)
            if cue.rule.category != "TERMINATE" or cue.rule.direction != "FORWARD":
                found[category].ends.append(cue.end)
    for stops in found.values():
        stops.starts.sort()
        stops.ends.sort()
    return found


def _rooms(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return for each word the inside of the innermost brackets around it, half-open."""
    rooms = [(0, len(words))] * len(words)
    opened: list[int] = []
    for place, word in enumerate(words):
        if word in _BRACKETS:
            opened.append(place)
        elif opened and word == _BRACKETS[words[opened[-1]]]:
            start = opened.pop()
            for inside in range(start + 1, place):
                if rooms[inside][0] <= start and rooms[inside][1] >= place:
                    rooms[inside] = (start + 1, place)
    return rooms


def _scopes(
    cue: Cue, stops: dict[str, _Stops], rooms: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    rule = cue.rule
    if rule.category in ("PSEUDO", "TERMINATE"):
        return []
    if rule.direction == "INSIDE":
        return [(cue.start, cue.end)]
    scopes = []
    own = stops.get(rule.category, _Stops([], []))
    if rule.direction != "FORWARD":
        place = bisect_right(own.ends, cue.start) - 1
        border = own.ends[place] if place >= 0 else 0
        border = max(border, rooms[cue.start][0], cue.start - rule.max_scope)
        scopes.append((border, cue.start))
    if rule.direction != "BACKWARD":
        place = bisect_left(own.starts, cue.end)
        border = own.starts[place] if place < len(own.starts) else len(rooms)
        border = min(border, rooms[cue.end - 1][1], cue.end + rule.max_scope)
        scopes.append((cue.end, border))
    return scopes


def _verdict(cues: Sequence[Cue]) -> Verdict:
    for category, assertion in PRECEDENCE:
        said = tuple(cue for cue in cues if cue.rule.category == category)
        if said:
            return Verdict(assertion, said)
    return Verdict("present", ())
