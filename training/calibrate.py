"""What the scores of a tagger mean: how often it is right at each, on documents that it did not learn from.

    python -m training.calibrate CORPORA .training/accurate -o .training/accurate.json

``.training/accurate`` holds the taggers of the folds. Adverse events are counted on the labels, each read with the
tagger that did not learn from it; the other heads on the held-out parts, with the tagger of fold 0. The
development part of BC5CDR is left out: figures are measured on it. Writes, for each head, the curves for the
card, the threshold with the best F1, and the counts that the plot in the docs shows; once from all folds, for the
tagger that ships, and once for each fold from the others, so that no fold is measured with its own curves.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from monograph_nlp.tagging.card import AS_IT_IS, Curve
from monograph_nlp.tagging.tagger import Tagger, open_tagger
from training.corpora import catalog, tac
from training.corpora.document import Document
from training.corpora.labels import LabelMap
from training.examples import hits
from training.heads import Head, read_heads

_MEASURED = "bc5cdr"  # its development part
_LABELS = "tac"
ALL = "all"
"""Key of what was counted on all folds; under a fold's number stands what the others gave."""
_LEAST_POOL = 25  # mentions under one corner of a curve
_BINS = 10
_STEPS = np.arange(
    0.5, 0.9, 0.01
)  # thresholds that are tried: what is wrong more often than right stays out


class Seen(NamedTuple):
    """A mention that a tagger gave."""

    score: float  # 0 to 1
    is_known: bool  # its range is a name of the lexicon
    is_right: bool  # the corpus marks the very same


@dataclass(slots=True)
class Tally:
    """What a head gave, and how many mentions the corpora mark."""

    seen: list[Seen]
    marked: int = 0


def main() -> None:
    """Parse the arguments and write the curves."""
    parser = argparse.ArgumentParser(description="measure what a tagger's scores mean")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("taggers", type=Path, help="folder with a tagger for each fold")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    tallies: dict[int | None, dict[str, Tally]] = {}
    for fold, folder, document in _documents(options.corpora, options.taggers):
        own = tallies.setdefault(fold, defaultdict(lambda: Tally([])))
        count(_raw(folder), document, read_heads(), own)
    told = {ALL: _all_told(tallies)}
    for fold in tallies:
        if fold is not None:
            others = {number: tally for number, tally in tallies.items() if number != fold}
            told[str(fold)] = _all_told(others)
    options.output.write_text(json.dumps(told, indent=1) + "\n")


def _all_told(tallies: Mapping[int | None, Mapping[str, Tally]]) -> dict[str, object]:
    joined: dict[str, Tally] = defaultdict(lambda: Tally([]))
    for by_head in tallies.values():
        for name, tally in by_head.items():
            joined[name].seen.extend(tally.seen)
            joined[name].marked += tally.marked
    return {name: _told(tally) for name, tally in sorted(joined.items())}


def _documents(corpora: Path, taggers: Path) -> Iterator[tuple[int | None, Path, Document]]:
    """Yield documents with their fold, and the folder of a tagger that did not learn from them."""
    for part in catalog.parts("folds", "held_out"):
        folds = tac.fold_of(corpora / part.path) if part.corpus == _LABELS else {}
        if part.corpus == _MEASURED:
            continue
        labels = LabelMap.of(part.corpus)
        for document in catalog.read(part, corpora):
            fold = folds.get(document.group)
            folder = taggers / f"fold-{fold or 0}"
            if folder.is_dir():
                yield fold, folder, labels.apply(document)


@cache
def _raw(folder: Path) -> Tagger:
    """Return the tagger of a folder, with scores as the network gives them."""
    tagger = open_tagger(folder)
    heads = tuple(
        msgspec.structs.replace(head, least=0.0, curve=AS_IT_IS, known_curve=AS_IT_IS)
        for head in tagger.card.heads
    )
    tagger.card = msgspec.structs.replace(tagger.card, heads=heads)
    return tagger


def count(
    tagger: Tagger, document: Document, heads: Sequence[Head], tallies: dict[str, Tally]
) -> None:
    """Add what a tagger gives of a document, for the heads of which the corpus marks all."""
    known = hits(document.text)
    ranges = {((hit.start, hit.end),) for hit in known}
    told = {head.name: head for head in heads if head.choices <= document.known}
    marked = {
        name: {
            tuple(sorted(span.fragments))
            for span in document.spans
            if frozenset(span.choices) == head.choices
        }
        for name, head in told.items()
    }
    for name in told:
        tallies[name].marked += len(marked[name])
    for one in tagger.tag(document.text, known):
        if one.head in told:
            is_right = one.fragments in marked[one.head]
            tallies[one.head].seen.append(Seen(one.score, one.fragments in ranges, is_right))


def curve(seen: Sequence[Seen]) -> Curve:
    """Return a rising curve from scores to the share that is right (isotonic regression).

    Mentions are pooled in order of their scores, ``_LEAST_POOL`` at a time, and pools that would make
    the curve fall are joined (pool adjacent violators; Ayer et al. 1955).
    """
    pools: list[tuple[float, float, int]] = []  # sum of scores, number right, size
    for part in _parts(sorted(seen, key=lambda one: one.score)):
        pools.append((sum(s.score for s in part), float(sum(s.is_right for s in part)), len(part)))
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
            (a, b, c), (d, e, f) = pools[-2:]
            pools[-2:] = [(a + d, b + e, c + f)]
    corners = [(round(a / c, 3), round(b / c, 3)) for a, b, c in pools]
    return ((0.0, 0.0), *corners, (1.0, corners[-1][1])) if corners else AS_IT_IS


def _parts(order: Sequence[Seen]) -> Iterator[Sequence[Seen]]:
    """Yield runs of mentions with rising scores; those with the same score stay together."""
    start = 0
    while start < len(order):
        end = min(start + _LEAST_POOL, len(order))
        while end < len(order) and order[end].score == order[end - 1].score:
            end += 1
        yield order[start:end]
        start = end


def best_threshold(scored: Iterable[Seen], marked: int) -> tuple[float, float]:
    """Return the threshold with the best F1, and that F1."""
    given = np.array([(one.score, one.is_right) for one in scored], dtype=float).reshape(-1, 2)
    found = []
    for least in _STEPS:
        kept = given[given[:, 0] >= least]
        found.append((2 * kept[:, 1].sum() / max(len(kept) + marked, 1), round(float(least), 2)))
    f1, least = max(found)
    return least, round(float(f1), 4)


def _told(tally: Tally) -> dict[str, object]:
    by_kind = [[one for one in tally.seen if one.is_known == kind] for kind in (False, True)]
    curves = [curve(part) for part in by_kind]
    scored = [
        one._replace(score=float(np.interp(one.score, *zip(*curves[one.is_known], strict=True))))
        for one in tally.seen
    ]
    least, f1 = best_threshold(scored, tally.marked)
    return {
        "curve": curves[0],
        "known_curve": curves[1],
        "least": least,
        "f1": f1,
        "marked": tally.marked,
        "given": len(tally.seen),
        "bins": {"raw": _bins(tally.seen), "calibrated": _bins(scored)},
    }


def _bins(seen: Sequence[Seen]) -> list[tuple[float, float, int]]:
    """Return mean score, share right and size of tenths of the scores."""
    found = []
    for number in range(_BINS):
        part = [one for one in seen if min(int(one.score * _BINS), _BINS - 1) == number]
        if part:
            mean, right = (
                float(np.mean(v)) for v in ([p.score for p in part], [p.is_right for p in part])
            )
            found.append((round(mean, 3), round(right, 3), len(part)))
    return found


if __name__ == "__main__":
    main()
