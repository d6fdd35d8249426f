"""The worst errors, with their words: those that happen most often, then the surest predictions.

The same error in several places is one line with its number. What is missed and what is wrong are listed apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from monograph_nlp.evaluate.folding import folded
from monograph_nlp.evaluate.judgement import Judgement, Stage
from monograph_nlp.evaluate.placing import Placed

Kind: TypeAlias = Literal["missed", "wrong"]

SHOWN = (
    Stage.SUBJECT,
    Stage.FACTS,
    Stage.QUALIFIED,
    Stage.STRICT,
    Stage.ASSERTIONS,
    Stage.LINKING,
    Stage.STRINGS,
)
"""The stages whose errors are listed; an overlapping mention is a strict one with other ends."""

_TOLD_BY = {  # where both sides are judged on one pair, the side that tells of it
    Stage.SUBJECT: "gold",
    Stage.QUALIFIED: "predicted",
    Stage.ASSERTIONS: "predicted",
    Stage.LINKING: "gold",
}
_REACH = 160  # code points before and behind an error
_BREAK = re.compile(r"(?<=[.!?;])\s+(?=\S)|\n+")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error, and where it was seen first."""

    stage: str
    label: str
    kind: Kind
    text: str
    said: str  # what the record says of it, and the gold
    document: str
    before: str  # the sentence up to it; where its place is not known, empty
    behind: str
    times: int = 1
    score: float = 0.0


def mistakes_of(placed: Placed, judgements: Iterable[Judgement]) -> Iterator[Mistake]:
    """Yield the errors of a document, each with the sentence around it."""
    for one in judgements:
        if one.is_right or not _is_told(one):
            continue
        item = one.item
        before, behind = _around(placed.text, item.start, item.end, item.text, item.quote)
        yield Mistake(
            str(one.stage),
            one.label,
            "wrong" if one.side == "predicted" else "missed",
            _on_one_line(item.text),
            item.said,
            placed.gold.id,
            before,
            behind,
            score=item.score,
        )


def _is_told(one: Judgement) -> bool:
    """Whether an error is listed; that of a qualifier only where the fact itself is right."""
    if one.stage not in SHOWN or one.side != _TOLD_BY.get(one.stage, one.side):
        return False
    return one.stage is not Stage.QUALIFIED or one.item.is_met


def worst(mistakes: Sequence[Mistake], most: int) -> list[Mistake]:
    """Return at most so many errors of each stage and kind, the worst first, each named once."""
    groups: dict[tuple[str, ...], list[Mistake]] = defaultdict(list)
    for one in mistakes:
        key = (one.stage, one.kind, one.label, folded(one.text), one.said)
        groups[key].append(one)
    by_list: dict[tuple[str, str], list[Mistake]] = defaultdict(list)
    for group in groups.values():
        by_list[group[0].stage, group[0].kind].append(_as_one(group))
    order = {str(stage): place for place, stage in enumerate(SHOWN)}
    return [
        one
        for key in sorted(by_list, key=lambda key: (order[key[0]], key[1]))
        for one in sorted(by_list[key], key=_badness)[:most]
    ]


def _as_one(group: list[Mistake]) -> Mistake:
    surest = max(group, key=lambda one: one.score)
    return replace(surest, times=len(group))


def _badness(one: Mistake) -> tuple[float, ...]:
    return (-one.times, -one.score)


def _around(
    text: str | None, start: int | None, end: int | None, words: str, quote: str
) -> tuple[str, str]:
    """Return what stands before and behind the words in their sentence; of a quotation, in that."""
    if quote:
        place = quote.lower().find(words.lower())
        if place < 0:  # the object is named otherwise than in these words
            return f"{_on_one_line(quote)} [", "]"
        before, behind = quote[:place], quote[place + len(words) :]
    elif text is None or start is None or end is None:
        return "", ""
    else:
        before = _BREAK.split(text[max(0, start - _REACH) : start])[-1]
        behind = _BREAK.split(text[end : end + _REACH])[0]
    return _on_one_line(before).lstrip(), _on_one_line(behind).rstrip()


def _on_one_line(text: str) -> str:
    """Return a text without line breaks and control characters; the spaces at its ends stay."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join(character for character in spaced if character.isprintable())
