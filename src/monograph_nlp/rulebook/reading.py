"""Any table of rules as it stands: its rows by the columns that it has itself, for people to read."""

from __future__ import annotations

import json

from monograph_nlp.rules import Row, numbered_lines, read_table


def read_any(name: str) -> tuple[Row, ...]:
    """Return the rows of a rules file, a table or JSONL, whatever its columns are.

    Raises:
        RuleError: there is no such file, or a line has not as many cells as its header.
    """
    if name.endswith(".jsonl"):
        return tuple(
            Row(f"{name}:{number}", json.loads(line)) for number, line in numbered_lines(name)
        )
    _, header = next(numbered_lines(name), (1, ""))
    return read_table(name, header.split("\t"))
