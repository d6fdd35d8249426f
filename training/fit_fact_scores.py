"""Count how often facts are right, by what is known of them, and keep the weights of a logistic scale.

    python -m training.fit_fact_scores CORPORA GOLD LABELS.jsonl .training/final -o src/monograph_nlp/data/fact_scores.json

Facts of the gold leaflets (all predicates that the gold has) and of the labels of TAC (adverse events; each fold read with the
tagger that did not learn from it). A fact is right if its object shares enough words with one of the gold under the
same predicate. The figures beside the weights are of leaflets that the weights did not see, six parts by document.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from monograph_nlp.pipeline import run
from monograph_nlp.read import read
from monograph_nlp.text.fact_scores import Traits, named, probability
from monograph_nlp.types import Argument, Record
from training.corpora import tac
from training.cross_validate import pipeline

_LABELS = "tac2017_adr/train_xml"
_LEAFLETS = "ema_leaflets_html"
_EVENT = "has_adverse_event"
_REACTION = "AdverseReaction"
_ONCE = 1  # evidences of a fact that the text states once
_PARTS = 6
_SHRINKAGE = 1.0  # of each weight: what a predicate with few facts borrows from the others
_A_LABEL = 0.3  # weight of a fact of a label: its gold is of strings, not of facts
_ALIKE = {"has_mechanism_of_action": 0.34, _EVENT: 0.7, "has_target": 0.7}
_ALIKE_ELSE = 0.6
_DULL = frozenset(
    ["a", "an", "and", "any", "for", "in", "of", "on", "or", "the", "to", "with", "your"]
)
_BINS = (0.0, 0.7, 0.8, 0.9, 0.95, 1.0)


class Judged(NamedTuple):
    """A fact of a document, and whether the gold has it."""

    document: str
    traits: Traits
    is_right: bool
    weight: float


def main() -> None:
    """Parse the arguments, fit and write."""
    parser = argparse.ArgumentParser(description="fit the scores of facts")
    for name in ("corpora", "gold", "labels", "taggers"):
        parser.add_argument(name, type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON file")
    options = parser.parse_args()
    leaflets = list(_leaflets(options.gold, options.corpora / _LEAFLETS, options.taggers))
    labels = list(_labels(options.labels, options.corpora / _LABELS, options.taggers))
    told = {
        "weights": fit([*leaflets, *labels]),
        "measured": measured(leaflets, labels),
        "facts": {"leaflets": len(leaflets), "labels": len(labels)},
    }
    options.output.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")


def fit(facts: Sequence[Judged]) -> dict[str, float]:
    """Return the weights of a logistic regression, by Newton's method, rounded."""
    names = sorted({name for fact in facts for name, _ in named(fact.traits)})
    values = np.array([_row(fact.traits, names) for fact in facts])
    rights = np.array([fact.is_right for fact in facts], dtype=np.float64)
    weights = np.array([fact.weight for fact in facts])
    found = np.zeros(len(names))
    for _ in range(50):
        shares = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (weights * (shares - rights)) + _SHRINKAGE * found
        bend = (values * (weights * shares * (1 - shares))[:, None]).T @ values
        found -= np.linalg.solve(bend + _SHRINKAGE * np.eye(len(names)), slope)
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def measured(leaflets: Sequence[Judged], labels: Sequence[Judged]) -> dict[str, object]:
    """Return the figures of each sixth of the leaflets by the weights of the other five and the labels."""
    documents = sorted({fact.document for fact in leaflets})
    said: list[tuple[float, bool]] = []
    for part in range(_PARTS):
        own = set(documents[part::_PARTS])
        weights = fit([*(fact for fact in leaflets if fact.document not in own), *labels])
        mine = [fact for fact in leaflets if fact.document in own]
        said += [(probability(fact.traits, weights), fact.is_right) for fact in mine]
    right = sum(is_right for _, is_right in said) / len(said)
    return {
        "right": round(right, 3),
        "brier": round(sum((score - is_right) ** 2 for score, is_right in said) / len(said), 4),
        "brier_of_the_mean": round(right * (1 - right), 4),
        "bins": [list(row) for row in _bins(said)],
    }


