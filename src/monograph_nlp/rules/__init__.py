"""The rules: data files that a pharmacist can correct, and the one loader that reads them.

Tables are TSV with a header line; nested rows are JSONL, one object a line. Lines that begin
with ``# `` are comments. Every row is checked when it is read, and an error names its file and
line. A name is a file of this folder, or a path to a file of the user's own.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from monograph_nlp.errors import RuleError

Value: TypeAlias = str | int | float | bool | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One checked row of a rules file; ``where`` is ``file:line``."""

    where: str
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """Return the cell as a string, empty where the cell is missing or null."""
        value = self.values.get(key)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list cell; in a table, the parts of a cell that ``|`` separates."""
        value = self.values.get(key)
        if isinstance(value, list):
            return tuple(str(part) for part in value)
        return tuple(part.strip() for part in self.text(key).split("|") if part.strip())

    def regex(self, key: str) -> str:
        """Return the cell as a regular expression that compiles; ``RuleError`` where it does not."""
        return self.compiled(key).pattern

    def compiled(self, key: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        """Return the cell as a compiled pattern; ``RuleError`` where it is none."""
        try:
            return re.compile(self.text(key), flags)
        except re.error as cause:
            raise RuleError(f"{self.where}: {key} is no regular expression: {cause}") from cause

    def number(self, key: str, default: float) -> float:
        """Return the cell as a number; ``RuleError`` where it is none."""
        raw = self.text(key)
        if not raw:
            return default
        try:
            return float(raw)
        except ValueError as cause:
            raise RuleError(f"{self.where}: {key} {raw!r} is not a number") from cause


def read_table(
    name: str,
    columns: Sequence[str],
    *,
    required: Collection[str] = (),
    choices: Mapping[str, Collection[str]] | None = None,
) -> tuple[Row, ...]:
    """Read a TSV table whose header holds exactly ``columns``, in that order.

    Args:
        name: a file name of this folder, or the path of a file.
        columns: the header that the file must have.
        required: columns that no row may leave empty.
        choices: column → the values that it may hold (beside empty, if not required).

    Raises:
        RuleError: the file is missing, or a row is not well formed; names file and line.
    """
    lines = numbered_lines(name)
    number, header = next(lines, (1, ""))
    if header.split("\t") != list(columns):
        raise RuleError(
            f"{_where(name, number)}: header is {header.split(chr(9))}, expected {list(columns)}"
        )
    rows = []
    for number, line in lines:
        cells = line.split("\t")
        where = _where(name, number)
        if len(cells) != len(columns):
            raise RuleError(
                f"{where}: {len(cells)} cells, expected {len(columns)} ({', '.join(columns)})"
            )
        row = Row(where, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))
        rows.append(_checked(row, required, choices or {}))
    return tuple(rows)


def read_patterns(
    name: str,
    keys: Collection[str],
    *,
    required: Collection[str] = (),
    choices: Mapping[str, Collection[str]] | None = None,
) -> tuple[Row, ...]:
    """Read a JSONL file whose objects hold no key outside ``keys``; else as ``read_table``."""
    rows = []
    for number, line in numbered_lines(name):
        where = _where(name, number)
        try:
            values = json.loads(line)
        except json.JSONDecodeError as cause:
            raise RuleError(
                f"{where}: not JSON: {cause}; expected an object a line. Correct the row, or install the package anew."
            ) from cause
        if not isinstance(values, dict):
            raise RuleError(f"{where}: a {type(values).__name__}, expected an object")
        for key in values:
            if key not in keys:
                raise RuleError(
                    f"{where}: key {key!r} is not one of {', '.join(sorted(keys))}{_nearest(key, keys)}"
                )
        rows.append(_checked(Row(where, values), required, choices or {}))
    return tuple(rows)


@cache
def rules_hash() -> str:
    """Return the first 16 hex digits of the SHA-256 of all rules files, names and bytes."""
    digest = hashlib.sha256()
    folder = files("monograph_nlp.rules")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".tsv", ".jsonl")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def tables() -> list[str]:
    """Return the names of the rules files, sorted."""
    names = (entry.name for entry in files("monograph_nlp.rules").iterdir())
    return sorted(name for name in names if name.endswith((".tsv", ".jsonl")))


def numbered_lines(name: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a rules file that are no comment, with their numbers from 1."""
    source = Path(name) if "/" in name or "\\" in name else files("monograph_nlp.rules") / name
    try:
        text = source.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError) as cause:
        known = [entry.name for entry in files("monograph_nlp.rules").iterdir()]
        raise RuleError(f"{name}: no such rules file{_nearest(name, known)}") from cause
    except UnicodeDecodeError as cause:
        raise RuleError(f"{name}: not UTF-8; save the file as UTF-8") from cause
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("# "):
            yield number, line


def _checked(row: Row, required: Collection[str], choices: Mapping[str, Collection[str]]) -> Row:
    for key in required:
        if not row.values.get(key):
            raise RuleError(f"{row.where}: {key} is empty; every row needs one")
    for key, allowed in choices.items():
        for value in row.texts(key):
            if value not in allowed:
                raise RuleError(
                    f"{row.where}: {key} {value!r} is not one of {', '.join(sorted(allowed))}{_nearest(value, allowed)}"
                )
    return row


def _nearest(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _where(name: str, number: int) -> str:
    short = name if "/" in name or "\\" in name else f"rules/{name}"
    return f"{short}:{number}"
