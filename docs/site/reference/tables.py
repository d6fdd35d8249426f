"""The page on the tables of rules: what each holds, its columns, how many rows, and the first of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from linking import anchor

from monograph_nlp.rules import numbered_lines, tables
from reference.cells import code, table

_ROW = re.compile(r"^\| `([\w.]+)` \| (.*?) \| `([\w ]+)` \|$", re.MULTILINE)
_LONGEST = 300  # characters of a cell that is shown
_INTRO = """# Rule tables

What the package knows is in tables: in a TSV file a line is a row, in a JSONL file an object. Several values in one cell
are parted by `|`. Each row has an example that a test tries. `docs/rules.md` shows how to ask for rows and to add your own,
`CONTRIBUTING.md` how to change these.
"""


def page(contributing: str) -> str:
    """Return the page; ``contributing`` is the page that says what each table holds."""
    holds = {name: (said, columns.split()) for name, said, columns in _ROW.findall(contributing)}
    lines = [_INTRO]
    for name in tables():
        lines += _described(name, *holds[name])
    return "\n".join(lines)


def _described(name: str, said: str, columns: list[str]) -> Iterator[str]:
    rows = _rows(name)
    yield from (
        f"## `{name}` {{#{anchor(name)}}}",
        "",
        f"{said[0].upper()}{said[1:]}. {len(rows):,} rows.",
        "",
    )
    first = rows[0]
    named = sorted(columns, key=lambda column: column not in first)
    cells = ((code(column), _shown(first.get(column, ""))) for column in named)
    yield from table(("column", "in the first row"), cells)


def _rows(name: str) -> list[Mapping[str, object]]:
    lines = [line for _, line in numbered_lines(name)]
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in lines]
    head, *rest = (line.split("\t") for line in lines)
    return [dict(zip(head, cells, strict=True)) for cells in rest]


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return code(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
