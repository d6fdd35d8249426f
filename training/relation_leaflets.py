"""Measure a scorer that learned indications from label sentences on whole package leaflets.

    python -m training.relation_leaflets CORPORA GOLD RECORDS.jsonl

``RECORDS.jsonl`` is what ``monograph-nlp extract`` makes of the leaflets that ``GOLD`` annotates. The conditions and events
of a record are judged by their sentences, everywhere and in the sections that say what a medicine is for; the
rows' indications stand beside them. A name is right if its words contain those of an indication of
the gold, or the other way round: less strict than the scores of the record, and the same for both.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monograph_nlp.read import read
from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.sentences import split_sentences
from training.relation_corpora import NONE, Pair, roam_pairs
from training.relation_scorer import Scorer, Settings, fit

_SECTIONS = frozenset({"INDICATIONS", "OVERVIEW", "SUMMARY", "MECHANISM_OF_ACTION"})
_LEAST = (0.5, 0.8, 0.9)
_FINDINGS = ("CONDITION", "ADVERSE_EVENT")
_WORD = re.compile(r"[a-z0-9]{3,}")


@dataclass(slots=True)
class Count:
    """Names that were said and those of the gold, with how many of them agree."""

    said: int = 0
    right: int = 0
    marked: int = 0
    found: int = 0

    def add(self, said: Iterable[str], gold: Sequence[str]) -> None:
        """Count one leaflet; a name said twice counts once."""
        names = {name.lower() for name in said}
        self.said += len(names)
        self.right += sum(any(is_same(name, one) for one in gold) for name in names)
        self.marked += len(gold)
        self.found += sum(any(is_same(name, one) for name in names) for one in gold)


@dataclass(slots=True)
class Counts:
    """A count for each way of finding indications."""

    ways: dict[str, Count] = field(default_factory=dict)

    def add(self, way: str, said: Iterable[str], gold: Sequence[str]) -> None:
        """Count what one way says of one leaflet."""
        self.ways.setdefault(way, Count()).add(said, gold)

    def lines(self) -> Iterator[str]:
        """Yield a line for each way."""
        for way, one in self.ways.items():
            precision, recall = one.right / max(1, one.said), one.found / max(1, one.marked)
            yield f"{way}: P {precision:.3f} of {one.said}, R {recall:.3f} of {one.marked}"


def is_same(one: str, other: str) -> bool:
    """Return whether the words of one name contain those of the other.

    >>> is_same("severe asthma", "Asthma")
    True
    """
    first, second = (frozenset(_WORD.findall(name.lower())) for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def pairs(record: dict[str, Any], text: str, sections: frozenset[str] | None) -> Iterator[Pair]:
    """Yield the findings of a record in their sentences; ``None`` is any section."""
    found = [
        (int(mention["spans"][0][0]), int(mention["spans"][-1][1]))
        for mention in record["mentions"]
        if mention["label"] in _FINDINGS
        and (sections is None or _is_in(record, int(mention["spans"][0][0]), sections))
    ]
    for block in split_blocks(text):
        for low, high in split_sentences(text, block.start, block.end):
            inside = [(a - low, b - low) for a, b in found if low <= a and b <= high]
            for place in inside:
                others = tuple((*other, "second") for other in inside if other != place)
                yield Pair(record["document"]["id"], text[low:high], None, place, others, NONE)


def _is_in(record: dict[str, Any], at: int, sections: frozenset[str]) -> bool:
    return any(
        section["label"] in sections and section["start"] <= at < section["end"]
        for section in record["sections"]
    )


def count(
    record: dict[str, Any], text: str, gold: Sequence[str], scorer: Scorer, to: Counts
) -> None:
    """Count one leaflet, by all ways."""
    mentions = {mention["id"]: mention for mention in record["mentions"]}
    stated = [
        mentions[fact["object"]["mention"]]["text"]
        for fact in record["facts"]
        if fact["predicate"] == "has_indication" and fact["assertion"] == "present"
    ]
    to.add("rows", stated, gold)
    for where, sections in (("", None), (", where it is said", _SECTIONS)):
        judged = list(pairs(record, text, sections))
        column = scorer.labels.index("INDICATION")
        chances = scorer.probabilities(judged)[:, column].tolist() if judged else []
        for least in _LEAST:
            said = [
                pair.text[slice(*pair.second)]
                for pair, chance in zip(judged, chances, strict=True)
                if chance >= least
            ]
            to.add(f"learned, {least:.1f} or more{where}", said, gold)


def main() -> None:
    """Parse the arguments and print a line for each way."""
    parser = argparse.ArgumentParser(description="measure a learned scorer on leaflets")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("gold", type=Path, help="folder of the leaflets' annotations")
    parser.add_argument("records", type=Path, help="the leaflets' records as JSONL")
    options = parser.parse_args()
    scorer = fit(roam_pairs(options.corpora)[0], Settings())
    counts = Counts()
    for line in options.records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        name = record["document"]["id"]
        text = next(read(options.corpora / f"ema_leaflets_html/{name}.html")).text
        facts = json.loads((options.gold / f"{name}.json").read_text(encoding="utf-8"))["facts"]
        gold = [fact["text"] for fact in facts if fact["predicate"] == "has_indication"]
        count(record, text, gold, scorer, counts)
    print("\n".join(counts.lines()))


if __name__ == "__main__":
    main()
