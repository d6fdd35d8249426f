"""Mentions of a record against the gold: spans, strings, assertions, links and concepts.

A mention of the record belongs to the type of the gold that claims its label; others are not judged. Strict means the
same spans, overlapping a shared character; each set holds a place once. Assertions and links are judged on the
mentions that both sides have (overlapping), concepts by document, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from monograph_nlp.evaluate.folding import folded
from monograph_nlp.evaluate.gold import Gold, GoldMention, Spans
from monograph_nlp.evaluate.judgement import Item, Judgement, Stage
from monograph_nlp.evaluate.placing import Placed, seen, touch
from monograph_nlp.types import Concept, Mention

_NOT_POSITIVE = frozenset({"absent", "other_subject"})
_Pair: TypeAlias = tuple[GoldMention, Mention]


def judge_mentions(gold: Gold, placed: Placed) -> Iterator[Judgement]:
    """Yield the judgements on the mentions of one document, on both sides."""
    pairs: list[tuple[str, _Pair]] = []
    for kind, labels in gold.labels.items():
        wanted = [one for one in placed.gold.mentions if one.type == kind]
        found = [one for one in placed.record.mentions if one.label in labels]
        yield from _spans(gold, placed, kind, wanted, found)
        yield from _strings(placed, kind, found)
        if not gold.is_review:  # what was not reviewed names concepts, too
            yield from _concepts(kind, wanted, found)
        pairs += [(kind, pair) for pair in _pairs(gold, wanted, found)]
    for kind, pair in pairs:
        yield from _assertion(*pair)
        yield from _link(kind, *pair)


def _spans(
    gold: Gold, placed: Placed, kind: str, wanted: Sequence[GoldMention], found: Sequence[Mention]
) -> Iterator[Judgement]:
    want = {seen(gold, one.spans): one for one in wanted}
    have = {seen(gold, one.spans): one for one in found}
    review = _Review.of(gold, placed, kind, want.keys() - have.keys()) if gold.is_review else None
    for stage in (Stage.STRICT, Stage.OVERLAPPING):
        for spans, mention in have.items():
            right: bool | None = _agrees(stage, spans, want)
            if review is not None and spans not in want:
                right = review.decided(stage, spans, bool(right))
            if right is not None:
                item = _item(spans, mention.text, mention.assertion, mention.score)
                section = placed.section(spans[0][0])
                yield Judgement(stage, kind, "predicted", right, item, section)
        for spans, marked in want.items():
            item = _item(spans, marked.text, marked.assertion or "")
            section = placed.section(spans[0][0])
            yield Judgement(stage, kind, "gold", _agrees(stage, spans, have), item, section)


@dataclass(frozen=True, slots=True)
class _Review:
    """The places of a type that a reviewer decided on."""

    rejected: frozenset[Spans]
    replaced: frozenset[Spans]
    open: dict[Spans, None]  # what stands, where the record has not the very place

    @classmethod
    def of(cls, gold: Gold, placed: Placed, kind: str, open: Set[Spans]) -> _Review:
        """Return the review of the mentions of a type."""
        rejected, replaced = (
            frozenset(seen(gold, one.spans) for one in some if one.type == kind)
            for some in (placed.gold.rejected_mentions, placed.gold.replaced_mentions)
        )
        return cls(rejected, replaced, dict.fromkeys(open))

    def decided(self, stage: Stage, spans: Spans, is_right: bool) -> bool | None:
        """Return whether a prediction is right; None where nobody has decided on it."""
        if spans in self.rejected:
            return False
        if spans in self.replaced:
            return is_right
        return True if _agrees(stage, spans, self.open) else None


def _agrees(stage: Stage, spans: Spans, others: Mapping[Spans, object]) -> bool:
    if spans in others:
        return True
    return stage is Stage.OVERLAPPING and any(touch(spans, other) for other in others)


def _item(spans: Spans, text: str, said: str, score: float = 0.0) -> Item:
    return Item(text, spans[0][0], spans[-1][1], said, score)


def _strings(placed: Placed, kind: str, found: Sequence[Mention]) -> Iterator[Judgement]:
    wanted = placed.gold.strings.get(kind)
    if wanted is None:
        return
    have = {folded(one.text): one for one in found if one.assertion not in _NOT_POSITIVE}
    for string, one in have.items():
        item = _item(one.spans, one.text, one.assertion, one.score)
        yield Judgement(Stage.STRINGS, kind, "predicted", string in wanted, item)
    for string in sorted(wanted):
        yield Judgement(Stage.STRINGS, kind, "gold", string in have, Item(string))


def _concepts(
    kind: str, wanted: Sequence[GoldMention], found: Sequence[Mention]
) -> Iterator[Judgement]:
    """Judge the distinct concepts of a document; one that the gold's vocabulary lacks is passed over."""
    want = {one.concepts: one for one in wanted if one.concepts}
    if not want:
        return
    every = frozenset().union(*want)
    have = {one.concept.id: one for one in found if one.concept and _comparable(one.concept, every)}
    ids = {name: _ids(one.concept) for name, one in have.items()}
    for name, mention in have.items():
        item = _item(mention.spans, f"{mention.text} [{name}]", "", mention.score)
        yield Judgement(Stage.CONCEPTS, kind, "predicted", bool(ids[name] & every), item)
    held = frozenset().union(*ids.values())
    for concepts, marked in want.items():
        item = _item(marked.spans, f"{marked.text} [{'|'.join(sorted(concepts))}]", "")
        yield Judgement(Stage.CONCEPTS, kind, "gold", bool(concepts & held), item)