def _bins(said: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    """Yield mean score, share that is right and number of facts, bin by bin."""
    for low, high in pairwise(_BINS):
        inside = [(score, is_right) for score, is_right in said if low < score <= high]
        if inside:
            scores, rights = zip(*inside, strict=True)
            yield (
                round(sum(scores) / len(inside), 3),
                round(sum(rights) / len(inside), 3),
                len(inside),
            )


def _row(traits: Traits, names: Sequence[str]) -> list[float]:
    own = dict(named(traits))
    return [own.get(name, 0.0) for name in names]


def _leaflets(gold: Path, leaflets: Path, taggers: Path) -> Iterator[Judged]:
    paths = sorted(gold.glob("*.json"))
    texts = [next(read(leaflets / f"{path.stem}.html")) for path in paths]
    for path, record in zip(paths, run(pipeline(taggers / "fold-all"), texts), strict=True):
        facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
        wanted: dict[str, list[list[str]]] = {fact["predicate"]: [] for fact in facts}
        for fact in facts:
            wanted[fact["predicate"]].append([fact["text"], *fact.get("aliases", ())])
        yield from judged(record, wanted, 1.0)


def _labels(labels: Path, folder: Path, taggers: Path) -> Iterator[Judged]:
    folds = tac.fold_of(folder)
    events: dict[str, list[list[str]]] = {name: [] for name in folds}
    for document in tac.read(folder):
        for span in document.spans:
            if span.label == _REACTION:
                words = " ".join(document.text[start:end] for start, end in span.fragments)
                events[document.group].append([words])
    texts = sorted(read(labels), key=lambda label: label.id)
    for fold in range(tac.FOLDS):
        own = [label for label in texts if folds[label.id] == fold]
        for record in run(pipeline(taggers / f"fold-{fold}"), own):
            yield from judged(record, {_EVENT: events[record.document.id]}, _A_LABEL)


def judged(
    record: Record, gold: Mapping[str, Sequence[Sequence[str]]], weight: float
) -> Iterator[Judged]:
    """Yield the facts that a record states under the predicates of the gold, and whether the gold has them.

    Args:
        record: of the document.
        gold: the names of each object, by predicate.
        weight: of each fact.
    """
    mentions = {mention.id: mention for mention in record.mentions}
    for fact in record.facts:
        if fact.assertion == "present" and fact.predicate in gold and fact.object.mention:
            mention = mentions[fact.object.mention]
            traits = Traits(
                fact.predicate,
                fact.rule,
                mention.source,
                mention.score,
                mention.concept is not None,
                len(mention.spans) > 1,
                len(fact.evidence) > _ONCE,
            )
            alike = _ALIKE.get(fact.predicate, _ALIKE_ELSE)
            is_right = _likeness(fact.object, gold[fact.predicate]) >= alike
            yield Judged(record.document.id, traits, is_right, weight)


def _likeness(found: Argument, gold: Sequence[Sequence[str]]) -> float:
    """Return the best F1 in words between a name of an object and one of the gold."""
    own = [_words(name) for name in {found.text, found.name} if name]
    theirs = [_words(name) for names in gold for name in names]
    pairs = ((a, b) for a in own for b in theirs if a and b)
    return max((2 * len(a & b) / (len(a) + len(b)) for a, b in pairs), default=0.0)


def _words(name: str) -> frozenset[str]:
    """Return what a name says: its words without endings and the words that say nothing."""
    words = (word for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in _DULL)
    return frozenset(re.sub(r"(?<=\w{3})(?:ies|es|s|y)$", "", word) for word in words)


if __name__ == "__main__":
    main()
