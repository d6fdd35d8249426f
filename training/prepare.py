"""Step 4: all examples that a tagger learns from, with their features, in one file.

    python -m training.prepare CORPORA -o .training/examples.pickle

The file is for this machine and this training alone: it holds the texts of the corpora.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path

from training import held_out, learning
from training.corpora import catalog, tac
from training.examples import Example, examples
from training.heads import Head, read_heads


def main() -> None:
    """Parse the arguments and write the file."""
    parser = argparse.ArgumentParser(description="prepare the examples")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    found = prepared(options.corpora, read_heads())
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


def chosen(path: Path, *, without_fold: int | None) -> list[Example]:
    """Return the examples of a file that ``main`` wrote, without one fold of the labels."""
    found: list[Example] = pickle.loads(path.read_bytes())
    return [one for one in found if without_fold is None or one.fold != without_fold]


if __name__ == "__main__":
    main()