def _ids(concept: Concept | None) -> frozenset[str]:
    return frozenset((concept.id, *concept.xrefs)) if concept else frozenset()


def _comparable(concept: Concept, wanted: frozenset[str]) -> bool:
    """Whether a concept has an id in a vocabulary that the gold uses."""
    prefixes = {curie.partition(":")[0] for curie in wanted}
    return any(curie.partition(":")[0] in prefixes for curie in _ids(concept))


def _pairs(gold: Gold, wanted: Sequence[GoldMention], found: Sequence[Mention]) -> Iterator[_Pair]:
    """Yield each marked mention with the prediction that covers it best, where any does."""
    have = {seen(gold, one.spans): one for one in found}
    for marked in wanted:
        if marked.assertion is None and not marked.concepts:
            continue  # nothing is asked of it
        spans = seen(gold, marked.spans)
        touching = [other for other in have if touch(spans, other)]
        if touching:
            yield marked, have[max(touching, key=lambda other: _alike(spans, other))]


def _alike(these: Spans, those: Spans) -> tuple[bool, int]:
    """Rank how well two mentions cover one another: the same place first, then by their outer ends."""
    ends = abs(these[0][0] - those[0][0]) + abs(these[-1][1] - those[-1][1])
    return these == those, -ends


def _assertion(marked: GoldMention, mention: Mention) -> Iterator[Judgement]:
    if marked.assertion is None:
        return
    right = marked.assertion == mention.assertion
    said = f"{mention.assertion}, by the gold {marked.assertion}"
    item = _item(mention.spans, mention.text, said, mention.score)
    yield Judgement(Stage.ASSERTIONS, mention.assertion, "predicted", right, item)
    yield Judgement(Stage.ASSERTIONS, marked.assertion, "gold", right, item)


def _link(kind: str, marked: GoldMention, mention: Mention) -> Iterator[Judgement]:
    if not marked.concepts:
        return
    concept = mention.concept
    right = bool(_ids(concept) & marked.concepts)
    linked = f"{concept.id} {concept.name}" if concept else "no concept"
    said = f"{linked}, by the gold {'|'.join(sorted(marked.concepts))}"
    item = _item(mention.spans, mention.text, said, mention.score)
    if concept and _comparable(concept, marked.concepts):
        yield Judgement(Stage.LINKING, kind, "predicted", right, item)
    yield Judgement(Stage.LINKING, kind, "gold", right, item)
