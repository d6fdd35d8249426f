"""Measure a profile through the whole pipeline, and keep the figures with the commands that gave them.

    python -m training.measure CORPORA GOLD SCORERS .training/accurate --profile accurate -o corpus/results.json

    python -m training.measure CORPORA GOLD SCORERS --profile accurate -o corpus/results.json

The second, after a change of rules, measures the leaflets alone, with the tagger that ships.

``SCORERS`` is the folder of the corpora's own scoring scripts. Labels are read fold by fold, each with the tagger
that did not learn from it; abstracts and leaflets with the tagger that learned from all labels. Abstracts are
measured twice: the tagger's own spans, and the mentions of the records, where a class of drugs, a target or a
test is no chemical. Other profiles in the file stay as they are.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from monograph_nlp.pipeline import load, run
from monograph_nlp.read import read
from monograph_nlp.record.codec import encode
from monograph_nlp.tagging.tagger import open_tagger
from monograph_nlp.types import Monograph
from training.corpora.tac import FOLDS
from training.cross_validate import pipeline
from training.examples import hits

_LABELS = "tac2017_adr/train_xml"
_ABSTRACTS = "bc5cdr/CDR_DevelopmentSet.PubTator.txt"
_LEAFLETS = "ema_leaflets_html"
_ALL = "fold-all"  # the tagger that learned from all labels
_LABEL_OF = {"DRUG": "DRUG", "FINDING": "CONDITION"}  # head → a label that the script counts
Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything is."""

    corpora: Path
    gold: Path  # annotations of the leaflets
    scorers: Path
    taggers: Path
    work: Path


def main() -> None:
    """Parse the arguments, measure, and write the figures."""
    parser = argparse.ArgumentParser(description="measure a profile")
    for name in ("corpora", "gold", "scorers"):
        parser.add_argument(name, type=Path)
    parser.add_argument("taggers", type=Path, nargs="?", help="of the folds; else what ships")
    parser.add_argument("--profile", required=True, help="name of the figures in the file")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON file to add to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        where = (options.corpora, options.gold, options.scorers)
        if options.taggers is None:
            places = Places(*where, taggers=Path(), work=Path(work))
            figures = {"leaflets": _leaflets(places, load(profile=options.profile))}
        else:
            places = Places(*where, taggers=options.taggers, work=Path(work))
            figures = {
                "labels": _labels(places),
                "abstracts": _abstracts(places),
                "abstracts_alone": _abstracts_alone(places),
                "leaflets": _leaflets(places, pipeline(places.taggers / _ALL)),
            }
    held = json.loads(options.output.read_text()) if options.output.exists() else {}
    held[options.profile] = held.get(options.profile, {}) | figures
    options.output.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n")


def _labels(places: Places) -> Figures:
    source = places.work / "labels.jsonl"
    _script(places, "tac_to_jsonl.py", places.corpora / _LABELS, source)
    labels = sorted(read(source), key=lambda label: label.id)
    target = places.work / "labels.records.jsonl"
    with target.open("wb") as lines:
        for fold in range(FOLDS):
            own = [label for number, label in enumerate(labels) if number % FOLDS == fold]
            lines.writelines(_records(own, pipeline(places.taggers / f"fold-{fold}")))
    scored = _script(places, "score_tac.py", places.corpora / _LABELS, target)
    return {**scored, "words_a_second_on_one_core": _speed(labels, places.taggers / _ALL)}


def _speed(labels: Sequence[Monograph], tagger: Path) -> int:
    """Return how many words of labels one core reads a second once a first one has been read."""
    nlp = pipeline(tagger)
    b"".join(_records(labels[:1], nlp))  # opens what opens at its first use
    begun = time.process_time()
    b"".join(_records(labels[1:], nlp))
    seconds = time.process_time() - begun
    return round(sum(len(label.text.split()) for label in labels[1:]) / seconds)


def _abstracts(places: Places) -> Figures:
    gold, source = places.corpora / _ABSTRACTS, places.work / "abstracts.jsonl"
    _script(places, "pubtator_to_jsonl.py", gold, source)
    target = places.work / "abstracts.records.jsonl"
    target.write_bytes(b"".join(_records(read(source), pipeline(places.taggers / _ALL))))
    return _script(places, "score_pubtator.py", gold, target)


def _abstracts_alone(places: Places) -> Figures:
    gold, source = places.corpora / _ABSTRACTS, places.work / "abstracts.jsonl"
    tagger = open_tagger(places.taggers / _ALL)
    target = places.work / "abstracts.spans.jsonl"
    with target.open("w") as lines:
        for abstract in read(source):
            spans = [
                {"label": _LABEL_OF[one.head], "spans": one.fragments}
                for one in tagger.tag(abstract.text, hits(abstract.text))
                if one.head in _LABEL_OF
            ]
            lines.write(json.dumps({"document": {"id": abstract.id}, "mentions": spans}) + "\n")
    return _script(places, "score_pubtator.py", gold, target)


def _leaflets(places: Places, nlp: Language) -> Figures:
    names = sorted(path.stem for path in places.gold.glob("*.json"))
    if not names:
        raise SystemExit(
            f"{places.gold}: no *.json; expected the folder of the leaflets' annotations"
        )
    found = (label for name in names for label in read(places.corpora / _LEAFLETS / f"{name}.html"))
    target = places.work / "leaflets.records.jsonl"
    target.write_bytes(b"".join(_records(found, nlp)))
    return _script(places, "score_facts.py", places.gold, target)


def _records(monographs: Iterable[Monograph], nlp: Language) -> Iterable[bytes]:
    for record in run(nlp, monographs):
        yield encode(record) + b"\n"


def _script(places: Places, name: str, *arguments: Path) -> Figures:
    """Run a scoring script; return the figures it prints, one JSON object a line."""
    command = [sys.executable, str(places.scorers / name), *map(str, arguments)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return {line.pop("measure"): line for line in lines}


if __name__ == "__main__":
    main()
