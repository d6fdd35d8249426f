"""The golden records: what three samples say, as JSON that a person can review: an item a line.

A record's id and provenance are left out: they change with every row of the rules, also where
nothing else does.
"""

from __future__ import annotations

import json
from pathlib import Path

from spacy.language import Language

from monograph_nlp.pipeline import run
from monograph_nlp.read import read
from monograph_nlp.record.codec import to_dict

FOLDER = Path(__file__).resolve().parent
SOURCES = ("apixaban.html", "daratumumab.xml", "imatinib.txt")
_CORPUS = FOLDER.parents[1] / "corpus"
_LEFT_OUT = {"id", "provenance"}


def path_of(source: str) -> Path:
    """Return the golden file of a sample."""
    return FOLDER / f"{Path(source).stem}.json"


def golden(nlp: Language, source: str) -> str:
    """Return what the golden file of a sample should hold now."""
    (record,) = run(nlp, read(_CORPUS / source))
    kept = {key: value for key, value in to_dict(record).items() if key not in _LEFT_OUT}
    return "{\n" + ",\n".join(f"{_line(key)}: {_lines(kept[key])}" for key in kept) + "\n}\n"


def _lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _line(value)
    return "[\n  " + ",\n  ".join(map(_line, value)) + "\n]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
