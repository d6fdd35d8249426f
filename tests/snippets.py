"""Blocks of code of a page: what they hold, and running those in Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_EACH_LINE = re.DOTALL | re.MULTILINE


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of a language that have no title."""
    return re.findall(rf"^```{language}\n(.*?)^```", page, _EACH_LINE)


def all_blocks(page: str) -> list[tuple[str, str, str]]:
    """Return language, title (often empty) and text of every block, in order."""
    return re.findall(r'^```(\w+)(?: title="([\w.-]+)")?\n(.*?)^```', page, _EACH_LINE)


def write_files(page: str) -> None:
    """Write each block with a title to a file of that name in the current folder."""
    for _, title, text in all_blocks(page):
        if title:
            Path(title).write_text(text, "utf-8")


def run_python(
    block: str, names: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """Run a block with the names of those before it; return its lines that promise what it does not print."""
    exec(compile(block, "block", "exec"), names)
    printed = capsys.readouterr().out
    promises = [(line, line.partition("# → ")[2]) for line in block.splitlines()]
    return [line for line, promised in promises if promised not in printed]
