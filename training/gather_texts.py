"""Step 1: gather the texts for continued pretraining, without what models are measured on.

    python -m training.gather_texts CORPORA GOLD_LEAFLETS -o .training/texts.txt

The output holds one sentence a line and a blank line between documents. Left out are: the 24
leaflets of the gold, abstracts of held-out parts, editions of held-out documents, every sentence
that a held-out document has too, and the third and later copies of any sentence, since labels and
leaflets repeat each other.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training import held_out
from training.corpora import catalog, leaflet_gold

_MAX_COPIES = 2
_MIN_LETTERS = 0.6  # of the characters that are no white space; less is a row of figures
_MIN_CHARACTERS = 8


@dataclass(slots=True)
class _Tally:
    """What was kept and left out, for the report beside the texts."""

    documents: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)


def main() -> None:
    """Parse the arguments, write the texts, and a report beside them."""
    parser = argparse.ArgumentParser(description="gather texts for continued pretraining")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("gold_leaflets", type=Path, help="folder of the leaflets' annotations")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file for the texts")
    options = parser.parse_args()
    gold = leaflet_gold.names(options.gold_leaflets)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    tally = _Tally()
    with options.output.open("w", encoding="utf-8") as output:
        for sentences in gather(options.corpora, gold, tally):
            output.write("\n".join(sentences) + "\n\n")
    _report(options.output.with_suffix(".json"), tally)


def gather(corpora: Path, gold_leaflets: set[str], tally: _Tally) -> Iterator[list[str]]:
    """Yield the sentences of each document that may be learned from, in the catalogue's order."""
    leaflets = [part for part in catalog.parts("texts") if part.layout == "leaflets"]
    avoided = [*catalog.parts("held_out", "folds"), *leaflets]
    kept_out = held_out.read(corpora, avoided, gold_leaflets)
    copies: Counter[str] = Counter()
    for part in catalog.parts():
        if not part.may_pretrain:
            continue
        for group, documents in held_out.grouped(catalog.read(part, corpora)):
            sentences = held_out.sentences_of(*documents)
            if reason := kept_out.why_not(group, sentences):
                tally.left_out.append(f"{part.name} {group}: {reason}")
                continue
            tally.documents[part.name] += 1
            if kept := list(_kept(sentences, kept_out, copies, tally)):
                tally.sentences[f"kept: {part.name}"] += len(kept)
                yield kept


def _kept(
    sentences: list[str], kept_out: held_out.HeldOut, copies: Counter[str], tally: _Tally
) -> Iterator[str]:
    for sentence in sentences:
        if not _is_prose(sentence):
            tally.sentences["left out: figures or too short"] += 1
        elif sentence in kept_out:
            tally.sentences["left out: in a held-out document"] += 1
        elif copies[folded := held_out.key(sentence)] >= _MAX_COPIES:
            tally.sentences["left out: repeated"] += 1
        else:
            copies[folded] += 1
            yield sentence


def _is_prose(sentence: str) -> bool:
    solid = [character for character in sentence if not character.isspace()]
    letters = sum(map(str.isalpha, solid))
    return len(solid) >= _MIN_CHARACTERS and letters >= _MIN_LETTERS * len(solid)


def _report(path: Path, tally: _Tally) -> None:
    figures = {
        "documents": dict(tally.documents),
        "sentences": dict(tally.sentences),
        "left_out": tally.left_out,
    }
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
