"""An annotation of any kind → ``Gold``: told by its files, or named by the caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.gold import Gold
from monograph_nlp.evaluate.gold_files import files_of, json_of, text_of
from monograph_nlp.evaluate.gold_types import labels_of

_READERS = {
    "brat": "brat",
    "pubtator": "pubtator",
    "bioc": "bioc",
    "tac": "tac",
    "facts": "leaflets",
    "standoff": "samples",
    "corrections": "reviewed",
}
FORMATS = tuple(_READERS)


def read_gold(
    path: str | Path,
    format: str | None = None,
    types: Mapping[str, Sequence[str]] | None = None,
) -> Gold:
    """Return what a file or folder of annotations says.

    Args:
        path: BRAT (a folder), PubTator, BioC (XML or JSON), TAC 2017 (XML), facts by their names
            or standoff (JSON), each a file or a folder, or corrections (JSONL).
        format: one of ``FORMATS``; told by the content where it is not given.
        types: type of the annotation → labels of a record, before those of ``rules/gold_types.tsv``;
            a type without labels is not counted.

    Raises:
        ReadError: a file cannot be read, or is none of these.
        ConfigError: ``types`` names a label that no record has.
    """
    place = Path(path)
    gold = _read(place, format or _told(place))
    if not gold.documents:
        raise ReadError(str(path), "no document is annotated", "at least one", "Check the path.")
    labels, notes = labels_of(gold.documents, types)
    return replace(gold, labels=labels, notes=(*gold.notes, *notes))


def _read(path: Path, format: str) -> Gold:
    if format not in _READERS:
        raise _unknown(path, f"no format {format!r}")
    reader = import_module(f"monograph_nlp.evaluate.{_READERS[format]}")
    read: Callable[[Path], Gold] = reader.read
    return read(path)


def _told(path: Path) -> str:
    """Tell the format by the names and the beginnings of the files."""
    if path.is_dir():
        return _told_of_folder(path)
    suffix = path.suffix.lower()
    if suffix == ".xml":
        return _told_of_xml(path)
    if suffix == ".json":
        return _told_of_json(path)
    if suffix in (".jsonl", ".ndjson"):
        return "corrections"
    from monograph_nlp.evaluate.pubtator import FIRST

    if FIRST.match(text_of(path).lstrip()):
        return "pubtator"
    raise _unknown(path, "its format cannot be told")


def _told_of_folder(path: Path) -> str:
    if next(path.rglob("*.ann"), None):
        return "brat"
    if files := files_of(path, "*.xml", "*.json"):
        return _told(files[0])
    raise _unknown(path, "the folder holds no .ann, .xml or .json")


def _told_of_xml(path: Path) -> str:
    from monograph_nlp.evaluate.tac import ROOT
    from monograph_nlp.evaluate.xml_files import root_of

    return "tac" if root_of(path).tag == ROOT else "bioc"


def _told_of_json(path: Path) -> str:
    from monograph_nlp.evaluate import leaflets, samples

    value = json_of(path)
    keys = value.keys() if isinstance(value, dict) else set()
    if "documents" in keys:
        return "bioc"
    if keys >= leaflets.KEYS:
        return "facts"
    if keys >= samples.KEYS:
        return "standoff"
    raise _unknown(path, f"its format cannot be told (keys: {', '.join(map(str, keys)) or 'none'})")


def _unknown(path: Path, what: str) -> ReadError:
    return ReadError(
        str(path),
        what,
        f"one of {', '.join(FORMATS)}",
        "Name it with --gold-format; docs/evaluation.md describes them.",
    )
