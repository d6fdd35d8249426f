"""Records with their texts → a folder that brat shows: ``ID.txt``, ``ID.ann``, two ``.conf`` files.

The text files hold the text as it is, so that the offsets are those of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from monograph_nlp.export.brat_lines import ASSERTION, annotation_lines
from monograph_nlp.export.outcome import Outcome
from monograph_nlp.record.vocabulary import assertions, predicates
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import Record
from monograph_nlp.write.names import file_stem
from monograph_nlp.write.replace import replacing

TABLE = "export_labels.tsv"
COLUMNS = ("label", "name", "color", "example")


def write_brat(records: Iterable[Record], folder: Path, outcome: Outcome) -> None:
    """Write two files for each record, named by ``file_stem``, and then the configuration.

    A file appears whole or not at all. Files of other documents in the folder stay.
    """
    outcome.made["document"] = 0  # the first that is told
    for record in records:
        outcome.records += 1
        stem = file_stem(record.document.id)
        lines = "".join(f"{line}\n" for line in annotation_lines(record, outcome))
        with (
            replacing(folder / f"{stem}.ann") as annotated,
            replacing(folder / f"{stem}.txt") as plain,
        ):
            plain.write_bytes((record.text or "").encode())
            annotated.write_bytes(lines.encode())
        outcome.made["document"] += 1
    for name, page in (("annotation.conf", _annotation()), ("visual.conf", _visual())):
        with replacing(folder / name) as part:
            part.write_bytes("".join(f"{line}\n" for line in page).encode())


def _annotation() -> Iterator[str]:
    """Say what there is to annotate; brat wants all four sections, the empty one too."""
    values = [value for value in assertions() if value != "present"]
    yield "[entities]"
    yield from (row.text("label") for row in _labels())
    yield "[relations]"
    yield "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    for predicate in predicates():
        yield f"{predicate} Arg1:<ENTITY>, Arg2:<ENTITY>"
    yield "[events]"
    yield "[attributes]"
    yield f"{ASSERTION} Arg:<ENTITY>, Value:{'|'.join(values)}"


def _visual() -> Iterator[str]:
    yield "[labels]"
    yield from (f"{row.text('label')} | {row.text('name')}" for row in _labels())
    yield "[drawing]"
    yield "SPAN_DEFAULT fgColor:black, bgColor:#eeeeee, borderColor:darken"
    yield "ARC_DEFAULT color:black, arrowHead:triangle-5"
    yield from (f"{row.text('label')} bgColor:{row.text('color')}" for row in _labels())


@cache
def _labels() -> tuple[Row, ...]:
    return read_table(TABLE, COLUMNS, required=COLUMNS)
