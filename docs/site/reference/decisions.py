"""The list of decisions, from the headings of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linking import title


def page(paths: Sequence[Path]) -> str:
    """Return the list, by number."""
    lines = ["# Decisions", "", "Why things are as they are: context, decision, consequence.", ""]
    lines += [f"- [{title(path.read_text('utf-8'))}]({path.name})" for path in paths]
    return "\n".join(lines) + "\n"
