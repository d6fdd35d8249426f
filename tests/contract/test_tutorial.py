"""The tutorial, walked from top to bottom: its files, commands, queries and code, and what each prints."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest
from tests.snippets import all_blocks, run_python
from typer.testing import CliRunner

from monograph_nlp.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text("utf-8")
BLOCKS = all_blocks(PAGE)
_SETTING_UP = ("python3.11 -m venv .venv", ". .venv/bin/activate", "pip install ")


def test_each_step_gives_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    answer = ""
    for language, title, text in BLOCKS:
        if title:
            Path(title).write_text(text, "utf-8")
        elif language == "sh":
            answer = "".join(_typed(line) for line in text.splitlines())
        elif language == "sql":
            answer = _asked(text)
        elif language == "python":
            assert run_python(text, names, capsys) == []
        else:
            printed = answer.splitlines()
            assert [line for line in text.splitlines() if line not in printed] == []
    assert Path("review.html").is_file()


def _typed(line: str) -> str:
    """Return what a command prints; one that sets up an environment is known, and not run."""
    if line.startswith(_SETTING_UP):
        return ""
    program, *arguments = line.split()
    assert program == "monograph-nlp"
    result = CliRunner().invoke(app, arguments)
    differs = arguments[0] == "diff" and result.exit_code == 1
    assert result.exit_code == 0 or differs, (line, result.output)
    return result.output


def _asked(query: str) -> str:
    """Return what ``sqlite3 records.db`` prints of a query."""
    with sqlite3.connect("records.db") as connection:
        rows = connection.execute(query).fetchall()
    return "".join(
        "|".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows
    )


def test_there_is_something_of_each_kind() -> None:
    kinds = [language for language, _, _ in BLOCKS]
    assert {kind: kinds.count(kind) > 2 for kind in ("sh", "sql", "python", "text")} == {
        "sh": True,
        "sql": True,
        "python": True,
        "text": True,
    }
    answered = [
        after
        for (language, _, _), (after, title, _) in pairwise(BLOCKS)
        if language == "sql" and not title
    ]
    assert set(answered) == {"text"}
