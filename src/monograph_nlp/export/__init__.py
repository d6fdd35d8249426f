"""Records → the files of other systems: KGX graphs, FHIR R5 bundles, brat folders, PubTator.

What becomes what stands in tables in ``rules/``, and on the page ``docs/exports.md``. Nothing is
made up on the way: a fact that a format cannot say is left out and counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeAlias

from monograph_nlp.errors import ConfigError, ReadError
from monograph_nlp.export.brat import write_brat
from monograph_nlp.export.fhir import write_fhir
from monograph_nlp.export.kgx import write_kgx
from monograph_nlp.export.outcome import Outcome
from monograph_nlp.export.pubtator import write_pubtator
from monograph_nlp.types import Record
from monograph_nlp.write.replace import replacing

__all__ = ["FOLDERS", "FORMATS", "STDOUT", "Outcome", "export"]

STDOUT = Path("-")
_Writer: TypeAlias = "Callable[[Iterable[Record], Path, Outcome], None]"


@dataclass(frozen=True, slots=True)
class _Format:
    write: _Writer
    needs_text: bool


def _to_file(write: Callable[[Iterable[Record], BinaryIO, Outcome], None]) -> _Writer:
    def written(records: Iterable[Record], path: Path, outcome: Outcome) -> None:
        if path == STDOUT:
            write(records, sys.stdout.buffer, outcome)
            return
        with replacing(path) as part, part.open("wb") as stream:
            write(records, stream, outcome)

    return written


_FORMATS = {
    "kgx": _Format(write_kgx, needs_text=False),
    "fhir": _Format(_to_file(write_fhir), needs_text=False),
    "brat": _Format(write_brat, needs_text=True),
    "pubtator": _Format(_to_file(write_pubtator), needs_text=True),
}
FORMATS = tuple(_FORMATS)
FOLDERS = ("kgx", "brat")  # the others are one file


def export(
    records: Iterable[Record],
    path: str | Path,
    to: str,
    *,
    on_error: Callable[[ReadError], None] | None = None,
) -> Outcome:
    """Write the records in the form of another system, and return the counts.

    Args:
        records: valid records, read once, one in memory at a time; ``brat`` and ``pubtator``
            need their texts.
        path: the folder (``kgx``, ``brat``) or file (``fhir``, ``pubtator``; ``-`` for standard
            output). Files are replaced when the last record is written, those of ``brat`` one
            document at a time. Without any record nothing is written.
        to: one of ``FORMATS``.
        on_error: takes a record that has no text, or whose name was there before, which is then
            left out.

    Raises:
        ConfigError: there is no such format.
        ReadError: such a record, where there is no ``on_error``.
        OSError: the path cannot be written.
    """
    if to not in _FORMATS:
        raise ConfigError(
            f"export to {to!r}: expected one of {', '.join(FORMATS)}. Name one of them."
        )
    outcome, usable = Outcome(), _usable(records, to, on_error)
    first = next(usable, None)
    if first is not None:  # else nothing is opened, and no older file replaced
        _FORMATS[to].write(chain((first,), usable), Path(path), outcome)
    return outcome


def _usable(
    records: Iterable[Record], to: str, on_error: Callable[[ReadError], None] | None
) -> Iterator[Record]:
    needs_text, seen = _FORMATS[to].needs_text, set[str]()
    for record in records:
        name = record.document.id if needs_text else record.id
        error = _refused(record, name in seen, needs_text, to)
        if error is None:
            seen.add(name)
            yield record
        elif on_error is None:
            raise error
        else:
            on_error(error)


def _refused(record: Record, is_repeated: bool, needs_text: bool, to: str) -> ReadError | None:
    where = f"record {record.id}"
    if needs_text and record.text is None:
        return ReadError(
            where,
            f"it holds no text, and {to} needs it",
            "the text that the offsets count in",
            "Extract with --with-text, or name the folder of the texts with --text-dir.",
        )
    if is_repeated:
        return ReadError(
            where,
            f"document {record.document.id!r} was there before",
            "each document once",
            "Leave out the repeated record, or give the documents ids of their own.",
        )
    return None
