"""Last step: a tagger with the curves of its scores and its figures in its card, where the package looks for it.

python -m training.finish .training/accurate/fold-all .training/accurate.json corpus/results.json \
    --profile accurate -o src/monograph_nlp/data/tagger_accurate
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from monograph_nlp.rules import read_table
from monograph_nlp.tagging.card import Card, HeadCard, read_card
from training.calibrate import ALL
from training.cards import learned_from, save

_LIMITS = Path(__file__).with_name("limits.tsv")
_COLUMNS = ("limit", "example")
_FIGURES = (  # name in the card; group, measure and value in the file of results
    ("tac_mentions_f1", ("labels", "mentions_exact", "f1")),
    ("tac_positive_strings_f1", ("labels", "positive_strings", "f1")),
    ("bc5cdr_chemical_f1", ("abstracts_alone", "Chemical_exact", "f1")),
    ("bc5cdr_disease_f1", ("abstracts_alone", "Disease_exact", "f1")),
    ("leaflet_events_precision", ("leaflets", "has_adverse_event", "p")),
    ("leaflet_events_recall", ("leaflets", "has_adverse_event", "r")),
)


def main() -> None:
    """Parse the arguments and write the folder of the tagger that ships."""
    parser = argparse.ArgumentParser(description="finish a tagger")
    parser.add_argument("tagger", type=Path, help="folder that the export wrote")
    parser.add_argument("curves", type=Path, help="file that calibrate wrote")
    parser.add_argument("results", type=Path, help="file that measure wrote")
    parser.add_argument("--profile", required=True)
    parser.add_argument(
        "--fold", default=ALL, help="of the tagger; its curves come from the others"
    )
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    card = read_card(options.tagger)
    if options.output != options.tagger:
        options.output.mkdir(parents=True, exist_ok=True)
        for file in card.files:
            shutil.copy(options.tagger / file, options.output / file)
    card = calibrated(card, json.loads(options.curves.read_text())[options.fold])
    figures = (
        json.loads(options.results.read_text()).get(options.profile, {})
        if options.results.exists()
        else {}
    )
    save(described(card, figures), options.output)


def calibrated(card: Card, told: Mapping[str, Mapping[str, Any]]) -> Card:
    """Return the card with the curve and threshold of each head that ``calibrate`` counted."""
    heads = tuple(_head(head, told.get(head.name)) for head in card.heads)
    return msgspec.structs.replace(card, heads=heads)


def _head(head: HeadCard, told: Mapping[str, Any] | None) -> HeadCard:
    if told is None:
        return head
    curves = {key: tuple(map(tuple, told[key])) for key in ("curve", "known_curve")}
    return msgspec.structs.replace(head, least=told["least"], **curves)


def described(card: Card, figures: Mapping[str, Any]) -> Card:
    """Return the card with its figures and limits, and what it learned from."""
    found = {
        name: figures[group][measure][value]
        for name, (group, measure, value) in _FIGURES
        if measure in figures.get(group, {})
    }
    limits = tuple(
        row.text("limit") for row in read_table(str(_LIMITS), _COLUMNS, required=_COLUMNS)
    )
    changes = {"figures": found, "limits": limits, "corpora": learned_from()}
    return msgspec.structs.replace(card, **changes)


if __name__ == "__main__":
    main()
