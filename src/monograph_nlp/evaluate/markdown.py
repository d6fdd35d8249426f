"""A result or a comparison as Markdown, for a page or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monograph_nlp.evaluate.comparing import Comparison
from monograph_nlp.evaluate.mistakes import Mistake
from monograph_nlp.evaluate.result import Result
from monograph_nlp.evaluate.tables import (
    Table,
    difference_tables,
    mistake_lists,
    score_tables,
    verdict,
)
from monograph_nlp.write.summary import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")


def result_markdown(result: Result) -> str:
    """Return a result as Markdown; what comes from documents is escaped."""
    lines = [
        f"# {_plain(result.records)} by {_plain(result.gold)}",
        "",
        f"{len(result.documents)} documents; intervals over {result.rounds:,} samples of them.",
        *_notes(result.notes),
        *_tables(score_tables(result)),
    ]
    for title, mistakes in mistake_lists(result.mistakes):
        lines += ["", f"## Errors: {_plain(title)}", "", *map(_mistake, mistakes)]
    return "\n".join(lines) + "\n"


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as Markdown; what comes from documents is escaped."""
    lines = [
        f"# {_plain(comparison.other)} beside {_plain(comparison.one)}",
        "",
        f"{comparison.documents} documents. {verdict(comparison)}",
        *_notes(comparison.notes),
        *_tables(difference_tables(comparison)),
    ]
    return "\n".join(lines) + "\n"


def _notes(notes: Iterable[str]) -> Iterator[str]:
    for note in notes:
        yield ""
        yield f"Note: {_plain(note)}."


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield from ("", f"## {_plain(table.title)}", "")
        yield _row(table.columns)
        yield "| --- |" + " ---: |" * (len(table.columns) - 1)
        yield from (_row([_plain(cell) for cell in row]) for row in table.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _mistake(one: Mistake) -> str:
    times = f" ({one.times} times)" if one.times > 1 else ""
    said = f": {_plain(one.said)}" if one.said else ""
    before, text, behind = (_escaped(part) for part in (one.before, one.text, one.behind))
    sentence = f"{before}**{text}**{behind}"
    return f"- {_plain(one.label)} **{_plain(one.text)}**{said}{times}; {_plain(one.document)}: “{sentence}”"


def _plain(text: str) -> str:
    """Return a text on one line, with what Markdown would read escaped."""
    return _escaped(printable(text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
