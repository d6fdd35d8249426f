"""Examples for the fast profile from texts without annotations, as the accurate tagger reads them.

    python -m training.teach CORPORA GOLD .training/final/fold-0 --every 4 -o .training/taught-0.pickle

Distillation (Hinton et al. 2015): the pupil learns the share that the teacher gives to each tag. A teacher that did not
learn from a fold teaches the pupil that is measured on it; what is held out, and copies of it, are left out as they are
everywhere else.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from monograph_nlp.tagging.features import features
from monograph_nlp.tagging.tagger import Tagger, open_tagger
from monograph_nlp.tagging.words import words
from training import held_out
from training.corpora import catalog, leaflet_gold
from training.corpora.document import Document
from training.examples import UNKNOWN, Example, hits
from training.heads import Head, read_heads

TAUGHT = "taught"


def main() -> None:
    """Parse the arguments and write the file."""
    parser = argparse.ArgumentParser(description="tag texts without annotations")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("gold_leaflets", type=Path, help="folder of the leaflets' annotations")
    parser.add_argument("teacher", type=Path, help="folder of the tagger")
    parser.add_argument("--every", type=int, default=4, help="one document in so many is read")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    teacher, heads = open_tagger(options.teacher), read_heads()
    gold = leaflet_gold.names(options.gold_leaflets)
    documents = texts(options.corpora, gold, options.every)
    found = [taught(document, teacher, heads) for document in documents]
    options.output.write_bytes(pickle.dumps(found))
    print(f"{len(found)} examples, {sum(len(one.words) for one in found):,} words")


def texts(corpora: Path, gold: set[str], every: int) -> Iterator[Document]:
    """Yield one group in ``every`` of the texts without annotations, without what is held out.

    Raises:
        CorpusError: a part is not as its reader expects.
    """
    parts = list(catalog.parts("texts"))
    leaflets = [part for part in parts if part.layout == "leaflets"]
    kept_out = held_out.read(corpora, [*catalog.parts("held_out", "folds"), *leaflets], gold)
    for part in parts:
        groups = held_out.grouped(catalog.read(part, corpora))
        for number, (group, documents) in enumerate(groups):
            if number % every == 0 and not kept_out.why_not(
                group, held_out.sentences_of(*documents)
            ):
                yield from (document for document in documents if words(document.text))


def taught(document: Document, teacher: Tagger, heads: Sequence[Head]) -> Example:
    """Return a document with what the teacher gives to the tags of the fast heads; no tag is known."""
    ranges, known = words(document.text), hits(document.text)
    told = features(document.text, ranges, known)
    by_head = teacher.shares(document.text, ranges, known)
    shares = np.concatenate([by_head[head.name] for head in heads if head.is_fast], axis=1)
    tags = np.full((len(ranges), len(heads)), UNKNOWN, dtype=np.int64)
    half = shares.astype(np.float16)
    return Example(document.id, TAUGHT, None, document.text, ranges, told, tags, half)


if __name__ == "__main__":
    main()
