"""Rows of the user's own: from options or a spreadsheet, tried on their examples, into a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from monograph_nlp.errors import RuleError
from monograph_nlp.record.vocabulary import labels, predicates
from monograph_nlp.rulebook.trying import fault_of
from monograph_nlp.rules import Row, read_patterns
from monograph_nlp.text.headings import section_labels
from monograph_nlp.text.relation_rules import DIRECTIONS, KEYS, NEEDED, TABLE, read_rows
from monograph_nlp.write.replace import replacing


def read_sheet(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a spreadsheet: a header of the table's keys, lists parted by ``|``.

    Raises:
        RuleError: a column is no key of the table or stands there twice, a row has more cells than the
            header, or the file is no such table; names file and line.
    """
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=delimiter, strict=True)
        try:
            _check_header(reader.fieldnames or (), path)
            return [_filled(cells, f"{path}:{reader.line_num}") for cells in reader]
        except csv.Error as cause:
            raise RuleError(
                f"{path}:{reader.reader.line_num}: {cause}; expected cells parted by {delimiter!r}, and quotes "
                "in pairs. Correct the line."
            ) from cause
        except UnicodeDecodeError as cause:
            raise RuleError(
                f"{path}: not UTF-8; expected a table in UTF-8. Save it as CSV in UTF-8."
            ) from cause


def _check_header(names: Sequence[str], path: Path) -> None:
    wrong = [name for name in names if name not in KEYS or names.count(name) > 1]
    if wrong or not names:
        raise RuleError(
            f"{path}:1: {', '.join(map(repr, dict.fromkeys(wrong))) or 'no header'}; expected columns among "
            f"{', '.join(KEYS)}, each once. Correct the first line."
        )


def _filled(cells: dict[str | Any, str | Any], where: str) -> dict[str, Any]:
    """Return the cells of a row that are not empty."""
    beyond = [cell for cell in cells.pop(None, ()) if cell.strip()]
    if beyond:
        raise RuleError(
            f"{where}: {', '.join(map(repr, beyond))} beyond the last column; expected a cell a column. "
            "Put a cell that holds the delimiter in quotes."
        )
    return {key: value for key, value in cells.items() if value and value.strip()}


def add_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> int:
    """Append rows to a file, made if need be, and return how many; all of them, or none.

    Raises:
        RuleError: a row lacks a key, names what does not exist, holds no number where one is due, has an id
            that is taken, or does not do what its example says; the message names it.
    """
    taken = {row.text("id") for row in read_rows(TABLE)}
    held = ""
    if path.exists():
        taken |= {row.text("id") for row in read_patterns(str(path.resolve()), KEYS)}
        held = path.read_text(encoding="utf-8")
    if held and not held.endswith("\n"):  # an editor may have left the last line open
        held += "\n"
    lines = []
    for number, given in enumerate(rows, 1):
        where = f"row {number} ({given.get('id') or 'no id'})"
        values = {key: _value(key, given[key], where) for key in KEYS if key in given}
        row = Row(where, values)
        _check(row, taken)
        taken.add(row.text("id"))
        lines.append(json.dumps(row.values, ensure_ascii=False) + "\n")
    with replacing(path) as part:
        part.write_text(held + "".join(lines), encoding="utf-8")
    return len(lines)


def _value(key: str, given: Any, where: str) -> Any:
    """Return a cell as the table holds it."""
    if not isinstance(given, str):
        return given
    read, what = _CELLS[KEYS[key]]
    try:
        return read(given.strip())
    except (ValueError, KeyError) as cause:
        raise RuleError(f"{where}: {key} {given!r}; expected {what}. Correct the cell.") from cause


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _truth(cell: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[cell.lower()]


def _object(cell: str) -> dict[str, Any]:
    value = json.loads(cell)
    if not isinstance(value, dict):
        raise ValueError(cell)
    return value


_CELLS: Mapping[type, tuple[Callable[[str], Any], str]] = {
    str: (str, "text"),
    list: (_parts, "parts with | between them"),
    float: (float, "a number"),
    bool: (_truth, "true or false"),
    dict: (_object, "a JSON object"),
}
"""How a cell is read, and what it should hold, by the type of its key."""


def _check(row: Row, taken: set[str]) -> None:
    for key in NEEDED:
        if not row.values.get(key):
            raise RuleError(f"{row.where}: {key} is empty; every row needs one")
    if row.text("id") in taken:
        raise RuleError(f"{row.where}: another row has this id; expected one of its own")
    known: Mapping[str, Collection[str]] = {
        "predicate": predicates(),
        "object": labels(),
        "direction": DIRECTIONS,
        "sections": section_labels() | {""},
    }
    for key, allowed in known.items():
        for value in row.texts(key):
            if value not in allowed:
                raise RuleError(
                    f"{row.where}: {key} {value!r}; expected one of {', '.join(sorted(allowed))}"
                )
    if fault := fault_of(row):
        raise RuleError(f"{row.where}: {fault}")
