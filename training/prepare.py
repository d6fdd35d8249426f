"""Step 4: all examples that a tagger learns from, with their features, in one file.

    python -m training.prepare CORPORA GOLD -o .training/examples.pickle

The file is for this machine and this training alone: it holds the texts of the corpora.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

from training import held_out, learning
from training.corpora import catalog, leaflet_gold, tac
from training.examples import Example, examples
from training.heads import Head, read_heads
from training.listed import listed

LISTED = "leaflets/listed"
_WARNINGS = 4  # one leaflet in so many gives its warnings, which are long and mostly unknown


def main() -> None:
    """Parse the arguments and write the file."""
    parser = argparse.ArgumentParser(description="prepare the examples")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("gold_leaflets", type=Path, help="folder of the leaflets' annotations")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    gold = leaflet_gold.names(options.gold_leaflets)
    heads = read_heads()
    found = [*prepared(options.corpora, heads), *leaflets(options.corpora, gold, heads)]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_bytes(pickle.dumps(found))
    print(f"{len(found)} examples, {sum(len(one.words) for one in found):,} words")


def prepared(corpora: Path, heads: Sequence[Head]) -> list[Example]:
    """Return the examples of all parts that may train; those of the labels know their fold.

    Raises:
        CorpusError: a part is not as its reader expects.
    """
    kept_out = held_out.read(corpora, catalog.parts("held_out"))
    found: list[Example] = []
    folds: dict[str, dict[str, int]] = {}
    for part, document in learning.documents(corpora, kept_out):
        if part.use == "folds" and part.path not in folds:
            folds[part.path] = tac.fold_of(corpora / part.path)
        fold = folds.get(part.path, {}).get(document.group)
        found.extend(examples([document], heads, part.name, fold))
    return found


def leaflets(corpora: Path, gold: set[str], heads: Sequence[Head]) -> Iterator[Example]:
    """Yield weak examples from the leaflets that are neither in the gold nor copies of one there.

    Raises:
        CorpusError: there are no leaflets.
    """
    parts = [part for part in catalog.parts("texts") if part.layout == "leaflets"]
    kept_out = held_out.read(corpora, parts, gold)
    for part in parts:
        for number, leaflet in enumerate(catalog.read(part, corpora)):
            if kept_out.why_not(leaflet.group, held_out.sentences_of(leaflet)):
                continue
            for section in listed(leaflet):
                if section.section == "ADVERSE_REACTIONS" or number % _WARNINGS == 0:
                    yield from examples([section], heads, LISTED)


def chosen(path: Path, *, without_fold: int | None) -> list[Example]:
    """Return the examples of a file that ``main`` wrote, without one fold of the labels."""
    found: list[Example] = pickle.loads(path.read_bytes())
    return [one for one in found if without_fold is None or one.fold != without_fold]


if __name__ == "__main__":
    main()
