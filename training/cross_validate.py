"""Read each fold of the labels with the tagger that did not learn from it, through the whole pipeline.

    python -m training.cross_validate LABELS.jsonl TAGGERS -o records.jsonl

``TAGGERS`` holds a folder ``fold-N`` for each fold, as the export writes it; ``LABELS.jsonl`` has the labels as
documents whose ids are the file stems of the corpus, in the order of their names.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from monograph_nlp.pipeline import load, run
from monograph_nlp.read import read
from monograph_nlp.record.codec import encode
from monograph_nlp.types import Monograph
from training.corpora.tac import FOLDS


def main() -> None:
    """Parse the arguments and write the records, in the order of the labels."""
    parser = argparse.ArgumentParser(description="read each fold with its own tagger")
    parser.add_argument("labels", type=Path, help="the labels as JSONL")
    parser.add_argument("taggers", type=Path, help="folder with a tagger for each fold")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file for the records")
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)))
    options = parser.parse_args()
    labels = sorted(read(options.labels), key=lambda label: label.id)
    found: dict[str, bytes] = {}
    for fold in options.folds:
        own = [label for number, label in enumerate(labels) if number % FOLDS == fold]
        found.update(_records(own, options.taggers / f"fold-{fold}"))
    with options.output.open("wb") as lines:
        for label in labels:
            if label.id in found:
                lines.write(found[label.id] + b"\n")


def pipeline(tagger: Path) -> Language:
    """Return the default pipeline with the tagger of a folder, whatever it has by default."""
    nlp = load()
    if "tagger" in nlp.pipe_names:
        nlp.remove_pipe("tagger")
    config = {"model": str(tagger)}
    nlp.add_pipe("monograph_tagger", name="tagger", after="lexical", config=config)
    return nlp


def _records(labels: list[Monograph], tagger: Path) -> Iterator[tuple[str, bytes]]:
    for label, record in zip(labels, run(pipeline(tagger), labels), strict=True):
        yield label.id, encode(record)


if __name__ == "__main__":
    main()
